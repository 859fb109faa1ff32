import { z } from 'zod'
import { isReply } from '../conversation-record.ts'
import type { SpokenReply } from '../guide.ts'
import type { WireFrame } from './wire.ts'

const clientEntry = z.object({
  by: z.literal('client'),
  /** ISO time. */
  at: z.string(),
  text: z.string().optional(),
  value: z.unknown().optional(),
  /** The id that the client itself gave its message. */
  clientId: z.string().optional(),
  /** Who the client says it is. */
  from: z.string().optional(),
})

const botEntry = z.object({
  by: z.literal('bot'),
  at: z.string(),
  turn: z.number(),
  replies: z.array(z.custom<SpokenReply>(isReply)),
  frame: z.custom<WireFrame>((value) => typeof value === 'object').optional(),
  end: z.boolean(),
  erased: z.boolean(),
})

const entry = z.discriminatedUnion('by', [clientEntry, botEntry])

/** What the log of a conversation holds: what the client did, or what the bot said, as data. */
export type Entry = z.infer<typeof entry>
export type ClientEntry = z.infer<typeof clientEntry>
export type BotEntry = z.infer<typeof botEntry>

/** Reads what was stored; undefined when it has another shape, as that of another version. */
export function parseEntry(stored: unknown): Entry | undefined {
  return entry.safeParse(stored).data
}
