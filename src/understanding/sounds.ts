import { normalise } from './read-words.ts'
import type { Words } from './words.ts'

/** The words of one locale by how they sound. */
export type Sounds = {
  /** Whether a phrase of the locale has the word. */
  knows(word: string): boolean
  /** The known word that sounds as this unknown one does ("begelijder": "begeleider"). */
  knownLike(typed: string): string | undefined
}

/** In shorter words too many others sound alike. */
const shortest = 5

/**
 * Spelling as it sounds, by the rules of the locale (`words.sounds`): a typed word that no phrase knows is read as the
 * known word with the same sound, the commonest of them. Without rules nothing sounds alike.
 */
export function createSounds(words: Words): Sounds {
  const rules = (words.sounds ?? []).map(([pattern, by]) => [new RegExp(pattern, 'gu'), by] as const)
  const soundOf = (word: string): string =>
    rules.reduce((sound, [pattern, by]) => sound.replace(pattern, by), word)

  // Made when a word is first asked about: most messages hold words that phrases know.
  let vocabulary: Vocabulary | undefined
  let bySound: ReadonlyMap<string, string> | undefined
  const vocabularyNow = () => {
    vocabulary ??= vocabularyOf(words)
    return vocabulary
  }
  const knows = (word: string): boolean => {
    const { known, stems, ends } = vocabularyNow()
    const likely = stems.get(word.slice(0, stemLength)) ?? []
    return (
      known.has(word) ||
      likely.some((stem) => word.startsWith(stem)) ||
      ends.some((end) => word.endsWith(end))
    )
  }
  function soundsNow(): ReadonlyMap<string, string> {
    if (bySound !== undefined) return bySound
    const sounds = new Map<string, string>()
    const commonestFirst = [...vocabularyNow().known].sort(([, one], [, other]) => other - one)
    for (const [word] of commonestFirst) {
      const sound = soundOf(word)
      if (word.length >= shortest - 1 && !sounds.has(sound)) sounds.set(sound, word)
    }
    bySound = sounds
    return sounds
  }
  return {
    knows,
    knownLike: (typed) =>
      rules.length === 0 || typed.length < shortest || /\d/u.test(typed) || knows(typed)
        ? undefined
        : soundsNow().get(soundOf(typed)),
  }
}

/** Stems are looked up by so many of their first letters; shorter ones are too common to tell anything. */
const stemLength = 3

type Vocabulary = {
  /** Every word of every phrase, and how often it is in one. */
  readonly known: ReadonlyMap<string, number>
  readonly stems: ReadonlyMap<string, readonly string[]>
  readonly ends: readonly string[]
}

function vocabularyOf(words: Words): Vocabulary {
  const known = new Map<string, number>()
  const stems = new Set<string>()
  const ends = new Set<string>()
  for (const phrase of phrasesIn([
    words.sets,
    words.slots,
    words.signs,
    words.commands,
    words.safety,
    words.options,
    words.stopwords,
    words.fillers,
    words.outside,
    Object.keys(words.spelling),
    Object.keys(words.numbers),
    words.names.never,
  ])) {
    for (const [token] of phrase.replace(/\{[^}]+\}/gu, ' ').matchAll(/\*?\p{L}[\p{L}\p{M}']*\*?/gu)) {
      const word = normalise(token)
      if (token.endsWith('*')) stems.add(word)
      else if (token.startsWith('*')) ends.add(word)
      else known.set(word, (known.get(word) ?? 0) + 1)
    }
  }
  const byStart = new Map<string, string[]>()
  for (const stem of stems) {
    const start = stem.slice(0, stemLength)
    byStart.set(start, [...(byStart.get(start) ?? []), stem])
  }
  return { known, stems: byStart, ends: [...ends] }
}

/** Every text in lists of phrases, however deep. */
function phrasesIn(data: unknown): readonly string[] {
  if (typeof data === 'string') return [data]
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(phrasesIn) : []
}
