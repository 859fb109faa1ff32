import { hkdfSync } from 'node:crypto'

/** A secret of 32 bytes for one purpose alone, made from the server's own; it tells nothing of that one. HKDF-SHA256. */
export function purposeSecret(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `klachtwijzer purpose ${purpose}`, 32))
}
