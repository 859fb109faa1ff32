import { z } from 'zod'
import type { Random } from '../../storage/cipher.ts'
import { createSealedTokens } from '../sealed-token.ts'
import type { WireFormat } from './wire.ts'

/** What a token gives to whoever holds it: one conversation, and the key to what was said in it. */
export type Grant = {
  readonly conversation: string
  /** 32 bytes in base64url. The server keeps it nowhere. */
  readonly key: string
  readonly format: WireFormat
  /** Who the client is in its own messages, whatever it says itself; absent: what it says. */
  readonly user?: string | undefined
  /** At whose place the conversation is held. */
  readonly organisation?: string | undefined
  /** The language of the page, for the greeting. */
  readonly locale?: string | undefined
  /** Where in a browser the token may be used, beside our own pages; absent: wherever its organisation may be embedded. */
  readonly origins?: readonly string[] | undefined
}

/** How long a token counts, in seconds; it can be refreshed until then. */
export const tokenSeconds = 30 * 60

/**
 * How long a token of our own pages can be refreshed, in seconds: nobody is hurried, a phone may sleep, and somebody may
 * come back later on the day. What was said is kept no longer.
 */
const ownTokenSeconds = 24 * 60 * 60

/**
 * How long a token in the address of a stream counts, in seconds. Proxies write addresses in their logs, so it opens
 * nothing but a stream, and not for long.
 */
const streamSeconds = 60

/**
 * @property expires milliseconds since 1970
 * @property renewable until then it can be refreshed, also after it expired where it is of one of our own pages
 * @property isForStream it opens a stream, and nothing else
 */
export type OpenedToken = {
  readonly grant: Grant
  readonly expires: number
  readonly renewable: number
  readonly isForStream: boolean
}

export type Grants = {
  /** A grant of a new conversation. */
  begin(about: Omit<Grant, 'conversation' | 'key'>): Grant
  toToken(grant: Grant): string
  /** A token for the address of a stream. */
  toStreamToken(grant: Grant): string
  /** Undefined for what was changed, is of another key, or is no token at all. */
  fromToken(token: string): OpenedToken | undefined
}

const content = z.object({
  conversation: z.string(),
  key: z.string(),
  format: z.enum(['replies', 'cards']),
  user: z.string().optional(),
  organisation: z.string().optional(),
  locale: z.string().optional(),
  origins: z.array(z.string()).optional(),
})

const streamOnly = z.object({ isForStream: z.literal(true) })

/** @param secret 32 bytes, for nothing but this */
export function createGrants(secret: Buffer, now: () => Date, random: Random): Grants {
  const tokens = createSealedTokens(secret, 'a direct line', now, random)
  return {
    begin: (about) => ({
      ...about,
      conversation: random(16).toString('base64url'),
      key: random(32).toString('base64url'),
    }),
    toToken: (grant) => tokens.seal(grant),
    toStreamToken: (grant) => tokens.seal({ ...grant, isForStream: true }),
    fromToken(token) {
      const opened = tokens.open(token)
      const { data: grant } = content.safeParse(opened?.value)
      if (opened === undefined || grant === undefined) return undefined
      const isOfOwnPage = grant.origins?.length === 0
      const isForStream = streamOnly.safeParse(opened.value).success
      return {
        grant,
        expires: opened.issued + (isForStream ? streamSeconds : tokenSeconds) * 1000,
        renewable: opened.issued + (isOfOwnPage ? ownTokenSeconds : tokenSeconds) * 1000,
        isForStream,
      }
    },
  }
}
