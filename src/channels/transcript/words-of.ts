/** The part of an activity of the bot that holds words. */
type Worded = {
  readonly text?: string | null | undefined
  readonly attachments?: readonly { readonly content?: unknown }[] | null | undefined
  readonly suggestedActions?:
    | { readonly actions?: readonly { readonly title?: string | undefined }[] | null | undefined }
    | null
    | undefined
}

/** The lines that a message of the bot says, its cards and buttons included. */
export function wordsOf({ text, attachments, suggestedActions }: Worded): readonly string[] {
  const cards = (attachments ?? []).flatMap(({ content }) => wordsIn(content))
  const buttons = (suggestedActions?.actions ?? []).flatMap(({ title }) => title ?? [])
  return [text ?? '', ...cards, ...buttons]
    .flatMap((said) => said.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The labels of the buttons under a message, in order. */
export function buttonsOf({ suggestedActions }: Worded): readonly string[] {
  return (suggestedActions?.actions ?? []).flatMap(({ title }) => title ?? [])
}

/** How far into a card is read. Cards of ours have a tenth of it; a file may hold any, and would fill the stack. */
const deepest = 100

/** A card says all its words in its fallback text too; what has none is read piece by piece. */
function wordsIn(content: unknown, depth = 0): readonly string[] {
  if (typeof content !== 'object' || content === null || depth > deepest) return []
  if (Array.isArray(content)) return content.flatMap((part) => wordsIn(part, depth + 1))
  const { fallbackText, ...rest } = content as Readonly<Record<string, unknown>>
  const own = (['text', 'title'] as const).flatMap((key) => (typeof rest[key] === 'string' ? rest[key] : []))
  if (typeof fallbackText === 'string' && fallbackText !== '') return [fallbackText, ...titlesIn(rest)]
  return [...own, ...Object.values(rest).flatMap((part) => wordsIn(part, depth + 1))]
}

/** The labels of what can be pressed in a card. */
function titlesIn(content: unknown, depth = 0): readonly string[] {
  if (typeof content !== 'object' || content === null || depth > deepest) return []
  if (Array.isArray(content)) return content.flatMap((part) => titlesIn(part, depth + 1))
  const { data, title } = content as Readonly<Record<string, unknown>>
  const own = data !== undefined && typeof title === 'string' ? [title] : []
  return [...own, ...Object.values(content).flatMap((part) => titlesIn(part, depth + 1))]
}
