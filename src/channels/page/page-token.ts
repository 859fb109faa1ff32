import type { Random } from '../../storage/cipher.ts'
import { createSealedTokens } from '../sealed-token.ts'

/** The state of a conversation as a form carries it: nobody but this server can read or make one. */
export type PageTokens = {
  seal(state: unknown): string
  /** The state; undefined for what is too old, was changed, or is of another key. */
  open(token: string): { readonly state: unknown } | undefined
}

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
  const tokens = createSealedTokens(secret, 'a page', now, random)
  return {
    seal: tokens.seal,
    open(token) {
      const opened = tokens.open(token)
      if (opened === undefined || now().getTime() - opened.issued > lifetime) return undefined
      return { state: opened.value }
    },
  }
}
