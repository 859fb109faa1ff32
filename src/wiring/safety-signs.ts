import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isFlat } from '../understanding/find-meanings.ts'
import { type Safety, safetyKinds, type Words } from '../understanding/words.ts'

const signSchema = z.strictObject({
  kind: z.enum(safetyKinds),
  what: z.string().min(1),
  because: z.string().min(1),
  examples: z.array(z.string()).min(1),
  not: z.array(z.string()),
})

/** Why a sign of danger leads to its notice, and sentences that show its border; for care professionals, in Dutch. */
export type SafetySign = z.infer<typeof signSchema>

/** The reasoning of every sign (`locales/nl/safety.json`). @throws Error naming the file when it cannot be read */
export function loadSafetySigns(root: string): Readonly<Record<string, SafetySign>> {
  const path = join(root, 'locales/nl/safety.json')
  try {
    return z.record(z.string(), signSchema).parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

/** How many phrases each locale has for a sign; a locale without signs counts its one list under the kind. */
export function countPhrases(
  words: Readonly<Record<string, Words>>,
  kind: Safety,
  sign: string,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([locale, { safety }]) => {
      const signs = safety[kind]
      return isFlat(signs) ? [] : [[locale, signs[sign]?.say.length ?? 0]]
    }),
  )
}

/** The words around the review list; Dutch, from `locales/nl/safety-review.json`. */
export type ReviewWords = Readonly<
  Record<'because' | 'examples' | 'not' | 'phrases' | 'flat', string> & Record<Safety, string>
>

/** The list that a care professional reviews: every sign, by kind, with its reasoning. */
export function describeSigns(
  signs: Readonly<Record<string, SafetySign>>,
  words: Readonly<Record<string, Words>>,
  say: ReviewWords,
): readonly string[] {
  return safetyKinds.flatMap((kind) => {
    const own = Object.entries(signs).filter(([, sign]) => sign.kind === kind)
    const flat = Object.entries(words).flatMap(([locale, { safety }]) => {
      const list = safety[kind]
      return isFlat(list) ? [`${locale} ${list.say.length}`] : []
    })
    return [
      say[kind].toUpperCase(),
      ...(flat.length === 0 ? [] : [`${say.flat}: ${flat.join(', ')}`]),
      '',
      ...own.flatMap(([id, sign]) => [
        `${id}: ${sign.what}`,
        `  ${say.because}: ${sign.because}`,
        ...sign.examples.map((one) => `  ${say.examples}: ${one}`),
        ...sign.not.map((one) => `  ${say.not}: ${one}`),
        `  ${say.phrases}: ${Object.entries(countPhrases(words, kind, id))
          .map(([locale, count]) => `${locale} ${count}`)
          .join(', ')}`,
        '',
      ]),
    ]
  })
}
