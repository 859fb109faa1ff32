/** The days of the week as opening hours name them, from Monday. */
export const weekdays = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const
export type Weekday = (typeof weekdays)[number]

/** One stretch of opening hours: from and to a time of the day, `09:00`, on the days from first to last. */
export type OpeningRule = {
  /** Absent when the hours name no days. */
  readonly days?: { readonly first: Weekday; readonly last: Weekday }
  readonly from: string
  readonly to: string
}

const day = `(?:${weekdays.join('|')})`
const time = '(?:[01]\\d|2[0-3]):[0-5]\\d'
const rule = `(?:(${day})(?:-(${day}))? )?(${time})-(${time}|24:00)`
const rulePattern = new RegExp(`^${rule}$`)

/** The whole grammar: times from 00:00, to 24:00 at most. */
export const hoursPattern = new RegExp(`^(?:24/7|${rule}(?:; ?${rule})*)$`)

/**
 * Reads the part of OpenStreetMap's `opening_hours` that can be said in words: `Mo-Th 16:00-20:00; Fr 15:00-17:00`, or
 * `24/7`. Undefined for anything else: no hours are better than wrong ones.
 */
export function parseHours(hours: string): readonly OpeningRule[] | 'always' | undefined {
  if (!hoursPattern.test(hours)) return undefined
  if (hours === '24/7') return 'always'
  return hours.split(';').map((part) => {
    const [, first, last = first, from = '', to = ''] = rulePattern.exec(part.trim()) ?? []
    const days = first && { days: { first: first as Weekday, last: last as Weekday } }
    return { ...days, from, to }
  })
}
