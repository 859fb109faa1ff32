import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Says whether an IP address is of this machine alone; `::ffff:127.0.0.1` is too. */
export function isLoopbackAddress(address: string | undefined): boolean {
  if (address === undefined) return false
  const plain = address.replace(/^::ffff:/i, '')
  const version = isIP(plain)
  return version !== 0 && loopback.check(plain, version === 6 ? 'ipv6' : 'ipv4')
}

/** Says whether a host name or address, with or without brackets, is of this machine alone. */
export function isLoopbackHost(host: string): boolean {
  return host.toLowerCase() === 'localhost' || isLoopbackAddress(host.replace(/^\[(.*)\]$/, '$1'))
}

/** Says whether a Host header names this machine in one of the ways that everybody uses, with or without a port. */
export function isLoopbackHeader(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '')
}

/** Says whether a URL is http(s) and points to this machine. */
export function isLoopbackUrl(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && /^https?:$/.test(parsed.protocol) && isLoopbackHost(parsed.hostname)
}

/** Says whether a request comes from this machine itself: not through a proxy, and not from a page elsewhere that had its own name point here. */
export function isThisMachine({ headers, socket }: IncomingMessage): boolean {
  return isLoopbackAddress(socket.remoteAddress) && isLoopbackHeader(headers.host) && !isForwarded(headers)
}

// A proxy on this machine makes every request come from this machine.
function isForwarded(headers: IncomingMessage['headers']): boolean {
  return Object.keys(headers).some((name) =>
    /^(forwarded$|via$|x-forwarded-|x-real-ip$|x-client-ip$|cf-)/.test(name),
  )
}
