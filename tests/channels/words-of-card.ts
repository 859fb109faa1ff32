type Element = {
  type?: string
  text?: string
  isVisible?: boolean
  id?: string
  items?: Element[]
  inlines?: Element[]
  body?: Element[]
  actions?: Action[]
  selectAction?: Action
}
type Action = {
  type: string
  title: string
  data?: Record<string, unknown>
  url?: string
  verb?: string
  targetElements?: string[]
}

/** A card as a person sees it, read from its JSON. */
export type CardSeen = {
  /** The lines of text in their order, also those in a fold; not the labels of what can be pressed. */
  readonly lines: readonly string[]
  /** What answers the question, or follows the advice. */
  readonly options: readonly Action[]
  /** What unfolds more, and what stands in the folds. */
  readonly folds: readonly { readonly title: string; readonly lines: readonly string[] }[]
  /** What leads out: calls, mails, pages. */
  readonly links: readonly Action[]
}

export function seeCard(card: unknown): CardSeen {
  const top = (card as Element).body ?? []
  const folds = top.flatMap(foldsIn)
  const inFolds = new Map(folds.map(({ target }) => [target, textsOf(find(top, target))]))
  return {
    lines: top.flatMap(textsOf),
    options: top.flatMap(pressesIn),
    folds: folds.map(({ title, target }) => ({ title, lines: inFolds.get(target) ?? [] })),
    links: top.flatMap(linksIn),
  }
}

function childrenOf({ items = [], body = [] }: Element): readonly Element[] {
  return [...items, ...body]
}

function textsOf(element: Element): readonly string[] {
  if (element.selectAction) return []
  if (element.type === 'TextBlock') return [fromMarkdown(element.text ?? '')]
  if (element.type === 'RichTextBlock') return [(element.inlines ?? []).map(({ text }) => text).join('')]
  return childrenOf(element).flatMap(textsOf)
}

function foldsIn(element: Element): readonly { title: string; target: string }[] {
  const { selectAction } = element
  if (selectAction?.type !== 'Action.ToggleVisibility') return childrenOf(element).flatMap(foldsIn)
  return [{ title: selectAction.title, target: selectAction.targetElements?.[0] ?? '' }]
}

function pressesIn(element: Element): readonly Action[] {
  const { selectAction } = element
  if (selectAction === undefined) return childrenOf(element).flatMap(pressesIn)
  return selectAction.data === undefined ? [] : [selectAction]
}

function linksIn(element: Element): readonly Action[] {
  return [...(element.actions ?? []), ...childrenOf(element).flatMap(linksIn)]
}

function find(elements: readonly Element[], id: string): Element {
  for (const element of elements) {
    if (element.id === id) return element
    const inside = find(childrenOf(element), id)
    if (inside.id === id) return inside
  }
  return {}
}

/** Text that was escaped for Markdown, as it is shown. */
export function fromMarkdown(markdown: string): string {
  return markdown.replace(/\\([\\`*_[\]<>~|#+])/g, '$1')
}
