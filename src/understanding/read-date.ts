import { grammarOf } from './phrase-index.ts'
import { lookUp, readWords, shorten, type Word } from './read-words.ts'
import type { Words } from './words.ts'

/** What lies before it is a slip or a joke ("999 jaar geleden"). */
const earliest = '1900-01-01'

export type DateRead = { readonly date: string; readonly confidence: number }

/**
 * The day that the text names, in whatever language: as numbers (day first), in words, or counted back from today. A day and a month
 * without a year are the most recent ones. A month without a day, a date that does not exist and a date still to
 * come are no answer, and neither is "vorige maand".
 */
export function readDate(
  text: string,
  words: readonly Word[],
  locales: readonly Words[],
  today: string,
): DateRead | undefined {
  const numbers = inNumbers(shorten(text), locales, today)
  if (numbers) return numbers
  for (const locale of locales) {
    const date = inWords(words, locale, today) ?? countedBack(words, locale, today)
    if (date) return date
  }
  return undefined
}

function inNumbers(text: string, locales: readonly Words[], today: string): DateRead | undefined {
  const iso = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/u.exec(text)
  if (iso) return day(Number(iso[3]), Number(iso[2]), Number(iso[1]), today)
  const dutch = /(?<![\d.,])(\d{1,2})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{4}|\d{2}))?(?![\d%]|[.,]\d)/u.exec(
    text,
  )
  if (!dutch) return undefined
  const [next] = readWords(text.slice(dutch.index + dutch[0].length).slice(0, 60))
  const counts = locales.some(
    ({ dates }) =>
      next !== undefined &&
      (lookUp(dates.units, next.text) !== undefined || dates.counted.includes(next.text)),
  )
  // "2-3 weken geleden", "1/2 jaar geleden": an amount, and no day.
  if (dutch[3] === undefined && counts) return undefined
  return day(Number(dutch[1]), Number(dutch[2]), yearOf(dutch[3]), today)
}

function inWords(words: readonly Word[], { dates }: Words, today: string): DateRead | undefined {
  for (const [at, word] of words.entries()) {
    const month = lookUp(dates.months, word.text)
    if (month === undefined) continue
    const [before, after] = [dayNumber(words[at - 1]?.text), dayNumber(words[at + 1]?.text)]
    const date = before ?? dayNumber(words[at - 2]?.text, words[at - 1]?.text) ?? after
    if (date === undefined) continue
    const year = [words[at + 1], words[at + 2]].find((one) => /^\d{4}$/u.test(one?.text ?? ''))?.text
    return day(date, month, yearOf(year), today)
  }
  return undefined
}

/** "3", "3e", "3de", "3rd"; in "the 3rd of May" a short word stands between. */
function dayNumber(text = '', between = ''): number | undefined {
  if (between.length > 2) return undefined
  const number = /^(\d{1,2})(?:\p{L}{1,3})?$/u.exec(text)?.[1]
  return number === undefined ? undefined : Number(number)
}

function countedBack(words: readonly Word[], locale: Words, today: string): DateRead | undefined {
  const { dates } = locale
  const { numbers } = grammarOf(locale)
  const said = words.map((word) => word.text)
  for (const [at, word] of said.entries()) {
    const back = lookUp(dates.back, `${word} ${said[at + 1]}`) ?? lookUp(dates.back, word)
    if (back !== undefined) return { date: move(today, -back), confidence: 0.95 }
    const weekday = lookUp(dates.weekdays, word)
    if (weekday !== undefined) {
      const date = onWeekday(weekday, at, said, dates, today)
      if (date !== undefined) return { date, confidence: 0.9 }
    }
    const unit = lookUp(dates.units, word)
    if (unit === undefined || !isAgo(dates, said[at - 2], said[at + 1])) continue
    const [count, amount = ''] = [said[at - 1] ?? '', said[at - 1]]
    const many = dates.one.includes(count)
      ? 1
      : (numbers.get(amount) ?? (/^\d{1,3}$/u.test(amount) ? Number(amount) : undefined))
    if (many === undefined || isRange(said, at - 2, dates, numbers)) continue
    const date = unit > 0 ? move(today, -many * unit) : moveMonths(today, many * unit)
    if (date < earliest) continue
    return { date, confidence: unit === 1 ? 0.9 : unit > 0 ? 0.8 : 0.7 }
  }
  return undefined
}

function isAgo({ ago, agoBefore = [] }: Words['dates'], before = '', after = ''): boolean {
  return ago.includes(after) || agoBefore.includes(before)
}

/** "vorige week dinsdag" lies in the week before this one; "afgelopen dinsdag" is the last one that was. */
function onWeekday(
  weekday: number,
  at: number,
  said: readonly string[],
  { last, lastWeek, vague }: Words['dates'],
  today: string,
): string | undefined {
  const beside = [at - 3, at - 2, at + 1, at + 2].map((start) => `${said[start]} ${said[start + 1]}`)
  if (beside.some((words) => lastWeek.includes(words))) return move(today, weekday - weekdayOf(today) - 7)
  const recent = beside.some((words) => (lookUp(vague, words)?.[1] ?? Number.POSITIVE_INFINITY) < 14)
  if (!recent && !last.includes(said[at - 1] ?? '') && said.length > 2) return undefined
  return move(today, -((weekdayOf(today) - weekday + 7) % 7 || 7))
}

/** "twee of drie weken geleden", "2,5 maand geleden": another number stands before the one that was read. */
function isRange(
  said: readonly string[],
  at: number,
  { between }: Words['dates'],
  numbers: ReadonlyMap<string, number>,
): boolean {
  const before = said[between.includes(said[at] ?? '') ? at - 1 : at] ?? ''
  return /^\d+$/u.test(before) || numbers.has(before)
}

function day(date: number, month: number, year: number | undefined, today: string): DateRead | undefined {
  const thisYear = Number(today.slice(0, 4))
  // 29 February may lie up to eight years back.
  const years = year === undefined ? [0, 1, 2, 3, 4, 5, 6, 7, 8].map((back) => thisYear - back) : [year]
  const first = years.map((one) => iso(one, month, date)).find((one) => one !== undefined && one <= today)
  return first === undefined ? undefined : { date: first, confidence: year === undefined ? 0.9 : 1 }
}

function yearOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return text.length === 2 ? 2000 + Number(text) : Number(text)
}

function iso(year: number, month: number, date: number): string | undefined {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  const parsed = new Date(`${text}T00:00:00Z`)
  const exists = text >= earliest && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
  return exists ? text : undefined
}

function move(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function moveMonths(date: string, months: number): string {
  const [year = 0, month = 1, last = 1] = date.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return `${first.toISOString().slice(0, 8)}${String(Math.min(last, days)).padStart(2, '0')}`
}

function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7
}
