import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import words from '../../locales/nl/findings.json' with { type: 'json' }
import readability from '../../locales/nl/readability.json' with { type: 'json' }
import { bodyKinds } from '../knowledge/vocabulary.ts'
import { measureReadability } from '../language/readability.ts'
import { fill } from './fill.ts'
import type { WriteLine } from './lines.ts'
import { isManner, listLocales } from './list-locales.ts'

const { texts: sentences } = words

/** The files that clients and staff read, in every locale. */
const files = ['texts.json', 'widget.json', 'manifest.json']

/** How easy a text must be: the lowest Flesch-Douma score, and the most words in a sentence. */
const levels: Readonly<Record<string, { readonly lowest: number; readonly longest: number }>> = {
  nl: { lowest: 60, longest: 16 },
  'nl-simple': { lowest: 65, longest: 12 },
}
/** A score over fewer words than this says nothing. */
const fewest = 8
/** Words with which a conditional clause begins; simple Dutch has none. */
const conditional = new RegExp(`\\b(?:${readability.conditional.join('|')})\\b`, 'i')

const review = z.strictObject({
  /** The native speaker who read the texts, and when; null when nobody did. */
  nativeSpeaker: z.strictObject({ name: z.string().min(1), date: z.iso.date() }).nullable(),
})

/**
 * The check of the texts by the staff, `npm run texts`: what is missing or left over in a locale, what was translated
 * before its Dutch changed, how easy the Dutch is, and whether a native speaker read a locale.
 *
 * With `--translated LOCALE` the texts of that locale count as translated from the Dutch of today.
 *
 * @param root the project folder
 * @returns the exit status: 1 when something is missing, left over, out of date or too hard
 */
export function textsCommand(args: readonly string[], root: string, out: WriteLine): number {
  const translated = readOptions(args)
  if (translated === false) return refuse(out, sentences.options, { options: args.join(' ') })
  const locales = listLocales(root)
  if (translated !== undefined && (!locales.includes(translated) || translated === 'nl')) {
    return refuse(out, sentences.locale, { locale: translated, locales: locales.join(', ') })
  }
  const dutch = readTexts(root, 'nl')
  if (translated !== undefined) writeLock(root, translated, dutch)
  const problems = locales.flatMap((locale) => {
    const found = [
      ...(locale === 'nl' ? [] : compare(root, locale, dutch)),
      ...readable(locale, readTexts(root, locale)),
    ]
    out(fill(sentences.heading, { locale, reviewed: reviewOf(root, locale), count: String(found.length) }))
    for (const line of found) out(`  ${line}`)
    return found
  })
  out(problems.length === 0 ? sentences.good : fill(sentences.bad, { count: String(problems.length) }))
  return problems.length === 0 ? 0 : 1
}

function readOptions(args: readonly string[]): string | undefined | false {
  try {
    return parseArgs({ args: [...args], options: { translated: { type: 'string' } } }).values.translated
  } catch {
    return false
  }
}

function refuse(out: WriteLine, sentence: string, params: Readonly<Record<string, string>>): number {
  out(fill(sentence, params))
  return 1
}

type Texts = ReadonlyMap<string, string>

/** All texts of a locale by file and key, as `texts.json greeting.can`. */
function readTexts(root: string, locale: string): Texts {
  return new Map(
    files.flatMap((file) => {
      const read = readJson(join(root, 'locales', locale, file))
      return read === undefined ? [] : flatten(read, `${file} `)
    }),
  )
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`${path} is not JSON: ${error.message}`)
    return undefined
  }
}

function flatten(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value ?? {}).flatMap(([key, inner]) =>
    flatten(inner, path.endsWith(' ') ? path + key : `${path}.${key}`),
  )
}

const plural = /_(zero|one|two|few|many|other)$/

/** What a locale lacks, has too much, or translated from Dutch that has changed since. */
function compare(root: string, locale: string, dutch: Texts): readonly string[] {
  const own = readTexts(root, locale)
  const lock = lockOf(root, locale)
  const wanted = [...dutch.keys()].filter((key) => isWanted(key, locale)).map(withoutPlural)
  const has = new Set([...own.keys()].map(withoutPlural))
  const missing = [...new Set(wanted)].filter((key) => !has.has(key))
  const extra = [...has].filter((key) => !wanted.includes(key))
  const stale = [...dutch].filter(
    ([key, text]) => isWanted(key, locale) && has.has(withoutPlural(key)) && lock[key] !== hashOf(text),
  )
  return [
    ...missing.map((key) => fill(sentences.missing, { key })),
    ...extra.map((key) => fill(sentences.extra, { key })),
    ...stale.map(([key]) => fill(sentences.stale, { key, locale })),
  ]
}

function isWanted(key: string, locale: string): boolean {
  return !(key.startsWith('manifest.json') && isManner(locale))
}

function withoutPlural(key: string): string {
  return key.replace(plural, '')
}

function lockPath(root: string, locale: string): string {
  return join(root, 'locales', locale, 'translated.lock.json')
}

function lockOf(root: string, locale: string): Readonly<Record<string, string>> {
  return z
    .record(z.string(), z.string())
    .catch({})
    .parse(readJson(lockPath(root, locale)))
}

function writeLock(root: string, locale: string, dutch: Texts): void {
  const hashes = [...dutch].filter(([key]) => isWanted(key, locale)).map(([key, text]) => [key, hashOf(text)])
  writeFileSync(lockPath(root, locale), `${JSON.stringify(Object.fromEntries(hashes), undefined, 2)}\n`)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** The Dutch texts that are too hard for the level of their locale. */
function readable(locale: string, texts: Texts): readonly string[] {
  const level = levels[locale]
  if (level === undefined) return []
  return [...texts].flatMap(([key, text]) => {
    if (key.startsWith('manifest.json')) return []
    const { score, longest, hard, words: count } = measureReadability(text, dutchNames)
    const told = { key, score: score.toFixed(0), longest: String(longest), hard: hard.join(', ') }
    return [
      ...(longest > level.longest ? [fill(sentences.long, told)] : []),
      ...(count >= fewest && score < level.lowest ? [fill(sentences.hard, told)] : []),
      ...(locale === 'nl-simple' && conditional.test(text) ? [fill(sentences.conditional, told)] : []),
    ]
  })
}

/** What stays as it is printed on letters and doors. */
const dutchNames: readonly string[] = [
  ...bodyKinds.flatMap((kind) => kind.split('-')).filter((word) => word.length >= 9),
  ...readability.names,
]

function reviewOf(root: string, locale: string): string {
  if (locale === 'nl') return sentences.source
  const { nativeSpeaker } = review
    .catch({ nativeSpeaker: null })
    .parse(readJson(join(root, 'locales', locale, 'review.json')))
  return nativeSpeaker === null ? sentences.unread : fill(sentences.read, nativeSpeaker)
}
