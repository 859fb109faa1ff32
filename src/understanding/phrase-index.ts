import {
  beginningOf,
  type Grammar,
  matchAt,
  numberOf,
  opensMessage,
  type Phrase,
  parsePhrase,
  type Span,
  stemLength,
  textOf,
} from './phrase.ts'
import type { Word } from './read-words.ts'
import type { Phrases, Words } from './words.ts'

/** Many phrases, each under a key, found in one walk over the words. */
export type PhraseIndex = {
  readonly grammar: Grammar
  readonly byWord: ReadonlyMap<string, readonly Entry[]>
  readonly byStem: ReadonlyMap<string, readonly Entry[]>
  readonly byNumber: readonly Entry[]
  readonly opening: readonly Entry[]
  readonly anywhere: readonly Entry[]
}

type Entry = { readonly key: string; readonly phrase: Phrase; readonly exception: boolean }

export type Found = Span & { readonly key: string }

export function grammarOf(words: Words): Grammar {
  return {
    numbers: new Map(Object.entries(words.numbers)),
    fillers: new Set(words.fillers),
    negations: new Set([...words.negation.near, ...words.negation.far]),
  }
}

export function buildIndex(words: Words, phrases: Readonly<Record<string, Phrases>>): PhraseIndex {
  const byWord = new Map<string, Entry[]>()
  const byStem = new Map<string, Entry[]>()
  const byNumber: Entry[] = []
  const opening: Entry[] = []
  const anywhere: Entry[] = []
  for (const [key, { say, not = [] }] of Object.entries(phrases)) {
    for (const source of [...say, ...not]) {
      const phrase = parsePhrase(source, words.sets)
      const entry = { key, phrase, exception: not.includes(source) }
      const beginning = beginningOf(phrase)
      if (beginning.anything) (opensMessage(phrase) ? opening : anywhere).push(entry)
      else {
        if (beginning.number) byNumber.push(entry)
        for (const word of beginning.words) put(byWord, word, entry)
        for (const stem of beginning.stems) put(byStem, stem, entry)
      }
    }
  }
  return { grammar: grammarOf(words), byWord, byStem, byNumber, opening, anywhere }
}

/** Every phrase found, without those that overlap an exception of the same key. */
export function findPhrases(index: PhraseIndex, words: readonly Word[]): readonly Found[] {
  const found: Found[] = []
  const exceptions: Found[] = []
  const message = textOf(words, index.grammar)
  for (let start = 0; start < words.length; start += 1) {
    const text = words[start]?.text ?? ''
    for (const entries of [
      index.byWord.get(text),
      index.byStem.get(text.slice(0, stemLength)),
      numberOf(text, index.grammar) === undefined ? undefined : index.byNumber,
      start <= message.telling.start ? index.opening : undefined,
      index.anywhere,
    ]) {
      for (const { key, phrase, exception } of entries ?? []) {
        const end = matchAt(phrase, message, start)
        if (end !== undefined) (exception ? exceptions : found).push({ key, start, end })
      }
    }
  }
  return found.filter((one) => !exceptions.some((other) => other.key === one.key && overlap(one, other)))
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end
}

function put(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key)
  if (entries === undefined) map.set(key, [entry])
  else if (entries.at(-1) !== entry) entries.push(entry)
}
