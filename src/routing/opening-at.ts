import type { Holiday } from '../knowledge/knowledge.ts'
import { type OpeningRule, parseHours, weekdays } from '../knowledge/parse-hours.ts'
import { addDays, isHoliday, weekdayOf } from './calendar.ts'

/** A moment on the clocks of the Netherlands: an ISO date, and the time of the day as `14:05`. */
export type LocalTime = { readonly date: string; readonly time: string }

/**
 * Whether somebody can be reached now. `holiday`: the hours fall on a public holiday, of which they say nothing.
 * `opens` is the next time, an ISO date and the time of the day as `09:00`; absent when that is not known: a public
 * holiday comes first, or it is a week away.
 */
export type Opening =
  | { readonly state: 'open'; readonly until: string }
  | { readonly state: 'closed'; readonly opens?: LocalTime }
  | { readonly state: 'holiday' }

/**
 * The opening state at a moment; undefined when the hours do not tell: day and night, within the hours on days that are
 * not stated, or stretches past midnight.
 *
 * @param hours the part of OpenStreetMap's `opening_hours` that `parseHours` reads
 */
export function openingAt(
  hours: string,
  { date, time }: LocalTime,
  holidays: readonly Holiday[],
): Opening | undefined {
  const rules = parseHours(hours)
  if (rules === undefined || rules === 'always') return undefined
  if (rules.some(({ from, to }) => to <= from)) return undefined
  if (rules.some(({ days }) => days === undefined))
    return isOutside(time, rules) ? { state: 'closed' } : undefined
  const today = stretchesOn(date, rules)
  if (today.length > 0 && isHoliday(date, holidays)) return { state: 'holiday' }
  const now = today.find(({ from, to }) => from <= time && time < to)
  if (now) return { state: 'open', until: endOf(now, today) }
  const later = today.find(({ from }) => from > time)
  if (later) return { state: 'closed', opens: { date, time: later.from } }
  const opens = nextOpening(date, rules, holidays)
  return { state: 'closed', ...(opens && { opens }) }
}

/** Whatever the days are, outside of the hours it is closed. */
function isOutside(time: string, rules: readonly OpeningRule[]): boolean {
  return rules.every(({ from, to }) => time < from || time >= to)
}

/** The first opening on a later day; undefined when a public holiday comes first: it may be open then, or not. */
function nextOpening(
  date: string,
  rules: readonly OpeningRule[],
  holidays: readonly Holiday[],
): LocalTime | undefined {
  for (let days = 1; days <= furthest; days += 1) {
    const day = addDays(date, days)
    const [first] = stretchesOn(day, rules)
    if (first) return isHoliday(day, holidays) ? undefined : { date: day, time: first.from }
  }
  return undefined
}

/** Within a week, so that the name of a weekday says which day is meant. */
const furthest = 6

/** The stretches of one day, the earliest first. */
function stretchesOn(date: string, rules: readonly OpeningRule[]): readonly OpeningRule[] {
  const weekday = weekdayOf(date) - 1
  return rules.filter((rule) => coversDay(rule, weekday)).sort((a, b) => (a.from < b.from ? -1 : 1))
}

/** `Fr-Mo` runs over the weekend. */
function coversDay({ days }: OpeningRule, weekday: number): boolean {
  if (days === undefined) return false
  const first = weekdays.indexOf(days.first)
  const last = weekdays.indexOf(days.last)
  return first <= last ? first <= weekday && weekday <= last : weekday >= first || weekday <= last
}

/** Stretches that touch or overlap are one. */
function endOf(stretch: OpeningRule, all: readonly OpeningRule[]): string {
  const next = all.find(({ from, to }) => from <= stretch.to && to > stretch.to)
  return next === undefined ? stretch.to : endOf(next, all)
}
