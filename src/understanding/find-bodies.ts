import Fuse from 'fuse.js'

/** A body at an organisation, with the words by which somebody may look for it. */
export type Findable = {
  readonly organisation: string
  readonly body: string
  /** Its name, its kind in words, the organisation's names. */
  readonly words: readonly string[]
}

/** Finds the bodies for which each word of a query is near some of their words; the best first, all for no words. */
export type BodyFinder = (query: string) => readonly Findable[]

/** How far a word may be off: 0 is not at all, 1 is anything. */
const tolerance = 0.3
/** Fuse.js refuses patterns above 32 characters. */
const longestWord = 30
const mostWords = 6

export function createBodyFinder(bodies: readonly Findable[]): BodyFinder {
  const fuse = new Fuse(
    bodies.map((found) => ({ found, text: found.words.map(fold).join(' ') })),
    { keys: ['text'], useExtendedSearch: true, ignoreLocation: true, threshold: tolerance },
  )
  return (query) => {
    const wanted = wordsOf(query)
    if (wanted.length === 0) return bodies
    return fuse.search(wanted.join(' ')).map(({ item }) => item.found)
  }
}

/** Only letters and digits: other signs are operators of the search. */
function wordsOf(query: string): readonly string[] {
  const words = fold(query).match(/[\p{L}\p{N}]+/gu) ?? []
  return words.slice(0, mostWords).map((word) => word.slice(0, longestWord))
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
