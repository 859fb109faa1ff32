import { describe, expect, test } from 'vitest'
import { readManifestSettings } from '../../src/wiring/read-manifest-settings.ts'
import { environment } from './built-package.ts'

const id = '00000000-0000-0000-0000-000000000000'

function problemsWith(set: Readonly<Record<string, string | undefined>>): readonly string[] {
  const read = readManifestSettings({ ...environment, ...set }, '1.0.0')
  return 'problems' in read ? read.problems : []
}

describe('is refused, in one line that names the variable and the way out', () => {
  test.each([
    ['MicrosoftAppId', undefined, /is missing\. Put the "Microsoft App ID"/],
    ['MicrosoftAppId', '   ', /is missing/],
    ['MicrosoftAppId', 'my-bot', /is not a GUID/],
    ['MicrosoftAppId', '{1a2b3c4d-1111-4222-8333-444455556666}', /is not a GUID/],
    ['MicrosoftAppId', '1a2b3c4d111142228333444455556666', /is not a GUID/],
    ['MicrosoftAppId', '1a2b3c4d-1111-4222-8333-444455556666\n', /is not a GUID/],
    ['MicrosoftAppId', id, /is only zeros/],
    ['TEAMS_APP_ID', id, /is only zeros/],
    ['TEAMS_APP_ID', '{{TEAMS_APP_ID}}', /is not a GUID.*or leave it out/],
    ['TEAMS_APP_VERSION', '1.0', /three numbers/],
    ['TEAMS_APP_VERSION', 'v1.0.0', /three numbers/],
    ['TEAMS_APP_VERSION', '1.0.0-beta', /three numbers/],
    ['TEAMS_APP_VERSION', '1.0.0.0', /three numbers/],
    ['TEAMS_APP_VERSION', '01.0.0', /three numbers/],
    ['TEAMS_APP_VERSION', '1.0.99999999999', /three numbers/],
    ['KLACHTWIJZER_DEVELOPER_NAME', 'a'.repeat(33), /has 33 characters.*at most 32/],
    ['KLACHTWIJZER_DEVELOPER_NAME', 'De\nLinde', /cannot be seen/],
    ['KLACHTWIJZER_DEVELOPER_NAME', 'De\u202eLinde', /cannot be seen/],
    ['KLACHTWIJZER_DEVELOPER_NAME', ' De Linde', /space/],
    ['KLACHTWIJZER_WEBSITE_URL', undefined, /is missing\. Put the https/],
    ['KLACHTWIJZER_WEBSITE_URL', 'www.delinde.example', /is not a web address/],
    ['KLACHTWIJZER_WEBSITE_URL', 'https://', /is not a web address/],
    ['KLACHTWIJZER_WEBSITE_URL', 'https:delinde.example', /is not a web address/],
    ['KLACHTWIJZER_WEBSITE_URL', 'ftp://delinde.example', /is not a web address/],
    ['KLACHTWIJZER_WEBSITE_URL', 'http://delinde.example', /only https/],
    ['KLACHTWIJZER_WEBSITE_URL', 'https://delinde', /does not name a domain on the internet/],
    ['KLACHTWIJZER_WEBSITE_URL', `https://delinde.example/${'a'.repeat(2048)}`, /at most 2048/],
    ['KLACHTWIJZER_PRIVACY_URL', 'https://delinde.example/privacy#cookies', /fragment/],
    ['KLACHTWIJZER_PRIVACY_URL', 'https://delinde.example/privacy#', /fragment/],
    ['KLACHTWIJZER_WEBSITE_URL', 'https:///evil.example\\@x', /another domain than it seems/],
    ['KLACHTWIJZER_WEBSITE_URL', 'https:///delinde.example', /another domain than it seems/],
    ['KLACHTWIJZER_WEBSITE_URL', 'https://evil.example\\@delinde.example', /another domain than it seems/],
    ['KLACHTWIJZER_WEBSITE_URL', 'https://delinde.example\\page', /another domain than it seems/],
    ['KLACHTWIJZER_WEBSITE_URL', 'https://de%6cinde.example', /another domain than it seems/],
    ['KLACHTWIJZER_WEBSITE_URL', 'https://ｄelinde.example', /another domain than it seems/],
    ['KLACHTWIJZER_PRIVACY_URL', 'https://jan@delinde.example/', /user name or a password/],
    ['KLACHTWIJZER_TERMS_URL', 'https://delinde.example/a b', /space or a character/],
    ['KLACHTWIJZER_TERMS_URL', 'https://delinde.example/a\tb', /space or a character/],
    ['KLACHTWIJZER_TERMS_URL', 'https://delinde.example/\u0000', /space or a character/],
    ['KLACHTWIJZER_TERMS_URL', 'https://[::1]/', /IP address/],
    ['KLACHTWIJZER_CHAT_URL', 'http://chat.delinde.example', /only https/],
    ['KLACHTWIJZER_CHAT_URL', 'https://localhost:3978/chat', /does not name a domain on the internet/],
    ['KLACHTWIJZER_CHAT_URL', 'https://chat.localhost', /does not name a domain on the internet/],
    ['KLACHTWIJZER_CHAT_URL', 'https://server.local', /does not name a domain on the internet/],
    ['KLACHTWIJZER_CHAT_URL', 'https://chat.delinde.example.', /does not name a domain on the internet/],
    ['KLACHTWIJZER_CHAT_URL', 'https://192.168.1.20/chat', /IP address/],
    ['KLACHTWIJZER_CHAT_URL', 'https://0x7f000001/chat', /IP address/],
    ['KLACHTWIJZER_CHAT_URL', 'https://*.delinde.example', /wildcard/],
    ['KLACHTWIJZER_CHAT_URL', 'https://*.azurewebsites.net', /wildcard/],
    ['KLACHTWIJZER_CHAT_URL', '*.azurewebsites.net', /wildcard/],
    ['KLACHTWIJZER_CHAT_URL', 'https://azurewebsites.net/chat', /others have names on too/],
    ['KLACHTWIJZER_CHAT_URL', 'https://co.uk/chat', /others have names on too/],
  ])('%s=%s', (name, value, message) => {
    const problems = problemsWith({ [name]: value })
    expect(problems).toEqual([expect.stringMatching(message)])
    expect(problems[0]).toMatch(new RegExp(`^${name} .*[^.]\\. .+\\.$`))
    expect(problems[0]).not.toContain('\n')
  })

  test('every variable that is wrong, all at once', () => {
    const wrong = Object.fromEntries(
      [...Object.keys(environment), 'TEAMS_APP_VERSION'].map((name) => [name, '\u0007']),
    )
    const named = problemsWith(wrong).map((line) => line.split(' ')[0])
    expect(named.sort()).toEqual(Object.keys(wrong).sort())
  })

  test('without what was set, which may hold a password', () => {
    const secret = 'geheim123'
    const wrong = Object.fromEntries(
      Object.keys(environment).map((name) => [name, `https://jan:${secret}@delinde.example/`]),
    )
    expect(problemsWith(wrong).join('\n')).not.toContain(secret)
  })
})

