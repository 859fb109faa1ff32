import type { Part, Phrase } from './phrase.ts'
import type { Word } from './read-words.ts'

/** What a phrase needs to know about the language. */
export type Grammar = {
  readonly numbers: ReadonlyMap<string, number>
  readonly fillers: ReadonlySet<string>
  readonly negations: ReadonlySet<string>
}

/** Half open: the words from `start` up to `end`. */
export type Span = { readonly start: number; readonly end: number }

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

/** The number that a word is, in digits or written in full. */
function numberOf(word: string, grammar: Grammar): number | undefined {
  return /^\d{1,4}$/u.test(word) ? Number(word) : grammar.numbers.get(word)
}
