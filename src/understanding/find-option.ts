import Fuse from 'fuse.js'
import { isSlip } from './closeness.ts'
import { idsUnder, type Meanings } from './find-meanings.ts'
import { readWords, type Word } from './read-words.ts'
import type { Words } from './words.ts'

/** What is being asked now: the options in the order in which they are shown, with their labels as shown. */
export type Asked = {
  readonly question: string
  readonly options: readonly { readonly id: string; readonly label: string }[]
  readonly expectsDate: boolean
}

export type OptionFound = {
  readonly option?: string
  readonly ambiguous?: readonly string[]
  readonly confidence: number
}

/** Plain words that stand for an option of a question, so that a slip in them can be forgiven. */
export type PlainWords = ReadonlyMap<string, readonly { readonly word: string; readonly option: string }[]>

type Message = {
  readonly words: readonly Word[]
  readonly meanings: Meanings
  readonly slots: Readonly<Record<string, string>>
  readonly safety: string | undefined
}

const slotOf: Readonly<Record<string, string>> = { situation: 'domain' }
const situations: Readonly<Record<string, string>> = {
  wzd: 'forced',
  jeugdwet: 'young',
  wmo: 'help-at-home',
  wlz: 'living-in-care',
  workplace: 'my-work',
}
const nothing: OptionFound = { confidence: 0 }

/** The option that the message chooses as it is written: by its label, its place or its meaning. */
export function findOption(asked: Asked, message: Message, locale: Words): OptionFound {
  const offered = asked.options.map(({ id }) => id)
  const label = asked.options.find(
    (one) => keyOf(one.label) === keyOf(message.words) && keyOf(one.label) !== '',
  )
  if (label) return { option: label.id, confidence: 1 }

  const place = placeChosen(asked, message.words, locale)
  if (place !== undefined) return { option: place, confidence: 1 }

  const meant = [
    ...new Set([
      ...bySlot(asked, message, offered),
      ...idsUnder(message.meanings, `option/${asked.question}`),
    ]),
  ]
  const fitting = meant.filter((id) => offered.includes(id))
  if (fitting.length > 1 && !bySlot(asked, message, offered).includes(fitting[0] ?? '')) {
    return { ambiguous: fitting, confidence: 0.4 }
  }
  if (fitting[0] !== undefined) return { option: fitting[0], confidence: 0.9 }

  const answer = byAnswer(message.meanings, offered)
  if (answer !== undefined) return { option: answer, confidence: 0.95 }
  return byWordsOfLabel(asked, message.words, locale, (typed, meant) => typed === meant, 0.8)
}

/** Whether the message is the label of an option, as it is shown. */
export function isLabel(asked: Asked, words: readonly Word[]): boolean {
  return labelled(asked, words) !== undefined
}

function labelled({ options }: Asked, words: readonly Word[]): Asked['options'][number] | undefined {
  const typed = keyOf(words)
  return typed === '' ? undefined : options.find(({ label }) => keyOf(label) === typed)
}

/** The option that a short message chooses with a slip of the keyboard in it. */
export function guessOption(
  asked: Asked,
  words: readonly Word[],
  locale: Words,
  plain: PlainWords,
): OptionFound {
  if (words.length === 0 || words.length > 3) return nothing
  const offered = new Set(asked.options.map(({ id }) => id))
  const entries = [
    ...asked.options.flatMap(({ id, label }) => [
      ...readWords(label).map(({ text }) => ({ word: text, option: id, whole: false })),
      { word: keyOf(label), option: id, whole: true },
    ]),
    ...(plain.get(asked.question) ?? []).map((one) => ({ ...one, whole: true })),
  ].filter(({ word, option }) => word.length >= 4 && word.length <= 40 && offered.has(option))
  const fuse = new Fuse(entries, { keys: ['word'], threshold: 0.5, ignoreLocation: true })
  const near = (typed: string): ReadonlySet<string> =>
    new Set(
      fuse
        .search(typed, { limit: 10 })
        .filter(({ item }) => item.word[0] === typed[0] && isSlip(typed, item.word))
        .map(({ item }) => item.word),
    )
  const whole = keyOf(words)
  if (whole.length > 40) return nothing
  const meant = near(whole)
  const fitting = [
    ...new Set(entries.filter(({ word, whole }) => whole && meant.has(word)).map(({ option }) => option)),
  ]
  if (fitting.length > 1) return { ambiguous: fitting, confidence: 0.4 }
  if (fitting[0] !== undefined) return { option: fitting[0], confidence: 0.7 }
  const nearTo = new Map(words.map(({ text }) => [text, near(text)]))
  return byWordsOfLabel(
    asked,
    words,
    locale,
    (typed, meant) => nearTo.get(typed)?.has(meant) === true || typed === meant,
    0.6,
  )
}

