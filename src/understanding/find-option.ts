import Fuse from 'fuse.js'
import { isSlip } from './closeness.ts'
import { idsUnder, type Meanings } from './find-meanings.ts'
import { isLonger, type Lapse } from './read-lapse.ts'
import { lookUp, readWords, type Word } from './read-words.ts'
import type { Words } from './words.ts'

/** What is being asked now: the options in the order in which they are shown, with their labels as shown. */
export type Asked = {
  readonly question: string
  /** The slot that an answer fills; of the same name as the question where it is absent. */
  readonly slot?: string
  readonly options: readonly Option[]
  readonly expectsDate: boolean
}

type Option = {
  readonly id: string
  readonly label: string
  /** What choosing the option tells, as slots; where it is absent the id is the value. */
  readonly sets?: Readonly<Record<string, string>>
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
  /** Values that the words may mean, per slot, the likely ones first. */
  readonly unsure: Readonly<Record<string, readonly string[]>>
  readonly safety: string | undefined
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

  const meant = idsUnder(message.meanings, `option/${asked.question}`)
  const fitting = offered.filter((id) => meant.includes(id))
  const told = bySlots(asked, message)
  if (told !== undefined) return { option: toldOnly(asked, told, fitting), confidence: 0.9 }
  if (fitting.length > 1) return { ambiguous: fitting, confidence: 0.4 }
  if (fitting[0] !== undefined) return { option: fitting[0], confidence: 0.9 }

  const answer = byAnswer(message.meanings, offered)
  if (answer !== undefined) return { option: answer, confidence: 0.95 }
  const labelled = byWordsOfLabel(asked, message.words, locale, (typed, meant) => typed === meant, 0.8)
  const possible = (message.unsure[slotOf(asked)] ?? []).flatMap(
    (value) => optionFor(asked, slotOf(asked), value) ?? [],
  )
  return labelled.option === undefined && possible.length > 0
    ? { ambiguous: [...new Set(possible)], confidence: 0.5 }
    : labelled
}

/** Of options that tell the same, the one that the words name for this question. */
function toldOnly(asked: Asked, told: string, fitting: readonly string[]): string {
  const [named] = fitting
  const slot = slotOf(asked)
  const toldBy = (id: string) =>
    asked.options.filter((option) => option.id === id).map((one) => setsOf(asked, one)[slot])[0]
  return fitting.length === 1 && named !== undefined && toldBy(named) === toldBy(told) ? named : told
}

/** The option of a question about time that fits what was said to be longer or shorter ago. */
export function findOptionInTime(asked: Asked, lapse: Lapse, locale: Words): OptionFound {
  const [yes, no] = ['true', 'false'].map((value) => optionFor(asked, slotOf(asked), value))
  if (yes === undefined || no === undefined) return nothing
  const labels = asked.options.filter(({ id }) => id === yes || id === no).map(({ label }) => label)
  const longer = isLonger(lapse, labels, locale)
  if (longer === undefined) return { ambiguous: [no, yes], confidence: 0.5 }
  return { option: longer ? yes : no, confidence: 0.9 }
}

/** The slot that an answer to the question fills. */
export function slotOf(asked: Asked): string {
  return asked.slot ?? asked.question
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
    return trailing ? optionAt(asked, lookUp(locale.ordinals, first)) : undefined
  }
  const ordinal = lookUp(locale.ordinals, number)
  if (ordinal !== undefined) return optionAt(asked, ordinal)
  if (/^\d{1,2}$/u.test(number)) return optionAt(asked, Number(number))
  const written = lookUp(locale.numbers, number)
  return said.length > 1 || written === undefined || written < 20 ? optionAt(asked, written) : undefined
}

function optionAt({ options }: Asked, place: number | undefined): string | undefined {
  if (place === undefined || place === 0) return undefined
  return place < 0 ? options.at(place)?.id : options[place - 1]?.id
}

/** The option that tells what was understood, all of it; the one that answers the question before another. */
function bySlots(asked: Asked, { slots, safety }: Message): string | undefined {
  const slot = slotOf(asked)
  const understood = safety === undefined ? slots : { ...slots, safety }
  const fitting = asked.options
    .filter((option) =>
      Object.entries(setsOf(asked, option)).every(([filled, value]) => understood[filled] === value),
    )
    .map((option) => ({ id: option.id, sets: Object.keys(setsOf(asked, option)) }))
    .filter(({ sets }) => sets.length > 0)
    .sort(
      (one, other) =>
        Number(other.sets.includes(slot)) - Number(one.sets.includes(slot)) ||
        other.sets.length - one.sets.length,
    )
  if (fitting[0]) return fitting[0].id
  const value = understood[slot]
  // A value that is not shown on its own belongs to "something else".
  const isShownElsewhere = value !== undefined && value !== 'true' && value !== 'false'
  return isShownElsewhere ? asked.options.find(({ id }) => id === 'rest')?.id : undefined
}

/** The option that tells this and no more. */
function optionFor(asked: Asked, slot: string, value: string): string | undefined {
  const telling = asked.options.filter((option) => setsOf(asked, option)[slot] === value)
  return (telling.find((option) => Object.keys(setsOf(asked, option)).length === 1) ?? telling[0])?.id
}

const valueOfId: Readonly<Record<string, string>> = { yes: 'true', no: 'false', 'rather-not': 'false' }

function setsOf(asked: Asked, { id, sets }: Option): Readonly<Record<string, string>> {
  return sets ?? { [slotOf(asked)]: valueOfId[id] ?? id }
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
