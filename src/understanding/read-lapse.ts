import { idsUnder, type Meanings } from './find-meanings.ts'
import { grammarOf } from './phrase-index.ts'
import { lookUp, readWords, type Word } from './read-words.ts'
import type { Words } from './words.ts'

/** How long ago, in days, where no day is named. Without `days` only the direction was said ("langer dan dat"). */
export type Lapse = {
  readonly direction?: 'longer' | 'shorter'
  readonly days?: { readonly least: number; readonly most: number }
}

/** Six weeks are as long as 42 days; a year is about as long as twelve months. */
const about = 0.03

/** What is said to be longer or shorter than some time: "langer dan zes weken geleden". It never names a day. */
export function readComparison(words: readonly Word[], meanings: Meanings, locale: Words): Lapse | undefined {
  const [direction, other] = idsUnder(meanings, 'lapse')
  if (direction === undefined) return undefined
  if (other !== undefined) return {}
  const days = daysIn(words, locale)
  return direction === 'longer'
    ? { direction, ...(days !== undefined && { days: { least: days, most: Number.POSITIVE_INFINITY } }) }
    : { direction: 'shorter', ...(days !== undefined && { days: { least: 0, most: days } }) }
}

/** "vorige maand": some day of it, and nobody knows which. */
export function readVague(words: readonly Word[], { dates }: Words): Lapse | undefined {
  for (const [at, { text }] of words.entries()) {
    const [least, most] =
      lookUp(dates.vague, `${text} ${words[at + 1]?.text}`) ?? lookUp(dates.vague, text) ?? []
    if (least !== undefined && most !== undefined) return { days: { least, most } }
  }
  return undefined
}

/** Whether it is longer ago than the period of the labels ("Langer dan zes weken geleden"); undefined: it may be. */
export function isLonger(lapse: Lapse, labels: readonly string[], locale: Words): boolean | undefined {
  const period = labels.map((label) => daysIn(readWords(label), locale)).find((days) => days !== undefined)
  const { days, direction } = lapse
  if (days === undefined || period === undefined)
    return direction === undefined ? undefined : direction === 'longer'
  if (days.least >= period * (1 - about)) return true
  return days.most <= period * (1 + about) ? false : undefined
}

/** The first length of time: "zes weken" is 42 days. */
function daysIn(words: readonly Word[], locale: Words): number | undefined {
  const { dates } = locale
  const { numbers } = grammarOf(locale)
  for (const [at, { text }] of words.entries()) {
    const unit = lookUp(dates.units, text)
    const amount = words[at - 1]?.text ?? ''
    if (unit === undefined) continue
    const many = dates.one.includes(amount)
      ? 1
      : (numbers.get(amount) ?? (/^\d{1,3}$/u.test(amount) ? Number(amount) : undefined))
    if (many !== undefined) return many * (unit > 0 ? unit : -unit * 30.4)
  }
  return undefined
}
