import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Texts } from '../language/texts.ts'
import { languages, type Words } from '../understanding/words.ts'
import { isManner, listLocales } from './list-locales.ts'
import { readJson } from './read-json.ts'

/**
 * The words of every locale under `locales/`: what we say (`texts`) and what we understand (`words`). A locale that is
 * a manner of another one (`nl-simple`) has no `words.json`: its clients are understood as in that one.
 */
export type LoadedTexts = {
  readonly texts: Readonly<Record<string, Texts>>
  readonly words: Readonly<Record<string, Words>>
}

/** Reads `locales/`, in the order in which languages are offered. @throws Error naming the file that cannot be read */
export function loadTexts(root: string): LoadedTexts {
  const folder = join(root, 'locales')
  const locales = listLocales(root).toSorted((a, b) => rankOf(a) - rankOf(b))
  const readAll = <T>(file: string, among: readonly string[]) =>
    Object.fromEntries(among.map((locale) => [locale, readJson<T>(join(folder, locale, file))]))
  const understood = locales.filter(
    (locale) => !isManner(locale) || existsSync(join(folder, locale, 'words.json')),
  )
  let words: LoadedTexts['words'] | undefined
  return {
    texts: readAll<Texts>('texts.json', locales),
    // Megabytes, and not needed before somebody types.
    get words() {
      words ??= readAll<Words>('words.json', understood)
      return words
    },
  }
}

function rankOf(locale: string): number {
  const rank = (languages as readonly string[]).indexOf(locale)
  return rank < 0 ? languages.length : rank
}
