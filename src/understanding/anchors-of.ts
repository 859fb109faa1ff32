import type { Part, Phrase } from './phrase.ts'

/**
 * A word, or the first letters of one, that stands in every message with the phrase, and how many words of the phrase may
 * stand before it.
 */
export type Anchor = {
  /** A set of words, or the first letters of a word. */
  readonly by: ReadonlySet<string> | string
  readonly least: number
  readonly most: number
}

export const stemLength = 3

/**
 * The rarest words of which the phrase needs one; undefined when it needs none that letters can tell. Short words and those of
 * `common` stand in most messages: to look for them would try the phrase on nearly all.
 */
export function anchorsOf(phrase: Phrase, common: ReadonlySet<string>): readonly Anchor[] | undefined {
  return rarest(phrase.parts, common)
}

function rarest(parts: readonly Part[], common: ReadonlySet<string>): readonly Anchor[] | undefined {
  let best: { readonly anchors: readonly Anchor[]; readonly cost: number } | undefined
  let least = 0
  let most = 0
  for (const part of parts) {
    const anchors = anchorsIn(part, common)?.map((one) => ({
      ...one,
      least: one.least + least,
      most: one.most + most,
    }))
    if (anchors !== undefined) {
      const cost = anchors.reduce((sum, one) => sum + costOf(one, common), 0)
      if (best === undefined || cost < best.cost) best = { anchors, cost }
    }
    const width = widthOf(part)
    least += width.least
    most += width.most
  }
  return best?.anchors
}

function anchorsIn(part: Part, common: ReadonlySet<string>): readonly Anchor[] | undefined {
  const here = { least: 0, most: 0 }
  switch (part.kind) {
    case 'word':
      return [{ by: new Set([part.word]), ...here }]
    case 'words':
      return [{ by: part.words, ...here }]
    case 'begins':
      return part.with.length < stemLength ? undefined : [{ by: part.with.slice(0, stemLength), ...here }]
    case 'choice': {
      const all = part.choices.map((choice) => rarest(choice, common))
      return all.every((anchors) => anchors !== undefined) ? all.flat() : undefined
    }
    default:
      return undefined
  }
}

const costs = new WeakMap<ReadonlySet<string>, number>()

function costOf({ by }: Anchor, common: ReadonlySet<string>): number {
  if (typeof by === 'string') return rarity(by, common)
  const known = costs.get(by)
  if (known !== undefined) return known
  let cost = 0
  for (const word of by) cost += rarity(word, common)
  costs.set(by, cost)
  return cost
}

/** About how many of ten thousand messages hold the word. */
function rarity(text: string, common: ReadonlySet<string>): number {
  if (common.has(text) || text.length < 3) return 1000
  if (text.length === 3) return 200
  return text.length === 4 ? 30 : 5
}

function widthOf(part: Part): { readonly least: number; readonly most: number } {
  switch (part.kind) {
    case 'first':
    case 'last':
    case 'clause':
      return { least: 0, most: 0 }
    case 'gap':
      return { least: 0, most: part.most }
    case 'choice': {
      const widths = part.choices.map((choice) => choice.map(widthOf))
      const sums = (side: 'least' | 'most') =>
        widths.map((all) => all.reduce((sum, one) => sum + one[side], 0))
      return { least: Math.min(...sums('least')), most: Math.max(...sums('most')) }
    }
    default:
      return { least: 1, most: 1 }
  }
}
