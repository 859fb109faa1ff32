import { normalise } from './read-words.ts'

/**
 * A phrase is a pattern over the words of one sentence.
 *
 * | notation | matches |
 * |---|---|
 * | `klacht` | that word |
 * | `klacht*`, `*zorg` | a word that begins or ends so |
 * | `mijn|mn` | one of these words |
 * | `(op slot|dicht)` | one of these phrases |
 * | `{carer}` | one of the phrases of that set |
 * | `al?`, `(op slot)?` | perhaps that |
 * | `~3` | up to three words, whatever they are, but no negation |
 * | `<18`, `>17`, `#` | a number below 18, above 17 and below 120, or any number; as digits or as a word |
 * | `^`, `$` | the beginning and the end of the message, fillers aside |
 * | `.` | where a sentence or clause begins or ends |
 * | `a & b & c` | all of these, in any order and apart, within some `together` words of `phrase-index.ts` |
 *
 * A phrase holds at least one word that must be there.
 */
export type Phrase = {
  readonly source: string
  readonly parts: readonly Part[]
  /** What must stand near it, before or after. */
  readonly beside?: readonly Phrase[]
}

/** One word of a phrase, or what may stand in its place. */
export type Part =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'words'; readonly words: ReadonlySet<string> }
  | { readonly kind: 'begins' | 'ends'; readonly with: string }
  | { readonly kind: 'number'; readonly above: number; readonly below: number }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'first' | 'last' | 'clause' }
  | { readonly kind: 'choice'; readonly choices: readonly (readonly Part[])[] }

type Sets = Readonly<Record<string, readonly string[]>>

/** Throws on a phrase that cannot be read: the words are checked when the index is built, not when somebody types. */
export function parsePhrase(source: string, sets: Sets, depth = 0): Phrase {
  if (source.includes(' & ')) {
    const [first, ...beside] = source.split(' & ').map((one) => parsePhrase(one, sets, depth))
    if (first) return { ...first, source, beside }
  }
  if (depth > 5) throw new Error(`words: sets refer to each other in a circle, at "${source}"`)
  const tokens = source.match(/[()]\??|\||[^\s()|]+/gu) ?? []
  let at = 0

  function sequence(): Part[] {
    const parts: Part[] = []
    while (at < tokens.length && tokens[at] !== '|' && !tokens[at]?.startsWith(')')) parts.push(item())
    return parts
  }

  function item(): Part {
    const first = single()
    const choices = [first]
    // Inside parentheses `|` separates phrases and is read by `group`.
    while (open === 0 && tokens[at] === '|') {
      at += 1
      choices.push(single())
    }
    return choices.length === 1 && first.length === 1 && first[0] ? first[0] : choiceOf(choices)
  }

  let open = 0
  function single(): readonly Part[] {
    const token = tokens[at++] ?? ''
    if (!token.startsWith('(')) return [word(token)]
    const outer = open
    open = outer + 1
    const choices: Part[][] = [sequence()]
    while (tokens[at] === '|') {
      at += 1
      choices.push(sequence())
    }
    const close = tokens[at++]
    if (!close?.startsWith(')')) throw new Error(`words: a bracket is not closed in "${source}"`)
    open = outer
    if (close.endsWith('?')) choices.push([])
    return [choiceOf(choices)]
  }

  function word(token: string): Part {
    if (token.length > 1 && token.endsWith('?')) {
      return { kind: 'choice', choices: [[word(token.slice(0, -1))], []] }
    }
    if (token === '^') return { kind: 'first' }
    if (token === '$') return { kind: 'last' }
    if (token === '.') return { kind: 'clause' }
    if (token === '#') return { kind: 'number', above: -1, below: Number.POSITIVE_INFINITY }
    if (/^~\d$/u.test(token)) return { kind: 'gap', most: Number(token.slice(1)) }
    if (/^<\d+$/u.test(token)) return { kind: 'number', above: 0, below: Number(token.slice(1)) }
    if (/^>\d+$/u.test(token)) return { kind: 'number', above: Number(token.slice(1)), below: 120 }
    const set = /^\{(.+)\}$/u.exec(token)?.[1]
    if (set !== undefined) {
      return parseSet(set, sets, depth, source)
    }
    const text = normalise(token)
    if (text === '') throw new Error(`words: "${token}" is no word, in "${source}"`)
    if (token.endsWith('*')) return { kind: 'begins', with: text }
    if (token.startsWith('*')) return { kind: 'ends', with: text }
    return { kind: 'word', word: text }
  }

  const parts = sequence()
  if (at < tokens.length || parts.length === 0) throw new Error(`words: cannot read "${source}"`)
  if (canBeEmpty(parts)) throw new Error(`words: "${source}" can match no words at all`)
  return { source, parts }
}

/** Whether the phrase stands at the beginning of the message only. */
export function opensMessage({ parts: [part] }: Phrase): boolean {
  return part?.kind === 'first'
}

/** A set is parsed once, however many phrases refer to it, and is the same object in all of them. */
const parsedSets = new WeakMap<Sets, Map<string, Part>>()

function parseSet(set: string, sets: Sets, depth: number, source: string): Part {
  const parsed = parsedSets.get(sets) ?? new Map<string, Part>()
  parsedSets.set(sets, parsed)
  const known = parsed.get(set)
  if (known) return known
  const members = sets[set]
  if (!members) throw new Error(`words: no set {${set}}, in "${source}"`)
  const part = choiceOf(members.map((member) => parsePhrase(member, sets, depth + 1).parts))
  parsed.set(set, part)
  return part
}

/** The single words of a choice are looked up at once, however many they are. */
function choiceOf(choices: readonly (readonly Part[])[]): Part {
  const words = new Set<string>()
  const others: (readonly Part[])[] = []
  const sort = (choice: readonly Part[]): void => {
    const [part] = choice
    if (choice.length === 1 && part?.kind === 'word') words.add(part.word)
    else if (choice.length === 1 && part?.kind === 'words') for (const word of part.words) words.add(word)
    else if (choice.length === 1 && part?.kind === 'choice') for (const inner of part.choices) sort(inner)
    else others.push(choice)
  }
  const [only] = choices
  if (choices.length === 1 && only?.length === 1 && only[0]?.kind === 'choice') return only[0]
  for (const choice of choices) sort(choice)
  if (words.size === 0) return { kind: 'choice', choices: others }
  const any: Part = { kind: 'words', words }
  return others.length === 0 ? any : { kind: 'choice', choices: [[any], ...others] }
}

/** A phrase such as `^ ander? $` would be found in every message of fillers. */
function canBeEmpty(parts: readonly Part[]): boolean {
  return parts.every((part) => {
    if (part.kind === 'choice') return part.choices.some(canBeEmpty)
    return part.kind === 'gap' || part.kind === 'first' || part.kind === 'last' || part.kind === 'clause'
  })
}
