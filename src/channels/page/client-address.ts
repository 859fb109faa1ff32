import { BlockList, isIP } from 'node:net'
import type { Request } from 'express'

const near = new BlockList()
near.addSubnet('127.0.0.0', 8, 'ipv4')
near.addSubnet('10.0.0.0', 8, 'ipv4')
near.addSubnet('172.16.0.0', 12, 'ipv4')
near.addSubnet('192.168.0.0', 16, 'ipv4')
near.addAddress('::1', 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')

/**
 * The address to count a client by. Behind a proxy that stands near, it is the last one in `X-Forwarded-For`: the one
 * that the proxy itself wrote. Of IPv6 it is the network, such as `2001:db8:0:1::/64`: one household has all addresses
 * in it (RFC 6177).
 */
export function clientAddress({ headers, socket }: Pick<Request, 'headers' | 'socket'>): string | undefined {
  const direct = plain(socket.remoteAddress ?? '')
  const forwarded = plain([headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim() ?? '')
  const address = isNear(direct) && isIP(forwarded) !== 0 ? forwarded : direct
  return address === '' ? undefined : networkOf(address)
}

/** An address of IPv4 as such, also where it stands in one of IPv6. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

/** The first half of an address of IPv6, written in one way however it came. */
function networkOf(address: string): string {
  const written =
    isIP(address) === 6 && URL.parse(`http://[${address.split('%')[0]}]/`)?.hostname.slice(1, -1)
  if (!written) return address
  const [before = '', after] = written.split('::')
  const [left, right] = [before, after ?? ''].map((part) => part.split(':').filter(Boolean))
  const zeros = Array<string>(after === undefined ? 0 : 8 - (left?.length ?? 0) - (right?.length ?? 0)).fill(
    '0',
  )
  return `${[...(left ?? []), ...zeros, ...(right ?? [])].slice(0, 4).join(':')}::/64`
}

function isNear(address: string): boolean {
  const version = isIP(address)
  return version !== 0 && near.check(address, version === 6 ? 'ipv6' : 'ipv4')
}
