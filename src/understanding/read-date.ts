import { grammarOf } from './phrase-index.ts'
import { readWords, shorten } from './read-words.ts'
import type { Words } from './words.ts'

export type DateRead = { readonly date: string; readonly confidence: number }

/**
 * The day that the text names: as numbers (day first), in words, or counted back from today. A day and a month
 * without a year are the most recent ones. A month without a day, a date that does not exist and a date still to
 * come are no answer.
 */
export function readDate(text: string, words: Words, today: string): DateRead | undefined {
  return inNumbers(shorten(text), today) ?? inWords(text, words, today) ?? countedBack(text, words, today)
}

function inNumbers(text: string, today: string): DateRead | undefined {
  const iso = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/u.exec(text)
  if (iso) return day(Number(iso[3]), Number(iso[2]), Number(iso[1]), today)
  const dutch = /(?<![\d.,])(\d{1,2})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{4}|\d{2}))?(?![\d%]|[.,]\d)/u.exec(
    text,
  )
  if (dutch) return day(Number(dutch[1]), Number(dutch[2]), yearOf(dutch[3]), today)
  return undefined
}

function inWords(text: string, { dates }: Words, today: string): DateRead | undefined {
  const words = readWords(text.replace(/(\d)\.\s/gu, '$1 '))
  for (const [at, word] of words.entries()) {
    const month = dates.months[word.text]
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

function countedBack(text: string, words: Words, today: string): DateRead | undefined {
  const { dates } = words
  const { numbers } = grammarOf(words)
  const said = readWords(text).map((word) => word.text)
  for (const [at, word] of said.entries()) {
    const two = dates.back[`${word} ${said[at + 1]}`] ?? dates.back[word]
    if (two !== undefined) return { date: move(today, -two), confidence: two < 3 ? 0.95 : 0.6 }
    const weekday = dates.weekdays[word]
    if (weekday !== undefined && (dates.last.includes(said[at - 1] ?? '') || said.length <= 2)) {
      const back = (weekdayOf(today) - weekday + 7) % 7 || 7
      return { date: move(today, -back), confidence: 0.9 }
    }
    const unit = dates.units[word]
    if (unit === undefined || !dates.ago.some((ago) => ago === said[at + 1])) continue
    const [count, amount = ''] = [said[at - 1] ?? '', said[at - 1]]
    const many = dates.one.includes(count)
      ? 1
      : (numbers.get(amount) ?? (/^\d{1,3}$/u.test(amount) ? Number(amount) : undefined))
    if (many === undefined) continue
    const date = unit > 0 ? move(today, -many * unit) : moveMonths(today, many * unit)
    return { date, confidence: unit === 1 ? 0.9 : 0.6 }
  }
  return undefined
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
  const exists = year >= 1900 && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
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
