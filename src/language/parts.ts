/** Something to press that leads out of the conversation: a number to call, an address to mail, a page to open. */
export type Link = {
  readonly kind: 'call' | 'mail' | 'web'
  readonly label: string
  /** `tel:`, `mailto:` or `https:` */
  readonly url: string
}

/** One entry of a list: its words, and what may be pressed with them. */
export type Item = { readonly text: string; readonly links: readonly Link[] }

/**
 * One piece of a long reply, for channels that show more than text. `role` says what it is about, not how it looks.
 * The text of a reply is its parts one after another (`textOf`), so that every channel says the same.
 */
export type Part = {
  readonly role:
    | 'urgent'
    | 'go'
    | 'reach'
    | 'or'
    | 'honest'
    | 'nearest'
    | 'then'
    | 'terms'
    | 'beside'
    | 'notes'
    | 'national'
    | 'sources'
    | 'after'
  readonly heading?: string
  readonly lines: readonly string[]
  readonly items: readonly Item[]
  /** Items have an order, and say their number themselves. */
  readonly ordered?: boolean
  /** What may be pressed with the lines. */
  readonly links: readonly Link[]
}

/** A part with what is given, and nothing else. */
export function part(role: Part['role'], given: Partial<Omit<Part, 'role'>>): Part {
  return { role, lines: [], items: [], links: [], ...given }
}

/** The parts as plain text, for channels that show nothing else and as what a screen reader hears. */
export function textOf(parts: readonly Part[]): string {
  return parts.map(textOfPart).join('\n\n')
}

function textOfPart({ heading, lines, items, ordered }: Part): string {
  const listed = items.map(({ text }) => (ordered ? text : `- ${text}`))
  return [...(heading === undefined ? [] : [heading]), ...lines, ...listed].join('\n')
}
