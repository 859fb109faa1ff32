import type { LocalTime } from '../routing/opening-at.ts'

/** The day it is in the Netherlands, as an ISO date. */
export function todayInTheNetherlands(now: Date = new Date()): string {
  return localTime(now).date
}

/** A moment on the clocks of the Netherlands. */
export function localTime(now: Date): LocalTime {
  const [date = '', time = ''] = clock.format(now).split(' ')
  return { date, time }
}

/** The Swedish way of writing is the ISO one: `2026-11-22 14:05`. */
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  dateStyle: 'short',
  timeStyle: 'short',
})
