import { distance } from './closeness.ts'
import { deriveSlots, type SlotsFound } from './derive-slots.ts'
import { findMeanings, idsUnder, type Meanings, type MeaningsFound, saysDanger } from './find-meanings.ts'
import { buildNames, findNames, type NameIndex, type NamesFound, type Vocabulary } from './find-names.ts'
import {
  type Asked,
  findOption,
  findOptionInTime,
  guessOption,
  isLabel,
  type OptionFound,
  slotOf,
} from './find-option.ts'
import { type Locale, prepareLocale } from './prepare-locale.ts'
import { type DateRead, readDate } from './read-date.ts'
import { readComparison, readVague } from './read-lapse.ts'
import { readWords, tellingWords, type Word } from './read-words.ts'
import {
  type Ask,
  asks,
  type Command,
  commands,
  type Language,
  type Safety,
  safetyKinds,
  type Words,
} from './words.ts'

export type { Vocabulary } from './find-names.ts'
export type { Asked } from './find-option.ts'
export type { Ask, Command, Language, Safety, Words } from './words.ts'

/** What one message says. Everything that the words leave open is absent. */
export type Understood = {
  readonly command?: Command
  /** The language that was asked for by name. */
  readonly language?: Language
  /** The option of the asked question that this answers; always one that was offered. */
  readonly option?: string
  /** All slots that the words settle, none of them in doubt; yes and no are `true` and `false`. */
  readonly slots: Readonly<Record<string, string>>
  readonly safety?: Safety
  /** The day that was typed, where one is expected (`2026-11-03`). */
  readonly date?: string
  /** A slot that the client wants to answer anew ("verander organisatie"). */
  readonly change?: string
  /** Something that the knowledge answers at once ("wanneer is Quasir open?"). */
  readonly asks?: Ask
  /** The topics that the words name, where these are more than one: the gravest first. */
  readonly topics?: readonly string[]
  /** Nothing to do with a complaint about care, support or work in it. */
  readonly scope?: 'out'
  /** The locale in which the message was clearly written, where that can be said. */
  readonly spoken?: string
  /** From 0 to 1, per slot and for `option`, `command`, `safety` and `date`. Never below 0.7: what is in doubt is absent. */
  readonly confidence: Readonly<Record<string, number>>
  /** Options of the asked question that may be meant, the likely ones first; one, or several: ask which. */
  readonly ambiguous?: readonly string[]
}

/** The words and names, read once, ready for every message. */
export type Understander = {
  readonly locales: ReadonlyMap<string, Locale>
  readonly names: NameIndex
}

/** What is less sure than this is asked. */
const enough = 0.7

/**
 * Throws on words that cannot be read; `understand` never throws.
 *
 * @param prepared languages that were read before, one by one
 */
export function createUnderstander(
  words: Readonly<Record<string, Words>>,
  vocabulary: Vocabulary,
  prepared: ReadonlyMap<string, Locale> = new Map(),
): Understander {
  return {
    locales: new Map(
      Object.entries(words).map(([id, one]) => [id, prepared.get(id) ?? prepareLocale(id, one)]),
    ),
    names: buildNames(vocabulary),
  }
}

/**
 * What a typed message says: signs of danger in every language first, then commands, slots and the answer to what
 * was asked. Deterministic; `today` is the only clock.
 */
