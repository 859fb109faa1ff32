import type { TFunction } from 'i18next'
import type { Holiday } from '../knowledge/knowledge.ts'
import { weekdays } from '../knowledge/parse-hours.ts'
import { addDays, weekdayOf } from '../routing/calendar.ts'
import { type LocalTime, openingAt } from '../routing/opening-at.ts'
import { showTime } from './show-hours.ts'

/** Whether somebody can be reached now, in words: "nu open, tot 17.00 uur". Undefined when the hours do not tell. */
export function showOpening(
  hours: string,
  now: LocalTime,
  holidays: readonly Holiday[],
  t: TFunction,
): string | undefined {
  const opening = openingAt(hours, now, holidays)
  switch (opening?.state) {
    case undefined:
      return undefined
    case 'open':
      return t('opening.open', { time: showTime(opening.until) })
    case 'holiday':
      return t('opening.holiday')
    case 'closed':
      if (!opening.opens) return t('opening.shut')
      return t('opening.closed', {
        day: dayOf(opening.opens.date, now, t),
        time: showTime(opening.opens.time),
      })
  }
}

/** The day of the next opening, as somebody would say it now. */
function dayOf(date: string, now: LocalTime, t: TFunction): string {
  if (date === now.date) return t('opening.today')
  if (date === addDays(now.date, 1)) return t('opening.tomorrow')
  const weekday = weekdays[weekdayOf(date) - 1] ?? 'Mo'
  return t(`hours.day.${weekday}`)
}
