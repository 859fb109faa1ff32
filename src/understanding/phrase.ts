import { normalise, type Word } from './read-words.ts'

/**
 * A phrase is a pattern over the words of one sentence.
 *
 * | notation | matches |
 * |---|---|
 * | `klacht` | that word |
 * | `klacht*`, `*zorg` | a word that begins or ends so |
 * | `mijn|mn` | one of these words |
 * | `(op slot|dicht)` | one of these phrases |
 * | `{carer}` | one of the phrases of that set |
 * | `al?`, `(op slot)?` | perhaps that |
 * | `~3` | up to three words, whatever they are, but no negation |
 * | `<18`, `>17`, `#` | a number below 18, above 17 and below 120, or any number; as digits or as a word |
 * | `^`, `$` | the beginning and the end of the message, fillers aside |
 * | `.` | where a sentence or clause begins or ends |
 * | `a & b & c` | all of these, in any order and apart, within some {@link together} words |
 *
 * A phrase holds at least one word that must be there.
 */
export type Phrase = {
  readonly source: string
  readonly parts: readonly Part[]
  /** What must stand near it, before or after. */
  readonly beside?: readonly Phrase[]
}

/** How many words may lie between the phrases of `a & b`, also across the end of a sentence: people tell it in two. */
export const together = 12

type Part =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'words'; readonly words: ReadonlySet<string> }
  | { readonly kind: 'begins' | 'ends'; readonly with: string }
  | { readonly kind: 'number'; readonly above: number; readonly below: number }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'first' | 'last' | 'clause' }
  | { readonly kind: 'choice'; readonly choices: readonly (readonly Part[])[] }

/** What a phrase needs to know about the language. */
export type Grammar = {
  readonly numbers: ReadonlyMap<string, number>
  readonly fillers: ReadonlySet<string>
  readonly negations: ReadonlySet<string>
}

/** Half open: the words from `start` up to `end`. */
export type Span = { readonly start: number; readonly end: number }

type Sets = Readonly<Record<string, readonly string[]>>

/** Throws on a phrase that cannot be read: the words are checked when the index is built, not when somebody types. */
export function parsePhrase(source: string, sets: Sets, depth = 0): Phrase {
  if (source.includes(' & ')) {
    const [first, ...beside] = source.split(' & ').map((one) => parsePhrase(one, sets, depth))
    if (first) return { ...first, source, beside }
  }
  if (depth > 5) throw new Error(`words: sets refer to each other in a circle, at "${source}"`)
  const tokens = source.match(/[()]\??|\||[^\s()|]+/gu) ?? []
  let at = 0

  function sequence(): Part[] {
    const parts: Part[] = []
    while (at < tokens.length && tokens[at] !== '|' && !tokens[at]?.startsWith(')')) parts.push(item())
    return parts
  }

  function item(): Part {
    const first = single()
    const choices = [first]
    // Inside parentheses `|` separates phrases and is read by `group`.
    while (open === 0 && tokens[at] === '|') {
      at += 1
      choices.push(single())
    }
    return choices.length === 1 && first.length === 1 && first[0] ? first[0] : choiceOf(choices)
  }

  let open = 0
  function single(): readonly Part[] {
    const token = tokens[at++] ?? ''
    if (!token.startsWith('(')) return [word(token)]
    const outer = open
    open = outer + 1
    const choices: Part[][] = [sequence()]
    while (tokens[at] === '|') {
      at += 1
      choices.push(sequence())
    }
    const close = tokens[at++]
    if (!close?.startsWith(')')) throw new Error(`words: a bracket is not closed in "${source}"`)
    open = outer
    if (close.endsWith('?')) choices.push([])
    return [choiceOf(choices)]
  }

  function word(token: string): Part {
    if (token.length > 1 && token.endsWith('?')) {
      return { kind: 'choice', choices: [[word(token.slice(0, -1))], []] }
    }
    if (token === '^') return { kind: 'first' }
    if (token === '$') return { kind: 'last' }
    if (token === '.') return { kind: 'clause' }
    if (token === '#') return { kind: 'number', above: -1, below: Number.POSITIVE_INFINITY }
    if (/^~\d$/u.test(token)) return { kind: 'gap', most: Number(token.slice(1)) }
    if (/^<\d+$/u.test(token)) return { kind: 'number', above: 0, below: Number(token.slice(1)) }
    if (/^>\d+$/u.test(token)) return { kind: 'number', above: Number(token.slice(1)), below: 120 }
    const set = /^\{(.+)\}$/u.exec(token)?.[1]
    if (set !== undefined) {
      return parseSet(set, sets, depth, source)
    }
    const text = normalise(token)
    if (text === '') throw new Error(`words: "${token}" is no word, in "${source}"`)
    if (token.endsWith('*')) return { kind: 'begins', with: text }
    if (token.startsWith('*')) return { kind: 'ends', with: text }
    return { kind: 'word', word: text }
  }

  const parts = sequence()
  if (at < tokens.length || parts.length === 0) throw new Error(`words: cannot read "${source}"`)
  if (canBeEmpty(parts)) throw new Error(`words: "${source}" can match no words at all`)
  return { source, parts }
}

