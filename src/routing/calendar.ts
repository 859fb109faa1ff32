import { gregorianEaster } from 'date-easter'
import { Temporal } from 'temporal-polyfill'
import type { Holiday } from '../knowledge/knowledge.ts'

/**
 * The last day of a term that starts on a day. The first day itself does not count (2026-11-03 plus P4W ends on
 * 2026-12-01). Working days are Monday to Friday without the public holidays given.
 *
 * @param from ISO date
 * @param period ISO 8601 period in one unit, such as `P6W` or `P12M`
 * @throws RangeError when `from` or `period` is not well formed
 */
export function endOfTerm(
  from: string,
  period: string,
  workingDays: boolean,
  holidays: readonly Holiday[],
): string {
  const ends = keptEnds.get(holidays) ?? new Map<string, string>()
  keptEnds.set(holidays, ends)
  const key = `${from} ${period} ${workingDays}`
  const known = ends.get(key)
  if (known !== undefined) return known
  const end = reckonEnd(from, period, workingDays, holidays)
  if (ends.size < mostKept) ends.set(key, end)
  return end
}

/** Reckoning is slow beside deciding, and the same few days are asked for again and again. */
const keptEnds = new WeakMap<readonly Holiday[], Map<string, string>>()
const mostKept = 1_000

function reckonEnd(from: string, period: string, workingDays: boolean, holidays: readonly Holiday[]): string {
  const start = Temporal.PlainDate.from(from)
  const duration = Temporal.Duration.from(period)
  if (!workingDays) return start.add(duration).toString()
  let day = start
  let left = duration.days
  while (left > 0) {
    day = day.add({ days: 1 })
    if (isWorkingDay(day, holidays)) left -= 1
  }
  return day.toString()
}

/** Whether a text is a calendar date in ISO form. */
export function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

/** The day of the week of an ISO date: 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek
}

/** The ISO date so many days later. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** Whether an ISO date is one of the public holidays. */
export function isHoliday(date: string, holidays: readonly Holiday[]): boolean {
  return fallsOn(Temporal.PlainDate.from(date), holidays)
}

function isWorkingDay(day: Temporal.PlainDate, holidays: readonly Holiday[]): boolean {
  return day.dayOfWeek <= 5 && !fallsOn(day, holidays)
}

function fallsOn(day: Temporal.PlainDate, holidays: readonly Holiday[]): boolean {
  return holidays.some((holiday) => dateOf(holiday, day.year).equals(day))
}

function dateOf(holiday: Holiday, year: number): Temporal.PlainDate {
  if (holiday.easter !== undefined) {
    const { month, day } = gregorianEaster(year)
    return Temporal.PlainDate.from({ year, month, day }).add({ days: holiday.easter })
  }
  const fixed = Temporal.PlainDate.from(`${year}-${holiday.day ?? '01-01'}`)
  return holiday.notOnSunday && fixed.dayOfWeek === 7 ? fixed.subtract({ days: 1 }) : fixed
}
