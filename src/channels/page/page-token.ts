import { z } from 'zod'
import { createCipher, type Random } from '../../storage/cipher.ts'

/** The state of a conversation as a form carries it: nobody but this server can read or make one. */
export type PageTokens = {
  seal(state: unknown): string
  /** The state; undefined for what is too old, was changed, or is of another key. */
  open(token: string): { readonly state: unknown } | undefined
}

const place = 'a page'
const content = z.object({ issued: z.number(), state: z.unknown() })

/**
 * @param secret 32 bytes, for nothing but this
 * @param lifetime how long a token counts, in milliseconds
 */
export function createPageTokens(
  secret: Buffer,
  lifetime: number,
  now: () => Date,
  random: Random,
): PageTokens {
  const cipher = createCipher(secret, random)
  return {
    seal: (state) => cipher.seal(place, { issued: now().getTime(), state }).toString('base64url'),
    open(token) {
      const { data } = content.safeParse(unseal(token))
      return data === undefined || now().getTime() - data.issued > lifetime
        ? undefined
        : { state: data.state }
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
