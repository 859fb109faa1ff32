import { z } from 'zod'
import { createCipher, type Random } from '../storage/cipher.ts'

/** Tokens that nobody but this server can read or make. */
export type SealedTokens = {
  /** A text that can stand in a form, an address or a header. */
  seal(value: unknown): string
  /** What was sealed, and when, in milliseconds since 1970; undefined for what was changed, or is of another key. */
  open(token: string): { readonly issued: number; readonly value: unknown } | undefined
}

const content = z.object({ issued: z.number(), state: z.unknown() })

/**
 * @param secret 32 bytes, for nothing but this
 * @param place what the tokens are of: those of another place do not open
 */
export function createSealedTokens(
  secret: Buffer,
  place: string,
  now: () => Date,
  random: Random,
): SealedTokens {
  const cipher = createCipher(secret, random)
  return {
    seal: (state) => cipher.seal(place, { issued: now().getTime(), state }).toString('base64url'),
    open(token) {
      const { data } = content.safeParse(unseal(token))
      return data && { issued: data.issued, value: data.state }
    },
  }

  function unseal(token: string): unknown {
    try {
      return cipher.open(place, Buffer.from(token, 'base64url'))
    } catch {
      return undefined
    }
  }
}
