import { buildIndex, type Found, findPhrases, type PhraseIndex } from './phrase-index.ts'
import { respell, type Word } from './read-words.ts'
import { createSounds, type Sounds } from './sounds.ts'
import type { Phrases, Safety, SafetySigns, Words } from './words.ts'

/**
 * Everything the phrases of one locale say about a message: keys such as `slot/wish/talk`, `safety/suicide`,
 * `sign/child`, `command/stop`, without what the words around it undo ("geen klacht indienen").
 */
export type Meanings = ReadonlySet<string>

/** The phrases of one locale, and its words by their sound. */
export type MeaningIndex = PhraseIndex & { readonly sounds: Sounds }

export function buildMeanings(words: Words): MeaningIndex {
  const phrases: Record<string, Phrases> = {}
  const add = (kind: string, lists: Readonly<Record<string, readonly string[] | Phrases>>): void => {
    for (const [key, list] of Object.entries(lists)) {
      phrases[`${kind}/${key}`] = isPhrases(list) ? list : { say: list }
    }
  }
  add('safety', safetyPhrases(words))
  add('sign', words.signs)
  add('command', words.commands)
  add('language', words.languages)
  add('change', words.change)
  add('answer', words.answers)
  add('outside', { all: words.outside })
  add('ask', words.asks ?? {})
  add('lapse', words.dates.lapse)
  for (const [slot, values] of Object.entries(words.slots)) add(`slot/${slot}`, values)
  for (const [question, options] of Object.entries(words.options)) add(`option/${question}`, options)
  return { ...buildIndex(words, phrases), sounds: createSounds(words) }
}

export type MeaningsFound = {
  readonly meanings: Meanings
  /** How many words this locale knows: those of the phrases found, and the small words of the language. */
  readonly known: number
}

export function findMeanings(index: MeaningIndex, typed: readonly Word[], locale: Words): MeaningsFound {
  const words = respell(typed, locale.spelling, index.sounds.knownLike)
  const near = new Set(locale.negation.near)
  const far = new Set(locale.negation.far)
  const found = atHeart(findPhrases(index, words).filter((one) => !isUndone(one, words, near, far)))
  const small = new Set([...locale.stopwords, ...near, ...far])
  const known = new Set([...words.keys()].filter((at) => small.has(words[at]?.text ?? '')))
  for (const { key, start, end } of found) {
    // The name of a language is said in any language.
    if (!key.startsWith('language/')) for (let at = start; at < end; at += 1) known.add(at)
  }
  return { meanings: new Set(found.map(({ key }) => key)), known: known.size }
}

/** Where the message says what it is about ("het ergste is"), without the topics that it names before. */
function atHeart(found: readonly Found[]): readonly Found[] {
  const heart = found.find(({ key }) => key === 'sign/heart')
  if (heart === undefined) return found
  const isTopic = ({ key }: Found): boolean => key.startsWith('slot/topic/')
  if (!found.some((one) => isTopic(one) && one.end > heart.end)) return found
  return found.filter((one) => !isTopic(one) || one.end > heart.end)
}

/** The phrases by kind and sign (`danger/weapon`), or by kind alone where a locale has no signs. */
function safetyPhrases(words: Words): Readonly<Record<string, Phrases>> {
  return Object.fromEntries(
    Object.entries(words.safety).flatMap(([kind, signs]): [string, Phrases][] =>
      isFlat(signs)
        ? [[kind, signs]]
        : Object.entries(signs).map(([sign, phrases]) => [`${kind}/${sign}`, phrases]),
    ),
  )
}

export function isFlat(signs: SafetySigns | Phrases): signs is Phrases {
  return 'say' in signs && Array.isArray(signs.say)
}

/** Whether the words hold a sign of this kind of danger, by name (`safety/abuse/bruises`) or in a list without names. */
export function saysDanger(meanings: Meanings, kind: Safety): boolean {
  return meanings.has(`safety/${kind}`) || idsUnder(meanings, `safety/${kind}`).length > 0
}

/** The ids under a key: `idsUnder(meanings, 'slot/wish')` gives the wishes that were said. */
export function idsUnder(meanings: Meanings, key: string): readonly string[] {
  return [...meanings].filter((one) => one.startsWith(`${key}/`)).map((one) => one.slice(key.length + 1))
}

/**
 * Negation as people use it, per kind of meaning. What a person says about danger is undone only by a word such as
 * "geen" directly before it, or "niet" at the very end: a false alarm does less harm than silence.
 */
function isUndone(
  { key, start, end }: Found,
  words: readonly Word[],
  near: ReadonlySet<string>,
  far: ReadonlySet<string>,
): boolean {
  const clause = words[start]?.clause
  const lastClause = words[end - 1]?.clause
  const before = (back: number, set: ReadonlySet<string>): boolean => {
    const word = words[start - back]
    return word?.clause === clause && set.has(word?.text ?? '')
  }
  const after = (ahead: number): boolean => {
    const word = words[end - 1 + ahead]
    return word?.clause === lastClause && near.has(word?.text ?? '')
  }
  const [kind, slot] = key.split('/')
  if (kind === 'safety') {
    const closes = words[end + 1]?.clause !== lastClause
    return before(1, far) || (after(1) && closes && slot !== 'suicide' && slot !== 'danger')
  }
  if (kind !== 'slot' && kind !== 'option') return false
  if (slot === 'role' || slot === 'minor') return before(1, far) || before(1, near)
  if (before(1, near) || before(1, far) || before(2, far)) return true
  return slot === 'wish' && (after(1) || after(2) || after(3))
}

function isPhrases(list: readonly string[] | Phrases): list is Phrases {
  return 'say' in list
}
