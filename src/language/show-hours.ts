import type { TFunction } from 'i18next'
import { type OpeningRule, parseHours, type Weekday } from '../knowledge/parse-hours.ts'

/** Opening hours in words; empty when they are not of the simple form that `parseHours` reads. */
export function showHours(hours: string, t: TFunction): string {
  const rules = parseHours(hours)
  if (rules === undefined) return ''
  if (rules === 'always') return t('contact.always')
  return rules.map((rule) => showRule(rule, t)).join(', ')
}

function showRule({ days, from, to }: OpeningRule, t: TFunction): string {
  const times = { from: showTime(from), to: showTime(to) }
  if (days === undefined) return t('hours.times', times)
  const nameOf = (day: Weekday) => t(`hours.day.${day}`)
  const { first, last } = days
  const shown = first === last ? nameOf(first) : t('hours.days', { from: nameOf(first), to: nameOf(last) })
  return t('hours.at', { days: shown, ...times })
}

/** A time of the day as people read it: `09:30` is 9.30. */
export function showTime(time: string): string {
  return time.replace(/^0/, '').replace(':', '.')
}
