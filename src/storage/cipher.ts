import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

export type Random = (bytes: number) => Buffer

/** Seals values so that a stored row says nothing about who talked or about what. */
export type Cipher = {
  /** A name for the row that cannot be turned back into the conversation id. */
  nameRow(id: string): string
  /** Encrypts for one place, named in words of your own; the result opens for the same place only. */
  seal(place: string, value: unknown): Buffer
  /** Throws when the bytes were changed, belong to another place, or were sealed with another key. */
  open(place: string, sealed: Uint8Array): unknown
}

const format = 1
const nonceBytes = 12
const tagBytes = 16

/** Builds a cipher from a secret of 32 bytes: AES-256-GCM for values, HMAC-SHA256 for names. */
export function createCipher(secret: Buffer, random: Random): Cipher {
  const valueKey = derive(secret, 'value')
  const nameKey = derive(secret, 'name')
  return {
    nameRow: (id) => createHmac('sha256', nameKey).update(id).digest('base64url'),
    seal(place, value) {
      const nonce = random(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', valueKey, nonce).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(format), nonce, cipher.getAuthTag(), body])
    },
    open(place, sealed) {
      const bytes = Buffer.from(sealed)
      if (bytes[0] !== format) throw new Error('unknown format of a sealed value')
      const nonce = bytes.subarray(1, 1 + nonceBytes)
      const tag = bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes)
      const decipher = createDecipheriv('aes-256-gcm', valueKey, nonce, { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(place)).setAuthTag(tag)
      const body = bytes.subarray(1 + nonceBytes + tagBytes)
      return JSON.parse(Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8'))
    },
  }
}

// A key as an object is prepared once; as bytes it is prepared at each use, which costs more than the use itself.
function derive(secret: Buffer, purpose: string): KeyObject {
  return createSecretKey(
    Buffer.from(hkdfSync('sha256', secret, '', `klachtwijzer conversations ${purpose}`, 32)),
  )
}
