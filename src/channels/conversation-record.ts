import { z } from 'zod'

const record = z.object({
  version: z.literal(1),
  /** The guide's own. */
  state: z.unknown().optional(),
  /** What the client could choose after the last turn, to know a label when it comes back. */
  offered: z.array(z.object({ id: z.string(), label: z.string() })),
  /** The ids of the last activities that were answered, the newest last. */
  answered: z.array(z.string()),
})

/** What a channel keeps of a conversation between two turns. */
export type ConversationRecord = z.infer<typeof record>

/** Reads what was stored; undefined when there is nothing or it has another shape, and then the conversation is new. */
export function parseRecord(stored: unknown): ConversationRecord | undefined {
  return record.safeParse(stored).data
}
