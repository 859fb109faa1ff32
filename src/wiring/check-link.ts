import { domainToUnicode } from 'node:url'

/** A URL in the manifest schema. */
const longestLink = 2048

/** Domains on which everybody can have a name: a name below one is an organisation's own, the domain itself is not. */
const shared: readonly string[] = [
  'azurecontainerapps.io',
  'azureedge.net',
  'azurefd.net',
  'azurestaticapps.net',
  'azurewebsites.net',
  'cloudapp.azure.com',
  'cloudapp.net',
  'devtunnels.ms',
  'github.io',
  'herokuapp.com',
  'netlify.app',
  'ngrok-free.app',
  'ngrok.app',
  'ngrok.io',
  'onmicrosoft.com',
  'sharepoint.com',
  'trafficmanager.net',
  'vercel.app',
]

/** Below these of a country everybody can have a name, as in `co.uk`. */
const sharedOfCountry = /^(ac|co|com|edu|gov|net|org)\.[a-z]{2}$/

/** Names that mean something on one machine or in one building only. */
const atHome = /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home\.arpa)$/

/** Labels, then a top-level domain that begins with a letter: no address of numbers is one. */
const publicDomain = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/

/**
 * Why an address is no link that everybody who uses the app in Teams can open; undefined when it is one. A sentence
 * without subject that ends in the way out, and does not hold the address: there may be a password in it.
 */
export function describeLinkProblem(link: string): string | undefined {
  if (/[\p{Cc}\p{Cf}\s]/u.test(link)) {
    return 'holds a space or a character that cannot be seen. Type the address anew.'
  }
  if (link.includes('*'))
    return 'holds a wildcard (*). Name one address, such as https://www.example.nl/page.'
  if (!/^https:\/\//i.test(link)) return describeScheme(link)
  const url = URL.parse(link)
  if (!url) return 'is not a web address. Write it as https://www.example.nl/page.'
  if (url.username !== '' || url.password !== '') {
    return 'holds a user name or a password, which everybody could read. Leave it out.'
  }
  if (link.includes('#'))
    return 'holds a fragment (#...), which Teams does not take. Leave "#" and the rest out.'
  if (url.href.length > longestLink) {
    return `has ${url.href.length} characters, and Teams takes at most ${longestLink}. Write a shorter address.`
  }
  return describeHost(url.hostname) ?? describeReading(link, url.hostname)
}

/** Why the domain of a link, which is none of `describeLinkProblem`, may not be in `validDomains` of the manifest. */
export function describeDomainProblem(link: string): string | undefined {
  const host = new URL(link).hostname
  if (!shared.includes(host) && !sharedOfCountry.test(host)) return undefined
  return 'names a domain that others have names on too. Use your own name on it, such as klachtwijzer.azurewebsites.net.'
}

function describeScheme(link: string): string {
  return /^http:/i.test(link)
    ? 'begins with http://, and Teams takes only https://. Put the https:// address here.'
    : 'is not a web address that begins with https://. Write it as https://www.example.nl/page.'
}

function describeHost(host: string): string | undefined {
  if (/^\[|^[\d.]+$/.test(host)) {
    return 'names a machine by its IP address. Use a domain name, such as www.example.nl.'
  }
  if (atHome.test(host) || !publicDomain.test(host)) {
    return 'does not name a domain on the internet. Use one that everybody can reach, such as www.example.nl.'
  }
  return undefined
}

/** Browsers mend `https:///linde.example` and `https://linde.example\@other.example`: not what was meant, perhaps. */
function describeReading(link: string, host: string): string | undefined {
  const [, written = ''] = /^https:\/\/([^/?#]*?)(:\d+)?(?:[/?]|$)/i.exec(link) ?? []
  if ([host, domainToUnicode(host)].includes(written.toLowerCase().normalize())) return undefined
  return 'names another domain than it seems to. Write it as https://www.example.nl/page.'
}
