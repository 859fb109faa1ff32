import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The locales of a project folder, those of `locales/`, by name. */
export function listLocales(root: string): readonly string[] {
  return readdirSync(join(root, 'locales'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** A manner of a language, such as `nl-simple`: it is spoken, and understood as its language is; Teams has none. */
export function isManner(locale: string): boolean {
  return locale.includes('-')
}
