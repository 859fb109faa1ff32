import { z } from 'zod'
import type { SpokenReply } from './guide.ts'

const option = z.object({ id: z.string(), label: z.string() })

const outline = z.looseObject({
  kind: z.string(),
  key: z.string(),
  text: z.string(),
  options: z.array(option),
})

/** Whether a stored value is a reply as it is shown: the bot's own words and buttons. */
export function isReply(value: unknown): boolean {
  return outline.safeParse(value).success
}

const reply = z.custom<SpokenReply>(isReply)

const lastTurn = z.object({
  /** What it answered. */
  to: z.string().optional(),
  replies: z.array(reply),
  /** Whether the channel took them; false is left over only when the program was killed. */
  delivered: z.boolean(),
  /** The channel's id of the last message, to take away its options when they count no more. */
  message: z.string().optional(),
  /** They greet a client who came in. */
  isGreeting: z.boolean().default(false),
  /** They end the conversation. */
  end: z.boolean().default(false),
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
  /** Counts the turns of the conversation. */
  turn: z.number().int().nonnegative().default(0),
  last: lastTurn.optional(),
  /** The channel's ids of the bot's messages, to take them away when the client wants all wiped. */
  sent: z.array(z.string()).default([]),
  /** The client wants all wiped, and the bot's messages are being taken away: nothing else is kept any more. */
  wiping: z.boolean().default(false),
})

/** What a channel keeps of a conversation between two turns. */
export type ConversationRecord = z.infer<typeof record>

/** A reply without what only programs read of it. */
export function toStored({ advice: _, ...reply }: SpokenReply): SpokenReply {
  return reply
}

/** Reads what was stored; undefined when there is nothing or it has another shape, and then the conversation is new. */
export function parseRecord(stored: unknown): ConversationRecord | undefined {
  return record.safeParse(stored).data
}
