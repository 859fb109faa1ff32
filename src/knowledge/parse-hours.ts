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

const rulePattern = /^(?:(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su))? )?(\d\d:\d\d)-(\d\d:\d\d)$/

/**
 * Reads the part of OpenStreetMap's `opening_hours` that can be said in words: `Mo-Th 16:00-20:00; Fr 15:00-17:00`, or
 * `24/7`. Undefined for anything else: no hours are better than wrong ones.
 */
export function parseHours(hours: string): readonly OpeningRule[] | 'always' | undefined {
  if (hours === '24/7') return 'always'
  const rules: OpeningRule[] = []
  for (const part of hours.split(';')) {
    const match = rulePattern.exec(part.trim())
    if (!match) return undefined
    const [, first, last = first, from = '', to = ''] = match
    const days = first && { days: { first: first as Weekday, last: last as Weekday } }
    rules.push({ ...days, from, to })
  }
  return rules
}