export function understand(
  understander: Understander,
  text: string,
  locale: string,
  asked: Asked | undefined,
  today: string,
): Understood {
  const all = readWords(text)
  const words = tellingWords(all)
  const readings = read(understander, words, locale)
  const [current] = readings
  if (current === undefined || words.length === 0) return { slots: {}, confidence: {} }

  const safety = safetyOf(readings, all, words)
  const spoken = readings.reduce((best, one) => (one.known > best.known ? one : best), current)
  const names = findNames(understander.names, words, spoken.locale, asked?.question === 'organisation')
  const found = deriveSlots(spoken.meanings, Object.keys(spoken.locale.words.slots))
  const { slots, confidence } = withoutDoubt(found, names)

  const time = asked?.expectsDate ? readTime(asked, text, words, spoken, readings, today) : {}
  const { date } = time
  let command = commandOf(readings)
  let choice: OptionFound = time.choice ?? { confidence: 0 }
  if (asked && date === undefined && time.choice === undefined) {
    settleAge(asked, words, slots, confidence)
    choice = choose(asked, { words, names, safety, slots, unsure: found.named }, spoken, command)
    if (choice.option === undefined && choice.ambiguous === undefined && command === undefined) {
      command = guessCommand(readings, words)
      if (command === undefined)
        choice = guessOption(asked, words, current.locale.words, current.locale.plainWords)
    }
  } else if (date === undefined && command === undefined && Object.keys(slots).length === 0) {
    command = guessCommand(readings, words)
  }
  const asksFor = asks.find((one) => readings.some(({ meanings }) => meanings.has(`ask/${one}`)))
  // Only the very words of a button are an answer then.
  if (asksFor !== undefined && choice.confidence < 1) choice = { confidence: 0 }
  if (choice.option !== undefined && choice.confidence < enough) {
    choice = { ambiguous: [choice.option], confidence: choice.confidence }
  }
  if (choice.option !== undefined) command = undefined

  const language = command === 'language' ? languageOf(readings) : undefined
  const [change] = idsUnder(spoken.meanings, 'change')
  const silent =
    Object.keys(slots).length === 0 && safety === undefined && command === undefined && asksFor === undefined
  const outside = silent && choice.option === undefined && spoken.meanings.has('outside/all')
  if (safety !== undefined) confidence.safety = 0.95
  if (command !== undefined) confidence.command = 0.9
  if (date !== undefined) confidence.date = date.confidence
  if (choice.option !== undefined) confidence.option = choice.confidence
  return {
    ...(command === undefined ? {} : { command }),
    ...(language === undefined ? {} : { language }),
    ...(choice.option === undefined ? {} : { option: choice.option }),
    slots,
    ...(safety === undefined ? {} : { safety }),
    ...(date === undefined ? {} : { date: date.date }),
    ...(change === undefined ? {} : { change }),
    ...(asksFor === undefined ? {} : { asks: asksFor }),
    ...(found.named.topic === undefined ? {} : { topics: found.named.topic }),
    ...(outside ? { scope: 'out' as const } : {}),
    ...(isClear(spoken, readings) ? { spoken: spoken.locale.id } : {}),
    confidence,
    ...(choice.ambiguous === undefined ? {} : { ambiguous: choice.ambiguous }),
  }
}

type Reading = MeaningsFound & { readonly locale: Locale }

/** The message as each language reads it, the client's own first. */
function read(understander: Understander, words: readonly Word[], locale: string): readonly Reading[] {
  const own = understander.locales.get(locale) ?? understander.locales.get(locale.split('-')[0] ?? '')
  const all = [...(own ? [own] : []), ...[...understander.locales.values()].filter((one) => one !== own)]
  return all.map((one) => ({ locale: one, ...findMeanings(one.index, words, one.words) }))
}

/** At least three words of the language, and two more than any other knows ("was", "in" and "me" are of both). */
function isClear(spoken: Reading, readings: readonly Reading[]): boolean {
  return spoken.known >= 3 && readings.every((one) => one === spoken || one.known <= spoken.known - 2)
}

/** The gravest danger, in whatever language it was said. */
function safetyOf(
  readings: readonly Reading[],
  all: readonly Word[],
  read: readonly Word[],
): Safety | undefined {
  const said: Meanings = new Set(
    readings.flatMap(({ locale, meanings }) => [
      ...(all === read ? meanings : findMeanings(locale.index, all, locale.words).meanings),
    ]),
  )
  return safetyKinds.find((kind) => saysDanger(said, kind))
}

/** The slots that were found, without those that are in doubt. */
function withoutDoubt(
  found: SlotsFound,
  names: NamesFound,
): { slots: Record<string, string>; confidence: Record<string, number> } {
  const sure = (slot: string): number =>
    slot === 'organisation' || slot === 'part'
      ? (names.named?.confidence ?? 0)
      : (found.confidence[slot] ?? 0)
  const all = Object.entries({ ...found.slots, ...slotsNamed(names) }).filter(
    ([slot]) => sure(slot) >= enough,
  )
  return {
    slots: Object.fromEntries(all),
    confidence: Object.fromEntries(all.map(([slot]) => [slot, sure(slot)])),
  }
}

