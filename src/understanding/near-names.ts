import Fuse from 'fuse.js'
import { distance } from './closeness.ts'

/** Something that is looked up by a name without spaces. */
type Keyed = { readonly key: string }

/** Names by how they are spelt, so that few of many thousands have to be compared with what was typed. */
export type NearNames<Name extends Keyed> = {
  /** The names most like the text, the likeliest first. */
  search(text: string): readonly Name[]
  /** The names that the text is but for one letter: another one, one too many or too few, or two that changed places. */
  butOneLetter(text: string): readonly Name[]
  /** The names that begin with the text; when none does, those that do but for one letter after the third. */
  begunWith(text: string): readonly Name[]
}

/** Fuse.js goes through all that it is given: at ten thousand names that takes a fifth of a second. */
const mostCompared = 120
const mostFound = 12

export function createNearNames<Name extends Keyed>(names: readonly Name[]): NearNames<Name> {
  const byKey = groupBy(names, ({ key }) => key)
  const byStart = groupBy(names, ({ key }) => key.slice(0, 3))
  const letters = [...new Set(names.flatMap(({ key }) => [...key]))]
  const byTrigram = names.length <= mostCompared ? undefined : indexTrigrams(names)
  const all = byTrigram === undefined ? fuseOf(names) : undefined
  return {
    search(text) {
      const fuse = all ?? fuseOf(byTrigram === undefined ? names : mostShared(byTrigram, text))
      return fuse.search(text, { limit: mostFound }).map(({ item }) => item)
    },
    butOneLetter: (text) => [...new Set(butOneLetter(text, letters))].flatMap((key) => byKey.get(key) ?? []),
    begunWith(text) {
      const alike = byStart.get(text.slice(0, 3)) ?? []
      const begun = alike.filter(({ key }) => key.startsWith(text))
      if (begun.length > 0 || alike.length > mostCompared) return begun
      return alike.filter(({ key }) => distance(text, key.slice(0, text.length)) <= 1)
    },
  }
}

function fuseOf<Name extends Keyed>(names: readonly Name[]): Fuse<Name> {
  return new Fuse(names, { keys: ['key'], threshold: 0.5, ignoreLocation: true, includeScore: false })
}

/** Every other spelling that one slip makes of the text, some of them twice. */
function* butOneLetter(text: string, letters: readonly string[]): Iterable<string> {
  for (let at = 0; at <= text.length; at += 1) {
    const [before, after] = [text.slice(0, at), text.slice(at)]
    for (const letter of letters) {
      yield before + letter + after
      if (after !== '' && !after.startsWith(letter)) yield before + letter + after.slice(1)
    }
    if (after === '') continue
    yield before + after.slice(1)
    if (after.length > 1 && after[0] !== after[1]) yield before + after[1] + after[0] + after.slice(2)
  }
}

function groupBy<Name>(names: readonly Name[], shape: (name: Name) => string): Map<string, Name[]> {
  const groups = new Map<string, Name[]>()
  for (const name of names) {
    const group = groups.get(shape(name))
    if (group) group.push(name)
    else groups.set(shape(name), [name])
  }
  return groups
}

function indexTrigrams<Name extends Keyed>(names: readonly Name[]): ReadonlyMap<string, readonly Name[]> {
  const index = new Map<string, Name[]>()
  for (const name of names) {
    for (const trigram of trigramsOf(name.key)) {
      const group = index.get(trigram)
      if (group) group.push(name)
      else index.set(trigram, [name])
    }
  }
  return index
}

function mostShared<Name>(index: ReadonlyMap<string, readonly Name[]>, text: string): readonly Name[] {
  const shared = new Map<Name, number>()
  // What thousands of names have in them ("sti" of "stichting") tells least, and takes longest.
  const groups = [...trigramsOf(text)]
    .map((trigram) => index.get(trigram) ?? [])
    .sort((one, other) => one.length - other.length)
  let seen = 0
  for (const group of groups) {
    if (seen > 0 && seen + group.length > mostCompared * 20) break
    seen += group.length
    for (const name of group) shared.set(name, (shared.get(name) ?? 0) + 1)
  }
  return [...shared]
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostCompared)
    .map(([name]) => name)
}

function trigramsOf(key: string): ReadonlySet<string> {
  const padded = `^${key}$`
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, at) => padded.slice(at, at + 3)))
}
