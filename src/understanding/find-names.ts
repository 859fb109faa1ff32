import { distance, isSlip } from './closeness.ts'
import type { MeaningIndex } from './find-meanings.ts'
import { createNearNames, type NearNames } from './near-names.ts'
import { normalise, readWords, type Word } from './read-words.ts'
import type { Words } from './words.ts'

export type Vocabulary = {
  readonly organisations: readonly {
    readonly id: string
    readonly name: string
    readonly aliases: readonly string[]
    /** Organisations whose names sound alike: a misspelling that lies between the two is asked about. */
    readonly confusedWith?: readonly string[]
    readonly parts: readonly {
      readonly id: string
      readonly name: string
      readonly aliases: readonly string[]
    }[]
  }[]
}

export type Named = {
  readonly organisation: string
  readonly part?: string
  readonly confidence: number
}

/** What the words may name: one organisation, or several between which only the client can choose. */
export type NamesFound = { readonly named?: Named; readonly between?: readonly string[] }

/** Every spelling of every name, without spaces, so that "wonen plus" and "wonenplus" are one. */
export type NameIndex = {
  readonly spellings: ReadonlyMap<string, Spelling>
  readonly near: NearNames<Spelling>
  readonly byOrganisation: ReadonlyMap<string, readonly Spelling[]>
  readonly confused: ReadonlyMap<string, readonly string[]>
}

type Spelling = {
  readonly key: string
  readonly organisation: string
  readonly part?: string
  readonly short: boolean
}

const longestName = 5
/** In shorter words two letters make another word. */
const longEnough = 8
/** A search among thousands of names takes up to a millisecond. */
const mostSearched = 2
/** More names than this are no choice to offer. */
const mostBetween = 6

export function buildNames(vocabulary: Vocabulary): NameIndex {
  const spellings = new Map<string, Spelling>()
  const firstWords = new Map<string, Spelling[]>()

  function add(text: string, organisation: string, part?: string): void {
    const words = wordsOfName(text)
    const whole = { organisation, ...(part === undefined ? {} : { part }) }
    const key = words.join('')
    if (key !== '' && !spellings.has(key)) spellings.set(key, { key, ...whole, short: false })
    const first = words[0] ?? ''
    if (words.length > 1 && first.length >= 3) {
      const one = { key: first, ...whole, short: true }
      const all = firstWords.get(first)
      if (all) all.push(one)
      else firstWords.set(first, [one])
    }
  }

  for (const { id, name, aliases, parts } of vocabulary.organisations) {
    for (const text of [name, ...aliases]) add(text, id)
    for (const part of parts) for (const text of [part.name, ...part.aliases]) add(text, id, part.id)
  }
  // "MEE" for "MEE Zuid-Holland-Noord": the first word of a name, where only one name begins so.
  for (const [first, all] of firstWords) {
    const [one] = all
    const unique = all.every((other) => other.organisation === one?.organisation && other.part === one?.part)
    if (one && unique && !spellings.has(first)) spellings.set(first, one)
  }
  const near = createNearNames([...spellings.values()])
  const byOrganisation = new Map<string, Spelling[]>()
  for (const spelling of spellings.values()) {
    const own = byOrganisation.get(spelling.organisation)
    if (own) own.push(spelling)
    else byOrganisation.set(spelling.organisation, [spelling])
  }
  const confused = new Map(vocabulary.organisations.map(({ id, confusedWith = [] }) => [id, confusedWith]))
  return { spellings, near, byOrganisation, confused }
}

/** As `readWords` has them; most names are plain, and there may be thousands to read before the first message. */
function wordsOfName(name: string): readonly string[] {
  if (/^[a-z]+(?: [a-z]+)*$/i.test(name) && !/(.)\1\1/i.test(name)) return name.toLowerCase().split(' ')
  return readWords(name).map((word) => word.text)
}

/**
 * The organisation that the words name. `asked`: the organisation is what was asked, so a short answer is taken as a
 * name; else an ordinary word ("inzet") is a name only where the words around it say so.
 */