function slotsNamed({ named }: NamesFound): Record<string, string> {
  if (named === undefined) return {}
  return { organisation: named.organisation, ...(named.part === undefined ? {} : { part: named.part }) }
}

function commandOf(readings: readonly Reading[]): Command | undefined {
  for (const { meanings } of readings) {
    const command = commands.find((one) => meanings.has(`command/${one}`))
    if (command !== undefined) return command
  }
  return undefined
}

function languageOf(readings: readonly Reading[]): Language | undefined {
  const named = new Set(readings.flatMap(({ meanings }) => idsUnder(meanings, 'language')))
  return named.size === 1 ? ([...named][0] as Language) : undefined
}

/** Commands that make way for an answer: "hoi, praten graag", "hoe werkt het". */
const yielding: readonly Command[] = ['thanks', 'greeting', 'help']

/**
 * The answer to a question about time: a day, or the option that fits "langer dan zes weken geleden" and "vorige
 * maand", which name none.
 */
function readTime(
  asked: Asked,
  text: string,
  words: readonly Word[],
  spoken: Reading,
  readings: readonly Reading[],
  today: string,
): { readonly date?: DateRead; readonly choice?: OptionFound } {
  if (isLabel(asked, words)) return {}
  for (const { locale, meanings } of readings) {
    const lapse = readComparison(words, meanings, locale.words)
    if (lapse) return { choice: findOptionInTime(asked, lapse, locale.words) }
  }
  if (idsUnder(spoken.meanings, `option/${asked.question}`).length > 0) return {}
  const date = readDate(
    text,
    words,
    readings.map(({ locale }) => locale.words),
    today,
  )
  if (date) return { date }
  for (const { locale } of readings) {
    const lapse = readVague(words, locale.words)
    if (lapse) return { choice: findOptionInTime(asked, lapse, locale.words) }
  }
  return {}
}

type Message = {
  readonly words: readonly Word[]
  readonly names: NamesFound
  readonly safety: Safety | undefined
  readonly slots: Readonly<Record<string, string>>
  readonly unsure: Readonly<Record<string, readonly string[]>>
}

function choose(asked: Asked, message: Message, spoken: Reading, command: Command | undefined): OptionFound {
  const { between = [], named } = message.names
  const possible = named && named.confidence < enough ? [named.organisation] : between
  const offered = possible.filter((id) => asked.options.some((option) => option.id === id))
  if (slotOf(asked) === 'organisation' && offered.length > 0) return { ambiguous: offered, confidence: 0.4 }
  if (command !== undefined && !yielding.includes(command)) return { confidence: 0 }
  const found = findOption(asked, { ...message, meanings: spoken.meanings }, spoken.locale.words)
  // "help" is a word of many labels too: only what is said outright is an answer then.
  return command === 'help' && found.confidence < 0.9 ? { confidence: 0 } : found
}

/** A bare number in answer to the question whether the client is a minor is an age, unless it counts an option. */
function settleAge(
  asked: Asked,
  words: readonly Word[],
  slots: Record<string, string>,
  confidence: Record<string, number>,
): void {
  const [word] = words
  if (slotOf(asked) !== 'minor' || words.length > 2 || !/^\d{1,2}$/u.test(word?.text ?? '')) return
  const age = Number(word?.text)
  if (words.length === 1 && age <= asked.options.length) return
  slots.minor = String(age < 18)
  confidence.minor = 0.9
}

/** One or two words that are a command but for one letter. In short words only a swapped, lost or doubled letter. */
function guessCommand(readings: readonly Reading[], words: readonly Word[]): Command | undefined {
  const typed = words.map(({ text }) => text).join('')
  if (words.length > 2 || typed.length > 40) return undefined
  for (const { locale } of readings) {
    const near = locale.plainCommands.find(
      ({ key }) =>
        key.length >= 4 &&
        typed.length >= 3 &&
        distance(typed, key) === 1 &&
        (key.length > 5 ||
          typed.length !== key.length ||
          [...typed].sort().join() === [...key].sort().join()),
    )
    if (near) return near.command
  }
  return undefined
}
