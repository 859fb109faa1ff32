import { z } from 'zod'
import type { GuideChange, GuideInput } from '../guide.ts'
import { readInput } from '../read-input.ts'

const field = (longest: number) => z.string().min(1).max(longest).optional()

const form = z.object({
  token: field(60_000),
  taal: field(100).catch(undefined),
  choose: field(500),
  change: field(100),
  text: z.string().optional(),
})

/** What a form of a page sent. */
export type PageForm = z.infer<typeof form>

/** Reads the body of a form; undefined when it is not of ours, as when a field stands in it twice. */
export function readForm(body: unknown): PageForm | undefined {
  return form.safeParse(body ?? {}).data
}

/** What the client did with it; undefined when nothing was sent but the conversation itself. */
export function inputOf({ choose, change, text }: PageForm): GuideInput | GuideChange | undefined {
  if (change !== undefined) return { kind: 'change', slot: change }
  if (choose !== undefined) return { kind: 'choose', option: choose }
  return text === undefined ? undefined : readInput(text, undefined, [])
}