/** A set is parsed once, however many phrases refer to it, and is the same object in all of them. */
const parsedSets = new WeakMap<Sets, Map<string, Part>>()

function parseSet(set: string, sets: Sets, depth: number, source: string): Part {
  const parsed = parsedSets.get(sets) ?? new Map<string, Part>()
  parsedSets.set(sets, parsed)
  const known = parsed.get(set)
  if (known) return known
  const members = sets[set]
  if (!members) throw new Error(`words: no set {${set}}, in "${source}"`)
  const part = choiceOf(members.map((member) => parsePhrase(member, sets, depth + 1).parts))
  parsed.set(set, part)
  return part
}

/** The single words of a choice are looked up at once, however many they are. */
function choiceOf(choices: readonly (readonly Part[])[]): Part {
  const words = new Set<string>()
  const others: (readonly Part[])[] = []
  const sort = (choice: readonly Part[]): void => {
    const [part] = choice
    if (choice.length === 1 && part?.kind === 'word') words.add(part.word)
    else if (choice.length === 1 && part?.kind === 'words') for (const word of part.words) words.add(word)
    else if (choice.length === 1 && part?.kind === 'choice') for (const inner of part.choices) sort(inner)
    else others.push(choice)
  }
  const [only] = choices
  if (choices.length === 1 && only?.length === 1 && only[0]?.kind === 'choice') return only[0]
  for (const choice of choices) sort(choice)
  if (words.size === 0) return { kind: 'choice', choices: others }
  const any: Part = { kind: 'words', words }
  return others.length === 0 ? any : { kind: 'choice', choices: [[any], ...others] }
}

/** A phrase such as `^ ander? $` would be found in every message of fillers. */
function canBeEmpty(parts: readonly Part[]): boolean {
  return parts.every((part) => {
    if (part.kind === 'choice') return part.choices.some(canBeEmpty)
    return part.kind === 'gap' || part.kind === 'first' || part.kind === 'last' || part.kind === 'clause'
  })
}

/** A message, ready for every phrase. */
export type Text = {
  readonly words: readonly Word[]
  readonly grammar: Grammar
  /** Half open: what lies before and after it are fillers. */
  readonly telling: Span
}

export function textOf(words: readonly Word[], grammar: Grammar): Text {
  const tells = ({ text }: Word): boolean => !grammar.fillers.has(text)
  const start = words.findIndex(tells)
  // Of fillers alone every word is both before and after what tells.
  const telling = start < 0 ? { start: words.length, end: 0 } : { start, end: words.findLastIndex(tells) + 1 }
  return { words, grammar, telling }
}

/** Where the phrase ends when it starts at this word, or undefined. */
export function matchAt(phrase: Phrase, text: Text, start: number): number | undefined {
  return follow(
    phrase.parts,
    0,
    start,
    { ...text, sentence: text.words[start]?.sentence ?? -1 },
    (end) => end,
  )
}

type Sentence = Text & { readonly sentence: number }
type Next = (at: number) => number | undefined

function follow(
  parts: readonly Part[],
  index: number,
  at: number,
  text: Sentence,
  next: Next,
): number | undefined {
  const part = parts[index]
  if (part === undefined) return next(at)
  const onwards: Next = (here) => follow(parts, index + 1, here, text, next)
  switch (part.kind) {
    case 'first':
      return at <= text.telling.start ? onwards(at) : undefined
    case 'last':
      return at >= text.telling.end ? onwards(at) : undefined
    case 'clause':
      return text.words[at - 1]?.clause === text.words[at]?.clause ? undefined : onwards(at)
    case 'gap':
      for (let here = at; here <= at + part.most; here += 1) {
        const end = onwards(here)
        if (end !== undefined) return end
        const word = text.words[here]
        if (word?.sentence !== text.sentence || text.grammar.negations.has(word.text)) return undefined
      }
      return undefined
    case 'choice':
      for (const choice of part.choices) {
        const end = follow(choice, 0, at, text, onwards)
        if (end !== undefined) return end
      }
      return undefined
    default: {
      const word = text.words[at]
      return word?.sentence === text.sentence && fits(part, word.text, text.grammar)
        ? onwards(at + 1)
        : undefined
    }
  }
}

function fits(
  part: Extract<Part, { kind: 'word' | 'words' | 'begins' | 'ends' | 'number' }>,
  word: string,
  grammar: Grammar,
): boolean {
  switch (part.kind) {
    case 'word':
      return word === part.word
    case 'words':
      return part.words.has(word)
    case 'begins':
      return word.startsWith(part.with)
    case 'ends':
      return word.endsWith(part.with)
    case 'number': {
      const value = numberOf(word, grammar)
      return value !== undefined && value > part.above && value < part.below
    }
  }
}

/** Whether the phrase stands at the beginning of the message only. */
export function opensMessage({ parts: [part] }: Phrase): boolean {
  return part?.kind === 'first'
}

/** The number that a word is, in digits or written in full. */
function numberOf(word: string, grammar: Grammar): number | undefined {
  return /^\d{1,4}$/u.test(word) ? Number(word) : grammar.numbers.get(word)
}

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
