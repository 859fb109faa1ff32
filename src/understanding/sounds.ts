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

  const { known, stems, ends } = vocabularyOf(words)
  const bySound = new Map<string, string>()
  const commonestFirst = rules.length === 0 ? [] : [...known].sort(([, one], [, other]) => other - one)
  for (const [word] of commonestFirst) {
    const sound = soundOf(word)
    if (word.length >= shortest - 1 && !bySound.has(sound)) bySound.set(sound, word)
  }
  const knows = (word: string): boolean =>
    known.has(word) || stems.some((stem) => word.startsWith(stem)) || ends.some((end) => word.endsWith(end))
  return {
    knows,
    knownLike: (typed) =>
      typed.length < shortest || /\d/u.test(typed) || knows(typed) ? undefined : bySound.get(soundOf(typed)),
  }
}

type Vocabulary = {
  /** Every word of every phrase, and how often it is in one. */
  readonly known: ReadonlyMap<string, number>
  readonly stems: readonly string[]
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
  return { known, stems: [...stems], ends: [...ends] }
}

/** Every text in lists of phrases, however deep. */
function phrasesIn(data: unknown): readonly string[] {
  if (typeof data === 'string') return [data]
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(phrasesIn) : []
}
