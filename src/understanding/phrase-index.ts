import { anchorsOf, stemLength } from './anchors-of.ts'
import { type Grammar, matchAt, type Span, type Text, textOf } from './match-phrase.ts'
import { opensMessage, type Phrase, parsePhrase } from './phrase.ts'
import type { Word } from './read-words.ts'
import type { Phrases, Words } from './words.ts'

/**
 * Many phrases, each under a key, found in one walk over the words: every phrase waits under the rarest words of which it
 * needs one, so that a message is tried on few.
 */
export type PhraseIndex = {
  readonly grammar: Grammar
  /** By each word the lists of all sets that hold it: a set of a hundred words is one list, however many phrases use it. */
  readonly byWord: ReadonlyMap<string, readonly (readonly Place[])[]>
  readonly byStem: ReadonlyMap<string, readonly Place[]>
  /** Those that stand at the beginning of a message only. */
  readonly opening: readonly Entry[]
  readonly anywhere: readonly Entry[]
}

type Entry = {
  /** Counted from 0 through the index. */
  readonly id: number
  readonly key: string
  readonly phrase: Phrase
  readonly use: 'say' | 'not' | 'unless'
}

/** An entry under one of its words, and how many words of the phrase may stand before that. */
type Place = { readonly entry: Entry; readonly least: number; readonly most: number }

/** How many words may lie between the phrases of `a & b`, also across the end of a sentence: people tell it in two. */
const together = 12

export type Found = Span & { readonly key: string }

export function grammarOf(words: Words): Grammar {
  return {
    numbers: new Map(Object.entries(words.numbers)),
    fillers: new Set(words.fillers),
    negations: new Set([...words.negation.near, ...words.negation.far]),
  }
}

export function buildIndex(words: Words, phrases: Readonly<Record<string, Phrases>>): PhraseIndex {
  const bySet = new Map<ReadonlySet<string>, Place[]>()
  const byStem = new Map<string, Place[]>()
  const opening: Entry[] = []
  const anywhere: Entry[] = []
  const grammar = grammarOf(words)
  const common = new Set([...words.stopwords, ...words.fillers, ...grammar.negations])
  let id = 0
  for (const [key, { say, not = [], unless = [] }] of Object.entries(phrases)) {
    const add = (use: Entry['use'], source: string): void => {
      const entry = { id: id++, key, phrase: parsePhrase(source, words.sets), use }
      const anchors = anchorsOf(entry.phrase, common)
      if (anchors === undefined) (opensMessage(entry.phrase) ? opening : anywhere).push(entry)
      for (const { by, least, most } of anchors ?? []) {
        if (typeof by === 'string') put(byStem, by, { entry, least, most })
        else put(bySet, by, { entry, least, most })
      }
    }
    for (const source of say) add('say', source)
    for (const source of membersOf(not, words)) add('not', source)
    for (const source of membersOf(unless, words)) add('unless', source)
  }
  const byWord = new Map<string, (readonly Place[])[]>()
  for (const [set, places] of bySet) for (const word of set) put(byWord, word, places)
  return { grammar, byWord, byStem, opening, anywhere }
}

/** A set that stands alone is each of its phrases: every one that is found counts, not only the first. */
function membersOf(phrases: readonly string[], { sets }: Words): readonly string[] {
  return phrases.flatMap((source) => sets[/^\{([^{}]+)\}$/u.exec(source)?.[1] ?? ''] ?? [source])
}

/** Every phrase found, without those that overlap a `not` of the same key or share the sentence with an `unless` of it. */
export function findPhrases(index: PhraseIndex, words: readonly Word[]): readonly Found[] {
  const found: Record<Entry['use'], Found[]> = { say: [], not: [], unless: [] }
  const message = textOf(words, index.grammar)
  const tried = new Set<number>()
  const attempt = ({ id, key, phrase, use }: Entry, start: number): void => {
    const trial = id * words.length + start
    if (tried.has(trial)) return
    tried.add(trial)
    const span = spanOf(phrase, message, start)
    if (span !== undefined) found[use].push({ key, ...span })
  }
  for (let at = 0; at < words.length; at += 1) {
    const text = words[at]?.text ?? ''
    for (const entry of index.anywhere) attempt(entry, at)
    if (at <= message.telling.start) for (const entry of index.opening) attempt(entry, at)
    const stems = index.byStem.get(text.slice(0, stemLength))
    for (const places of [...(index.byWord.get(text) ?? []), ...(stems ? [stems] : [])]) {
      for (const { entry, least, most } of places) {
        const first = Math.max(at - most, 0)
        for (let start = at - least; start >= first; start -= 1) {
          if (words[start]?.sentence !== words[at]?.sentence) break
          attempt(entry, start)
        }
      }
    }
  }
  const undone = new Set<string>()
  for (const { key, start, end } of found.not)
    for (let at = start; at < end; at += 1) undone.add(`${key} ${at}`)
  const excused = new Set(found.unless.map(({ key, start }) => `${key} ${words[start]?.sentence}`))
  return found.say.filter(({ key, start, end }) => {
    if (excused.has(`${key} ${words[start]?.sentence}`)) return false
    for (let at = start; at < end; at += 1) if (undone.has(`${key} ${at}`)) return false
    return true
  })
}

/** Where the phrase stands that starts at this word, with what must stand beside it. */
function spanOf(phrase: Phrase, message: Text, start: number): Span | undefined {
  const end = matchAt(phrase, message, start)
  if (end === undefined) return undefined
  let span: Span = { start, end }
  for (const other of phrase.beside ?? []) {
    const near = nearest(other, message, { start, end })
    if (near === undefined) return undefined
    span = { start: Math.min(span.start, near.start), end: Math.max(span.end, near.end) }
  }
  return span
}

/** The first place after the span, or else before it, where the phrase is found. */
function nearest(phrase: Phrase, message: Text, { start, end }: Span): Span | undefined {
  const at = (here: number): Span | undefined => {
    const until = matchAt(phrase, message, here)
    return until === undefined ? undefined : { start: here, end: until }
  }
  for (let here = end; here <= end + together && here < message.words.length; here += 1) {
    const found = at(here)
    if (found) return found
  }
  for (let here = start - 1; here >= Math.max(0, start - together); here -= 1) {
    const found = at(here)
    if (found && found.end <= start) return found
  }
  return undefined
}

function put<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}
