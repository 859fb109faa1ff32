import { z } from 'zod'
import type { SpokenReply } from './guide.ts'

const option = z.object({ id: z.string(), label: z.string() })

/** A reply as it is shown: the bot's own words and buttons. */
const reply = z.object({
  kind: z.custom<SpokenReply['kind']>((kind) => typeof kind === 'string'),
  key: z.string(),
  text: z.string(),
  options: z.array(option),
})

const record = z.object({
  version: z.literal(1),
  /** The guide's own. */
  state: z.unknown().optional(),
  /** What the client could choose after the last turn, to know a label when it comes back. */
  offered: z.array(option),
  /** The ids of the last activities that were answered, the newest last. */
  answered: z.array(z.string()),
  /** The client said something: more than a greeting happened. */
  heard: z.boolean().default(false),
  /** Replies that were not delivered yet, and the id of what they answer; left over only when the program was killed. */
  pending: z.object({ id: z.string().optional(), replies: z.array(reply) }).optional(),
})

/** What a channel keeps of a conversation between two turns. */
export type ConversationRecord = z.infer<typeof record>

/** The replies without what only programs read of them. */
export function toPending(
  id: string | null | undefined,
  replies: readonly SpokenReply[],
): ConversationRecord['pending'] {
  const shown = replies.map(({ kind, key, text, options }) => ({
    kind,
    key,
    text,
    options: options.map(({ id, label }) => ({ id, label })),
  }))
  return { ...(id && { id }), replies: shown }
}

/** Reads what was stored; undefined when there is nothing or it has another shape, and then the conversation is new. */
export function parseRecord(stored: unknown): ConversationRecord | undefined {
  return record.safeParse(stored).data
}
