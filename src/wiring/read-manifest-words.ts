import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Command } from '../understanding/words.ts'
import { isManner, listLocales } from './list-locales.ts'

/** The commands in the menu of the chat in Teams, in this order. Teams shows ten at most. */
export const menuCommands = [
  'restart',
  'back',
  'why',
  'help',
  'human',
  'language',
  'forget',
  'stop',
] as const satisfies readonly Command[]

/** The words of the manifest in one language. */
export type ManifestWords = z.infer<typeof manifestWords>

/** The locale whose words stand in the manifest itself; Teams shows them to everybody whose language has no words. */
export const defaultLocale = 'nl'

/** What is read: the words in the default language, and those in the others by locale. */
export type ManifestTexts = {
  readonly own: ManifestWords
  readonly others: Readonly<Record<string, ManifestWords>>
}

const most = (longest: number) =>
  z.string().superRefine((text, context) => {
    const message = describeTextProblem(text, longest)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })

/** Bot commands as Teams documents them (32 and 128): the schema takes longer ones, the menu cuts them off. */
const menuItem = z.strictObject({ title: most(32), description: most(128) })

// The other lengths are those of the manifest schema and of the schema of its localisation files.
const manifestWords = z.strictObject({
  name: z.strictObject({ short: most(30), full: most(100) }),
  description: z.strictObject({ short: most(80), full: most(4000) }),
  commands: z.record(z.enum(menuCommands), menuItem),
  findBody: z.strictObject({
    title: most(32),
    description: most(128),
    query: z.strictObject({ title: most(32), description: most(128) }),
  }),
})

/**
 * Reads `locales/<locale>/manifest.json` of every locale of a project folder.
 *
 * @returns the words, or every problem as one line that names the file, the key and the way out
 */
export function readManifestWords(
  root: string,
): { readonly texts: ManifestTexts } | { readonly problems: readonly string[] } {
  const own = readWords(root, defaultLocale)
  const others = listLocales(root)
    .filter((locale) => locale !== defaultLocale && !isManner(locale))
    .map((locale) => ({ locale, ...readWords(root, locale) }))
  const problems = [own, ...others].flatMap((read) => ('problems' in read ? read.problems : []))
  if ('problems' in own || problems.length > 0) return { problems }
  const entries = others.flatMap((read) => ('words' in read ? [[read.locale, read.words] as const] : []))
  return { texts: { own: own.words, others: Object.fromEntries(entries) } }
}

function readWords(
  root: string,
  locale: string,
): { readonly words: ManifestWords } | { readonly problems: readonly string[] } {
  const file = `locales/${locale}/manifest.json`
  let value: unknown
  try {
    value = JSON.parse(readFileSync(join(root, file), 'utf8'))
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'
    return { problems: [`${file} ${why}. Write it with the keys that it has in the project.`] }
  }
  const parsed = manifestWords.safeParse(value)
  if (parsed.success) return { words: parsed.data }
  return { problems: parsed.error.issues.map((issue) => `${file}: ${describeIssue(issue)}`) }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const key = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((name) => (key === '' ? name : `${key}.${name}`))
    return `${keys.join(', ')} is not used in the manifest. Take it out.`
  }
  return `${key} ${issue.code === 'custom' ? issue.message : 'is missing, or is no text. Write it.'}`
}

function describeTextProblem(text: string, longest: number): string | undefined {
  // The schema of the localisation files refuses the word "null" for a text.
  if (text.trim() === '' || /^null$/i.test(text.trim())) return 'is empty. Write it.'
  if (text.length <= longest) return undefined
  return `has ${text.length} characters, and Teams shows at most ${longest}. Write it shorter.`
}
