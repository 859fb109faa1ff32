import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Texts } from '../language/texts.ts'
import type { Words } from '../understanding/words.ts'

/**
 * The words of every locale under `locales/`: what we say (`texts`) and what we understand (`words`). A locale that is
 * a manner of another one (`nl-simple`) has no `words.json`: its clients are understood as in that one.
 */
export type LoadedTexts = {
  readonly texts: Readonly<Record<string, Texts>>
  readonly words: Readonly<Record<string, Words>>
}

/** Reads `locales/`. Dutch comes first. @throws Error naming the file that cannot be read */
export function loadTexts(root: string): LoadedTexts {
  const folder = join(root, 'locales')
  const locales = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort((a, b) => Number(b === 'nl') - Number(a === 'nl') || (a < b ? -1 : 1))
  const readAll = <T>(file: string, among: readonly string[]) =>
    Object.fromEntries(among.map((locale) => [locale, readJson<T>(join(folder, locale, file))]))
  const languages = locales.filter(
    (locale) => !locale.includes('-') || existsSync(join(folder, locale, 'words.json')),
  )
  return { texts: readAll<Texts>('texts.json', locales), words: readAll<Words>('words.json', languages) }
}

function readJson<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}
