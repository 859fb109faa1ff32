import { toStored } from '../conversation-record.ts'
import type { Guide } from '../guide.ts'
import { directLinePath } from './direct-line-path.ts'
import { type Grants, tokenSeconds } from './grant.ts'
import { frameOf } from './talk.ts'
import type { WireStart } from './wire.ts'

/** Where and in what language a page of ours shows the chat. */
export type StartOptions = {
  readonly organisation?: string | undefined
  readonly locale?: string | undefined
}

/**
 * Gives the function that makes what a page of ours holds for its program: the first words and the token of a new
 * conversation. Nothing is stored; the conversation begins with the first thing that the client does, and then its log
 * holds the same first words as turn 1.
 */
export function createStartOf(
  guide: Guide,
  grants: Grants,
  now: () => Date,
): (options: StartOptions) => WireStart {
  return ({ organisation, locale }) => {
    const { state, replies, end } = guide.turn(undefined, { kind: 'start', locale, organisation }, now(), {
      kind: 'chat',
    })
    const frame = frameOf(guide, state, now())
    // Only our own pages may use it, whoever embeds them.
    const grant = grants.begin({ format: 'replies', organisation, locale: frame.locale, origins: [] })
    return {
      token: grants.toToken(grant),
      conversationId: grant.conversation,
      expiresIn: tokenSeconds,
      directLine: directLinePath,
      organisation: organisation ?? null,
      first: { turn: 1, replies: replies.map(toStored), frame, end, erased: false },
    }
  }
}
