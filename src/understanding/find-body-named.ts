import { distance } from './closeness.ts'
import { readWords } from './read-words.ts'

/** A body as somebody may name it: by its own name or by what it is ("de klachtenfunctionaris"). */
export type Nameable = { readonly id: string; readonly name: string; readonly kind: string }

/** Shorter words are too common to stand for a name or a kind. */
const shortest = 5
/** From this many letters on one slip of the keyboard is forgiven. */
const long = 8

/** The first body that the words name, those of the longest name before others; undefined when they name none. */
export function findBodyNamed(text: string, bodies: readonly Nameable[]): string | undefined {
  const words = readWords(text).map((word) => word.text)
  const said = ` ${words.join(' ')} `
  const byName = bodies
    .map(({ id, name }) => ({ id, name: readWords(name).map((word) => word.text) }))
    .filter(({ name }) => name.join('').length >= shortest && said.includes(` ${name.join(' ')} `))
    .sort((one, other) => other.name.length - one.name.length)
  return byName[0]?.id ?? bodies.find(({ kind }) => words.some((word) => isKind(word, kind)))?.id
}

/** "vertrouwenspersoon" names every kind of vertrouwenspersoon. */
function isKind(word: string, kind: string): boolean {
  if (word.length < shortest) return false
  const name = kind.split('-').at(-1) ?? kind
  const own = kind.replaceAll('-', '')
  return [name, own].some(
    (each) =>
      each.endsWith(word) ||
      (word.length >= long && Math.abs(word.length - each.length) <= 1 && distance(word, each) <= 1),
  )
}
