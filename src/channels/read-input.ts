import { z } from 'zod'
import type { GuideInput, SpokenOption } from './guide.ts'

const longestText = 10_000
const button = z.object({ choose: z.string().min(1).max(500) })

/**
 * What the client did. A button's value names its option. Elsewhere a chosen button arrives as its label, in the
 * client's own words so to say, so a text that equals a label offered last turn is that choice.
 * Only the first 10,000 characters of a text are read.
 */
export function readInput(text: string, value: unknown, offered: readonly SpokenOption[]): GuideInput {
  const pressed = button.safeParse(value)
  if (pressed.success) return { kind: 'choose', option: pressed.data.choose }
  const typed = text.slice(0, longestText).toWellFormed().trim()
  const option = offered.find(({ label }) => label.trim() === typed)
  return option === undefined ? { kind: 'text', text: typed } : { kind: 'choose', option: option.id }
}
