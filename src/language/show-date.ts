import type { TFunction } from 'i18next'

/** A day in words, such as "dinsdag 3 november 2026". @param date ISO date */
export function showDate(date: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'full',
    timeZone: 'UTC',
  })
  return format.format(new Date(`${date}T00:00:00Z`))
}

/** A period in words: P6W is "6 weken". Working days are named as such. */
export function showPeriod(period: string, workingDays: boolean, t: TFunction): string {
  const match = /^P(\d+)([DWMY])$/.exec(period)
  if (!match) return period
  const count = Number(match[1])
  if (workingDays) return t('period.working', { count })
  return t(`period.${match[2] as 'D' | 'W' | 'M' | 'Y'}`, { count })
}