describe('is taken', () => {
  test.each([
    ['TEAMS_APP_ID', environment.MicrosoftAppId],
    ['TEAMS_APP_VERSION', '0.0.1'],
    ['KLACHTWIJZER_DEVELOPER_NAME', 'Stichting Überzorg & Co. (’s-Gra'],
    ['KLACHTWIJZER_WEBSITE_URL', 'HTTPS://WWW.DELINDE.EXAMPLE'],
    ['KLACHTWIJZER_WEBSITE_URL', 'https://zörg.example/één?a=b&c=%20'],
    ['KLACHTWIJZER_WEBSITE_URL', 'https://XN--ZRG-SNA.example:8443?a'],
    ['KLACHTWIJZER_CHAT_URL', 'https://linde.co.uk/chat'],
    ['KLACHTWIJZER_CHAT_URL', 'https://klachtwijzer-linde.azurewebsites.net/chat'],
    ['KLACHTWIJZER_CHAT_URL', undefined],
  ])('%s=%s', (name, value) => {
    expect(problemsWith({ [name]: value })).toEqual([])
  })

  test.each([
    ['https://Chat.DeLinde.example:443/a?b', 'chat.delinde.example'],
    ['https://chat.delinde.example:8443/', 'chat.delinde.example:8443'],
    ['https://zörg.example', 'xn--zrg-sna.example'],
  ])('the domain of %s as %s', (chat, domain) => {
    const read = readManifestSettings({ ...environment, KLACHTWIJZER_CHAT_URL: chat }, '1.0.0')
    expect('settings' in read && read.settings.chatDomain).toBe(domain)
  })
})