export function findNames(
  index: NameIndex,
  typed: readonly Word[],
  { words: { names }, index: { sounds } }: Spoken,
  asked: boolean,
): NamesFound {
  const words = asNames(typed, names)
  const short = words.length <= 3 || (words.length <= 4 && asked)
  const found: (Named & { at: number })[] = []
  for (let start = 0; start < words.length; start += 1) {
    for (let length = Math.min(longestName, words.length - start); length > 0; length -= 1) {
      const span = words.slice(start, start + length)
      if (span.some((word) => word.sentence !== span[0]?.sentence)) continue
      const named = nameOf(index, words, start, span, names, asked)
      if (named === undefined) continue
      found.push({ ...named, at: start })
      start += length - 1
      break
    }
  }
  const wanted = found.filter(({ at }) => !isDenied(words, at, names))
  const organisations = [...new Set(wanted.map(({ organisation }) => organisation))]
  if (organisations.length > 1) return { between: organisations }
  const exact = wanted.find(({ part }) => part !== undefined) ?? wanted[0]
  if (exact)
    return { named: { organisation: exact.organisation, confidence: exact.confidence, ...partOf(exact) } }
  if (found.length > 0) return {}
  return short ? guess(index, words, names, asked) : misspelt(index, words, names, sounds)
}

/** What the language in which was written says about names, and which words it knows. */
type Spoken = { readonly words: Words; readonly index: Pick<MeaningIndex, 'sounds'> }

