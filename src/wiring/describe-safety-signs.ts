import { isFlat } from '../understanding/find-meanings.ts'
import { type Safety, safetyKinds, type Words } from '../understanding/words.ts'
import type { SafetySign } from './load-safety-signs.ts'

/** The words around the review list; Dutch, from `locales/nl/safety-review.json`. */
type ReviewWords = Readonly<
  Record<'because' | 'examples' | 'not' | 'phrases' | 'flat', string> & Record<Safety, string>
>

/** The list that a care professional reviews: every sign, by kind, with its reasoning. */
export function describeSafetySigns(
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

/** How many phrases each locale has for a sign; a locale without signs counts its one list under the kind. */
function countPhrases(
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
