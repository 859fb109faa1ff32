/** How easy a Dutch text reads. */
export type Readability = {
  readonly words: number
  readonly sentences: number
  /** Flesch-Douma (W.H. Douma, 1960): 206.84 - 0.93 x words a sentence - 77 x syllables a word. B1 is about 60 and up. */
  readonly score: number
  /** Words of the longest sentence. */
  readonly longest: number
  /** Words of four syllables or more, each once. */
  readonly hard: readonly string[]
}

/**
 * Measures a text as it stands in `locales/`. Parameters (`{{body}}`), addresses and numbers count as one short word,
 * because what stands in their place is a name that nobody can make easier; so do the names of bodies and laws.
 *
 * @param names words that stay as they are ("klachtenfunctionaris"), also in the plural
 */
export function measureReadability(text: string, names: readonly string[] = []): Readability {
  const plain = (
    names.length === 0 ? text : text.replace(new RegExp(`(?:${names.join('|')})(?:sen|en|s)?`, 'gi'), 'naam')
  )
    .replace(/\{\{\w+\}\}/g, 'naam')
    .replace(/\S+@\S+|https?:\S+|\b[\w-]+(?:\.[\w-]+)+\b/g, 'naam')
    .replace(/\d[\d .-]*\d|\d/g, 'een')
  const sentences = plain
    .split(/[.!?:]+(?=\s|$)|\n+/)
    .map((sentence) => sentence.match(/\p{L}[\p{L}'’-]*/gu) ?? [])
    .filter((words) => words.length > 0)
  const words = sentences.flat()
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  const perSentence = words.length / Math.max(1, sentences.length)
  const perWord = syllables / Math.max(1, words.length)
  return {
    words: words.length,
    sentences: sentences.length,
    score: 206.84 - 0.93 * perSentence - 77 * perWord,
    longest: Math.max(0, ...sentences.map(({ length }) => length)),
    hard: [...new Set(words.filter((word) => syllablesOf(word) >= 4).map((word) => word.toLowerCase()))],
  }
}

const vowels = /aai|ooi|oei|eeu|ieu|eau|aa|ee|oo|uu|ie|oe|eu|ou|au|ui|ei|ij|[aeiouyàáâäèéêëìíîïòóôöùúûü]/gi

/** Groups of vowels that are said as one: enough to compare texts. A diaeresis begins a syllable of its own ("cliënt"). */
function syllablesOf(word: string): number {
  return Math.max(1, word.normalize('NFC').match(vowels)?.length ?? 1)
}
