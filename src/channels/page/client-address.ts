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
 * that the proxy itself wrote.
 */
export function clientAddress({ headers, socket }: Pick<Request, 'headers' | 'socket'>): string | undefined {
  const direct = socket.remoteAddress?.replace(/^::ffff:/i, '')
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim()
  return forwarded && isNear(direct) && isIP(forwarded) !== 0 ? forwarded : direct
}

function isNear(address: string | undefined): boolean {
  const version = isIP(address ?? '')
  return version !== 0 && near.check(address ?? '', version === 6 ? 'ipv6' : 'ipv4')
}