/** The words without the ending of a language that joins it to a name ("Pluspunt'a"), shorthand written in full. */
function asNames(words: readonly Word[], { shorthand = {} }: Words['names']): readonly Word[] {
  const signs = Object.entries(shorthand)
  return words.map((word) => {
    const name = /^(.{3,})['’]\p{L}{1,4}$/u.exec(word.raw)?.[1]
    const text = name === undefined ? word.text : normalise(name)
    const full = signs.reduce((all, [sign, letters]) => all.replace(sign, letters), text)
    return full === word.text || /^\d+$/u.test(text) ? { ...word, text } : { ...word, text: full }
  })
}

/** A long name but for two letters, where a sentence has place for a name and the language does not know the word. */
function misspelt(
  index: NameIndex,
  words: readonly Word[],
  names: Words['names'],
  sounds: MeaningIndex['sounds'],
): NamesFound {
  let searched = 0
  for (const [start, word] of words.entries()) {
    if (word.text.length < longEnough - 2 || sounds.knows(word.text) || names.never.includes(word.text))
      continue
    const before = words[start - 1]
    const next = words[start + 1]
    const opens = before?.sentence !== word.sentence
    if (!(opens ? names.verbs.includes(next?.text ?? '') : names.before.includes(before?.text ?? '')))
      continue
    if (searched >= mostSearched) return {}
    searched += 1
    const joined = next?.sentence === word.sentence ? [word.text + next.text, word.text] : [word.text]
    for (const key of joined.filter(({ length }) => length >= longEnough)) {
      const meant = index.near
        .search(key)
        .find(
          (one) =>
            !one.short && one.key.length >= longEnough && one.key[0] === key[0] && isSlip(key, one.key),
        )
      if (meant && !names.common.includes(meant.key))
        return { named: { organisation: meant.organisation, ...partOf(meant), confidence: 0.7 } }
    }
  }
  return {}
}

function nameOf(
  index: NameIndex,
  words: readonly Word[],
  start: number,
  span: readonly Word[],
  names: Words['names'],
  asked: boolean,
): Named | undefined {
  const key = span.map((word) => word.text).join('')
  if (names.never.includes(key)) return undefined
  const alone = span.length === words.length
  const spelling = index.spellings.get(key)
  if (spelling) {
    const common = spelling.short || names.common.includes(key)
    const free = asked && words.length <= 3
    if (
      !common ||
      free ||
      (alone && !spelling.short) ||
      isMeantAsName(words, start, span, names, spelling.short)
    ) {
      return { organisation: spelling.organisation, ...partOf(spelling), confidence: common ? 0.8 : 0.95 }
    }
    return undefined
  }
  // A slip in a long name, after a word like "bij": precise enough for a sentence.
  const before = words[start - 1]
  if (span.length > 2 || key.length < 6 || key.length > 40 || !before || !names.before.includes(before.text))
    return undefined
  const meant = slipIn(index, key, names)
  return meant && { organisation: meant.organisation, ...partOf(meant), confidence: 0.7 }
}

/** The long name that the word is but for one letter. */
function slipIn(index: NameIndex, key: string, names: Words['names']): Spelling | undefined {
  return index.near
    .butOneLetter(key)
    .find(
      (meant) =>
        !meant.short && !names.common.includes(meant.key) && meant.key.length >= 6 && meant.key[0] === key[0],
    )
}

/** Signs that an ordinary word is a name here: "bij inzet", "van inZet", "Pluspunt belt niet terug". */
function isMeantAsName(
  words: readonly Word[],
  start: number,
  span: readonly Word[],
  names: Words['names'],
  onlyFirstWord: boolean,
): boolean {
  const before = words[start - 1]
  const raw = span[0]?.raw ?? ''
  const opens = before === undefined || before.sentence !== span[0]?.sentence
  if (!opens && names.notAfter.includes(before.text)) return false
  const capital = /\p{Lu}/u.test(raw) && !words.every((word) => word.raw === word.raw.toUpperCase())
  const innerCapital = capital && /\p{Ll}\p{Lu}/u.test(raw)
  if (onlyFirstWord) return capital && !opens && names.before.includes(before.text)
  if (innerCapital || (capital && !opens)) return true
  const after = words[start + span.length]
  const followedByVerb = after?.clause === span[0]?.clause && names.verbs.includes(after?.text ?? '')
  return opens ? followedByVerb : names.before.includes(before.text)
}

/** "niet bij Pluspunt": named, but not meant. */
function isDenied(words: readonly Word[], at: number, names: Words['names']): boolean {
  const place = names.before.includes(words[at - 1]?.text ?? '') ? at - 1 : at
  const before = words[place - 1]
  return before?.clause === words[at]?.clause && names.denials.includes(before?.text ?? '')
}

/** A short message that is no name as written: the nearest name, or the names it lies between. */
function guess(index: NameIndex, words: readonly Word[], names: Words['names'], asked: boolean): NamesFound {
  const said = words.filter(({ text }) => !names.before.includes(text) && !names.notAfter.includes(text))
  const key = said.map((word) => word.text).join('')
  if (key.length < 4 || key.length > 40 || names.never.includes(key) || names.common.includes(key)) return {}
  const near = index.near
    .search(key)
    .filter((item) => item.key[0] === key[0] && !item.short && item.key.length >= 4 && isSlip(key, item.key))
    .map((item) => ({ ...item, far: distance(key, item.key) }))
    .sort((one, other) => one.far - other.far)
  const [best] = near
  if (best === undefined) return asked ? beginnings(index, key) : {}
  const rivals = near.filter(
    ({ organisation, far }) => organisation !== best.organisation && far <= best.far + 1,
  )
  const between = (index.confused.get(best.organisation) ?? []).filter((other) =>
    liesBetween(index, key, best, other),
  )
  const all = [...new Set([best.organisation, ...rivals.map(({ organisation }) => organisation), ...between])]
  if (all.length > 1 && (asked || rivals.length > 0)) return { between: all }
  if (!asked && best.key.length < 6) return {}
  return {
    named: { organisation: best.organisation, ...partOf(best), confidence: all.length > 1 ? 0.6 : 0.75 },
  }
}

/** "pluszorg" is nearer to PluZorg, but nearer to Pluspunt than PluZorg itself is. */
function liesBetween(index: NameIndex, key: string, best: Spelling, rival: string): boolean {
  const spellings = (index.byOrganisation.get(rival) ?? []).filter(({ short }) => !short)
  return spellings.some(({ key: other }) => {
    const far = distance(key, other)
    return far <= Math.ceil(key.length / 2) && far < distance(best.key, other)
  })
}

/** "plus" begins, or nearly begins, more than one name. */
function beginnings(index: NameIndex, key: string): NamesFound {
  const begun = index.near.begunWith(key).filter(({ short }) => !short)
  const organisations = [...new Set(begun.map(({ organisation }) => organisation))]
  if (organisations.length > mostBetween) return {}
  if (organisations.length > 1) return { between: organisations }
  const [one] = organisations
  return one === undefined ? {} : { named: { organisation: one, confidence: 0.6 } }
}

function partOf({ part }: { part?: string }): { part?: string } {
  return part === undefined ? {} : { part }
}