/** "2", "optie 2", "de tweede", "de laatste". */
function placeChosen(asked: Asked, words: readonly Word[], locale: Words): string | undefined {
  const said = words.map(({ text }) => text).filter((text) => !locale.fillers.includes(text))
  const number = said.at(-1) ?? ''
  if (said.length > 3 || !said.slice(0, -1).every((text) => locale.choosing.includes(text))) {
    const [first = '', ...rest] = said
    const trailing =
      rest.length > 0 && rest.length < 3 && rest.every((text) => locale.choosing.includes(text))
    return trailing ? optionAt(asked, locale.ordinals[first]) : undefined
  }
  const ordinal = locale.ordinals[number]
  if (ordinal !== undefined) return optionAt(asked, ordinal)
  if (/^\d{1,2}$/u.test(number)) return optionAt(asked, Number(number))
  const written = locale.numbers[number]
  return said.length > 1 || written === undefined || written < 20 ? optionAt(asked, written) : undefined
}

function optionAt({ options }: Asked, place: number | undefined): string | undefined {
  if (place === undefined || place === 0) return undefined
  return place < 0 ? options.at(place)?.id : options[place - 1]?.id
}

function bySlot(asked: Asked, { slots, safety }: Message, offered: readonly string[]): readonly string[] {
  const value = asked.question === 'safety' ? safety : slots[slotOf[asked.question] ?? asked.question]
  if (value === undefined) return []
  if (asked.question === 'situation') return [situations[value] ?? value].filter((id) => offered.includes(id))
  const ids = value === 'true' ? ['yes'] : value === 'false' ? ['no', 'rather-not'] : [value]
  const found = ids.find((id) => offered.includes(id))
  if (found !== undefined) return [found]
  // A value that is not shown on its own belongs to "something else".
  return offered.includes('rest') && value !== 'true' && value !== 'false' ? ['rest'] : []
}

function byAnswer(meanings: Meanings, offered: readonly string[]): string | undefined {
  const said = idsUnder(meanings, 'answer')
  const wanted: readonly (readonly [string, readonly string[]])[] = [
    ['unknown', ['unknown']],
    ['afraid', ['afraid', 'rather-not', 'no']],
    ['rather-not', ['rather-not', 'no']],
    ['rest', ['rest', 'other']],
    ['no', ['no', 'rather-not']],
    ['yes', ['yes']],
  ]
  for (const [answer, ids] of wanted) {
    if (said.includes(answer)) return ids.find((id) => offered.includes(id))
  }
  return undefined
}

/** Up to four telling words, all of which stand in one label. */
function byWordsOfLabel(
  asked: Asked,
  words: readonly Word[],
  locale: Words,
  isSame: (typed: string, meant: string) => boolean,
  confidence: number,
): OptionFound {
  const negations = [...locale.negation.near, ...locale.negation.far]
  if (words.length > 8 || words.some(({ text }) => negations.includes(text))) return nothing
  const telling = words
    .map(({ text }) => text)
    .filter((text) => !locale.stopwords.includes(text) && !locale.fillers.includes(text))
  if (telling.length === 0 || telling.length > 4 || telling.join('').length < 3) return nothing
  const fitting = asked.options.filter(({ label }) => {
    const meant = readWords(label).map(({ text }) => text)
    return telling.every((typed) => meant.some((one) => isSame(typed, one)))
  })
  if (fitting.length === 1) return { ...(fitting[0] ? { option: fitting[0].id } : {}), confidence }
  if (fitting.length === 2 || fitting.length === 3)
    return { ambiguous: fitting.map(({ id }) => id), confidence: 0.4 }
  return nothing
}

function keyOf(text: string | readonly Word[]): string {
  return (typeof text === 'string' ? readWords(text) : text).map((word) => word.text).join('')
}
