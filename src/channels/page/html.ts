/** Markup that is safe to send: made by `html`, and by nothing else. */
export class Html {
  readonly #markup: string

  constructor(markup: string) {
    this.#markup = markup
  }

  toString(): string {
    return this.#markup
  }
}

/** What may stand in markup; nothing is shown of `undefined` and `false`. */
export type Content = Html | string | number | undefined | false | readonly Content[]

/**
 * Makes markup: every value is escaped, unless it is markup itself. Attribute values stand between double quotes.
 *
 * ```
 * html`<p class="${name}">${text}</p>`
 * ```
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  const pieces = strings.map((piece, at) => (at === 0 ? piece : `${show(values[at - 1])}${piece}`))
  return new Html(pieces.join(''))
}

function show(content: Content): string {
  if (content === undefined || content === false) return ''
  if (content instanceof Html) return content.toString()
  if (typeof content === 'object') return content.map(show).join('')
  return String(content).replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
