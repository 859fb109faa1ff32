import type { SpokenReply } from '../guide.ts'

/** Where what was said then differs from what is said now: a line of each, and the reply that it is about. */
export type WordsDiffer = {
  /** The place of the reply among those of the turn. */
  readonly reply: number
  /** A line that was said then, and is not said now. */
  readonly before?: string
  /** A line that is said now, and was not said then. */
  readonly now?: string
}

/**
 * Compares the lines of a saved turn with those said now, however the channel showed them: as Markdown, in a card, in one
 * message or several. Only letters and digits count, and neither the order of the lines nor how often one is said.
 *
 * @param maybe replies that may have been said too
 * @returns the first difference; undefined when all is as it was
 */
export function compareWords(
  saved: readonly string[],
  replies: readonly SpokenReply[],
  maybe: readonly SpokenReply[] = [],
): WordsDiffer | undefined {
  const then = new Set(saved.map(fold))
  const said = replies.flatMap((reply, at) => linesOf(reply).map((line) => ({ line, reply: at })))
  const optional = [...replies.flatMap(optionalLines), ...maybe.flatMap(linesOf)]
  const spoken = new Set([...said.map(({ line }) => line), ...optional].map(fold))
  const missing = said.find(({ line }) => !then.has(fold(line)))
  const before = saved.find((line) => !spoken.has(fold(line)))
  if (missing === undefined && before === undefined) return undefined
  return {
    reply: missing?.reply ?? Math.max(replies.length - 1, 0),
    ...(before !== undefined && { before }),
    ...(missing !== undefined && { now: missing.line }),
  }
}

/** What stands before an entry of a list, as a channel may write it. */
const listMark = /^\s*(\d+\\?[.)]|[-•*])\s+/

function linesOf({ text, options }: SpokenReply): readonly string[] {
  return [...text.split('\n'), ...options.map(({ label }) => label)].filter((line) => fold(line) !== '')
}

/** What only some channels show. */
function optionalLines({ aside = [], why }: SpokenReply): readonly string[] {
  return [...aside.map(({ label }) => label), ...(why ? [why.heading, ...why.text.split('\n')] : [])]
}

function fold(text: string): string {
  return text
    .replace(listMark, '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
}
