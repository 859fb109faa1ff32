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
 * | `.` | the beginning of a sentence or clause |
 */
export type Phrase = { readonly source: string; readonly parts: readonly Part[] }

type Part =
  | { readonly kind: 'word'; readonly word: string }
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
    return choices.length === 1 && first.length === 1 && first[0] ? first[0] : { kind: 'choice', choices }
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
    return [{ kind: 'choice', choices }]
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
      const members = sets[set]
      if (!members) throw new Error(`words: no set {${set}}, in "${source}"`)
      return { kind: 'choice', choices: members.map((member) => parsePhrase(member, sets, depth + 1).parts) }
    }
    const text = normalise(token)
    if (text === '') throw new Error(`words: "${token}" is no word, in "${source}"`)
    if (token.endsWith('*')) return { kind: 'begins', with: text }
    if (token.startsWith('*')) return { kind: 'ends', with: text }
    return { kind: 'word', word: text }
  }

  const parts = sequence()
  if (at < tokens.length || parts.length === 0) throw new Error(`words: cannot read "${source}"`)
  return { source, parts }
}

/** Where the phrase ends when it starts at this word, or undefined. */
export function matchAt(
  phrase: Phrase,
  words: readonly Word[],
  start: number,
  grammar: Grammar,
): number | undefined {
  return follow(
    phrase.parts,
    0,
    start,
    { words, grammar, sentence: words[start]?.sentence ?? -1 },
    (end) => end,
  )
}

type Text = { readonly words: readonly Word[]; readonly grammar: Grammar; readonly sentence: number }
type Next = (at: number) => number | undefined

function follow(
  parts: readonly Part[],
  index: number,
  at: number,
  text: Text,
  next: Next,
): number | undefined {
  const part = parts[index]
  if (part === undefined) return next(at)
  const onwards: Next = (here) => follow(parts, index + 1, here, text, next)
  switch (part.kind) {
    case 'first':
      return onlyFillers(text, 0, at) ? onwards(at) : undefined
    case 'last':
      return onlyFillers(text, at, text.words.length) ? onwards(at) : undefined
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

function onlyFillers({ words, grammar }: Text, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (!grammar.fillers.has(words[at]?.text ?? '')) return false
  }
  return true
}

function fits(
  part: Extract<Part, { kind: 'word' | 'begins' | 'ends' | 'number' }>,
  word: string,
  grammar: Grammar,
): boolean {
  switch (part.kind) {
    case 'word':
      return word === part.word
    case 'begins':
      return word.startsWith(part.with)
    case 'ends':
      return word.endsWith(part.with)
    case 'number': {
      const value = /^\d{1,4}$/u.test(word) ? Number(word) : grammar.numbers.get(word)
      return value !== undefined && value > part.above && value < part.below
    }
  }
}

/** The first words a phrase can start with; `anything` when that cannot be said by letters. */
export type Beginning = { readonly words: Set<string>; readonly stems: Set<string>; anything: boolean }

export function beginningOf(phrase: Phrase): Beginning {
  const beginning: Beginning = { words: new Set(), stems: new Set(), anything: false }
  if (collect(phrase.parts, beginning)) beginning.anything = true
  return beginning
}

/** True when the parts can match without any word, so that what follows begins the phrase too. */
function collect(parts: readonly Part[], into: Beginning): boolean {
  for (const part of parts) {
    if (part.kind === 'word') into.words.add(part.word)
    else if (part.kind === 'begins' && part.with.length >= stemLength)
      into.stems.add(part.with.slice(0, stemLength))
    else if (
      part.kind === 'begins' ||
      part.kind === 'ends' ||
      part.kind === 'number' ||
      part.kind === 'gap'
    ) {
      into.anything = true
    } else if (part.kind === 'choice') {
      let empty = false
      for (const choice of part.choices) empty = collect(choice, into) || empty
      if (empty) continue
    } else continue
    return false
  }
  return true
}

export const stemLength = 3
