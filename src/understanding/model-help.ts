import { allowedValues } from '../knowledge/vocabulary.ts'
import { readWords } from './read-words.ts'
import type { Understood } from './understand.ts'

/** A sentence for a language model, of which nothing is left but everyday words. */
export type WordsForModel = { readonly text: string; readonly locale: string }

/**
 * Asks a language model what slots a sentence fills. Gives nothing when there is no answer in time, or one that does
 * not fit. Never throws.
 */
export type SlotFiller = (words: WordsForModel) => Promise<Readonly<Record<string, string>> | undefined>

/** The slots that a model may fill. Who and what is in danger, and which organisation, only our own reading says. */
export const slotsForModel = ['role', 'minor', 'domain', 'wish', 'stage', 'topic'] as const

/** The words that may leave: those of our own texts, which name nobody. */
export type Vocabulary = { readonly whole: ReadonlySet<string>; readonly beginnings: readonly string[] }

/** In the place of a word that does not leave: a name, a number, an address, or just a rare word. */
const left = '…'
/** A shorter message is asked about by the guide itself; a longer one is cut. */
const fewestWords = 4
const mostWords = 120

/**
 * The words that stand in texts and patterns. A pattern for the beginning of a word (`klacht*`) lets every word pass
 * that begins so, from four letters on.
 */
export function buildVocabulary(texts: Iterable<string>): Vocabulary {
  const whole = new Set<string>()
  const beginnings = new Set<string>()
  for (const text of texts) {
    for (const [, beginning = ''] of text.matchAll(/([\p{L}]{4,})\*/gu)) {
      for (const { text: word } of readWords(beginning)) beginnings.add(word)
    }
    for (const { text: word } of readWords(text)) if (!/\d/u.test(word)) whole.add(word)
  }
  return { whole, beginnings: [...beginnings] }
}

/**
 * What a model may be asked about a message: undefined when our own reading settles enough, when there is danger or a
 * command in it, and when too little is left of it without the words that do not leave.
 */
export function wordsForModel(
  vocabulary: Vocabulary,
  understood: Understood,
  text: string,
  locale: string,
): WordsForModel | undefined {
  const { slots, safety, command, option, date, scope, asks } = understood
  const isSettled = [safety, command, option, date, scope, asks].some((each) => each !== undefined)
  const open = slotsForModel.filter((slot) => slots[slot] === undefined)
  if (isSettled || open.length <= slotsForModel.length / 2) return undefined
  const words = readWords(text)
    .slice(0, mostWords)
    .map(({ text: word }) => (isKnown(vocabulary, word) ? word : left))
  const known = words.filter((word) => word !== left).length
  if (known < fewestWords || known < words.length / 2) return undefined
  return {
    text: words
      .join(' ')
      .replaceAll(/(?:… ?){2,}/g, `${left} `)
      .trim(),
    locale,
  }
}

/** The slots of a model's answer that may be used: allowed values of slots that our own reading left open. */
export function acceptFilled(
  filled: Readonly<Record<string, string>> | undefined,
  understood: Understood,
): Readonly<Record<string, string>> {
  if (filled === undefined) return {}
  const usable = slotsForModel.flatMap((slot) => {
    const value = filled[slot]
    const isFree = value !== undefined && understood.slots[slot] === undefined
    return isFree && allowedValues(slot)?.includes(value) ? [[slot, value] as const] : []
  })
  return Object.fromEntries(usable)
}

function isKnown({ whole, beginnings }: Vocabulary, word: string): boolean {
  return !/\d/u.test(word) && (whole.has(word) || beginnings.some((each) => word.startsWith(each)))
}
