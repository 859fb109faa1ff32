import { z } from 'zod'
import type { GuideChange, GuideInput, SpokenOption } from './guide.ts'

/** The most characters of a text that are read. */
export const longestText = 10_000

const pressed = z.object({
  choose: z.string().min(1).max(500),
  /** Key of the reply that the button stood under. */
  of: z.string().min(1).max(500).optional(),
  /** The turn of the conversation in which the card was shown. */
  turn: z.number().int().nonnegative().optional(),
})

/** What a button of ours sends. */
export type Press = z.infer<typeof pressed>

const changed = z.object({ change: z.string().min(1).max(100) })

/** Reads that an answer is to be given anew; undefined when it is something else. */
export function readChange(value: unknown): GuideChange | undefined {
  const { data } = changed.safeParse(value)
  return data && { kind: 'change', slot: data.change }
}

/** Reads what a button sent; undefined when it is not of ours. */
export function readPress(value: unknown): Press | undefined {
  return pressed.safeParse(value).data
}

/**
 * Whether a message holds nothing but a card that staff put into this chat with the message extension: Teams and the
 * Agents Playground put tags in the text for it. There is nothing to answer.
 */
export function isOnlyInsertedCard(text: string | undefined): boolean {
  if (text === undefined || text.length > longestText || !/^\s*<(attachment|span)\b/.test(text)) return false
  return text.replace(/<[^<>]{1,500}>/g, '').trim() === ''
}

/**
 * What the client did. Elsewhere than on a card a chosen button arrives as its label, in the client's own words so to
 * say, so a text that equals a label offered last turn is that choice. Only the first 10,000 characters of a text are
 * read.
 */
export function readInput(
  text: string,
  press: Press | undefined,
  offered: readonly SpokenOption[],
): GuideInput {
  if (press) return { kind: 'choose', option: press.choose, of: press.of }
  const typed = text.slice(0, longestText).toWellFormed().trim()
  const option = offered.find(({ label }) => label.trim() === typed)
  return option === undefined ? { kind: 'text', text: typed } : { kind: 'choose', option: option.id }
}
