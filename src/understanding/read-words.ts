/** One word of a message: normalised, as typed, and where it stands. */
export type Word = {
  readonly text: string
  /** As typed, for the capitals of names. */
  readonly raw: string
  /** Sentences and clauses are counted from 0 through the whole message. */
  readonly sentence: number
  readonly clause: number
}

const longest = 12_000
const mostWords = 1_500
const mostTelling = 400

/**
 * The words of a message: lower case, without accents, apostrophes, tags and invisible characters. Very long
 * messages are cut in the middle, so that the work is bounded and the last words still count.
 *
 * @example readWords("M'n zóón (14) zit bij PROV.") gives mn, zoon, 14, zit, bij, prov
 */
export function readWords(text: string): readonly Word[] {
  // Below zero is no place in a list; everywhere else a dash only joins or parts words.
  const negative = /^\s*[-−](\d{1,4})\s*$/u.exec(text)?.[1]
  if (negative !== undefined) return [{ text: `-${negative}`, raw: text.trim(), sentence: 0, clause: 0 }]
  const words: Word[] = []
  let sentence = 0
  let clause = 0
  for (const [piece] of shorten(text).replace(tags, ' ').matchAll(pieces)) {
    if (/^[,،:()"“”„«»–—]/u.test(piece)) clause += 1
    else if (/^[.!?;…؟؛\n]/u.test(piece)) {
      sentence += 1
      clause += 1
    } else {
      const text = normalise(piece)
      if (text !== '') words.push({ text, raw: piece, sentence, clause })
    }
  }
  return ends(words, mostWords)
}

/** The first and the last words of a very long message: enough to see what it is about. Danger is looked for in all. */
export function tellingWords(words: readonly Word[]): readonly Word[] {
  return ends(words, mostTelling)
}

function ends(words: readonly Word[], most: number): readonly Word[] {
  return words.length <= most ? words : [...words.slice(0, most * 0.75), ...words.slice(most * -0.25)]
}

/** The words as they are mostly spelt, for finding what they mean: one word may become two ("kwil": "ik wil"). */
export function respell(
  words: readonly Word[],
  spelling: Readonly<Record<string, string>>,
  soundsLike: (typed: string) => string | undefined,
): readonly Word[] {
  return words.flatMap((word) => {
    const meant = lookUp(spelling, word.text) ?? soundsLike(word.text)
    return meant === undefined ? [word] : meant.split(' ').map((text) => ({ ...word, text }))
  })
}

/** What the data says about a word as typed; nothing about words such as "constructor". */
export function lookUp<Value>(data: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(data, word) ? data[word] : undefined
}

/** One word as phrases and messages have it in common; the empty string for what is no word. */
export function normalise(word: string): string {
  if (plain.test(word) && !thrice.test(word)) return word
  return (
    isCyrillic(word) ? word.replace(/[a-z]/giu, (letter) => cyrillic[letter.toLowerCase()] ?? letter) : word
  )
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]|ـ/gu, '')
    .replace(/[ßıłøđةىکیۀ٠-٩۰-۹]/gu, (letter) => alike[letter] ?? String(letter.charCodeAt(0) & 0xf))
    .replace(/(\p{L})\1{2,}/gu, '$1$1')
}

/** Letters that people write one for the other, or that a telephone's keyboard lacks; digits of Arabic are digits. */
const alike: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ة: 'ه',
  ى: 'ي',
  ک: 'ك',
  ی: 'ي',
  ۀ: 'ه',
}

/** Most words need nothing done, and there are tens of thousands in the phrases. */
const plain = /^[a-z\d]*$/
const thrice = /([a-z])\1\1/

/** Latin letters that look like Cyrillic ones, and are typed among them. */
const cyrillic: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
}

function isCyrillic(word: string): boolean {
  return /\p{Script=Cyrillic}/u.test(word)
}

/** The text as typed, without what cannot be seen. One sign may become many ("…" becomes "..."), so it is cut twice. */
export function shorten(text: string): string {
  const visible = cut(text).replace(invisible, '').normalize('NFKC')
  return cut(visible)
    .replace(/[’‘`´ʼ]/gu, "'")
    .replace(/\+/gu, ' plus ')
    .replace(/[٠-٩۰-۹]/gu, (digit) => String(digit.charCodeAt(0) & 0xf))
}

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, 8_000)}\n${text.slice(-4_000)}`
}

const invisible = /[\p{Cf}\p{Cs}]|(?![\n\t\r])\p{Cc}/gu
const tags = /<\/?[a-z!][^<>]{0,200}>/giu
/**
 * Words, the ends of sentences, and the breaks of clauses; a full stop inside a word ends nothing ("heemz.org"). A run of
 * full stops is tried from its start only, or a long one takes its length squared.
 */
const pieces =
  /[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{N}\p{M}]+)*|(?<![.!?;…؟؛])[.!?;…؟؛]+(?=\s|$|["')”»])|\n+|[,،:()"“”„«»–—]/gu
