import type { LocalTime } from '../routing/opening-at.ts'

/** The day it is in the Netherlands, as an ISO date. */
export function todayInTheNetherlands(now: Date = new Date()): string {
  return localTime(now).date
}

/** A moment on the clocks of the Netherlands. */
export function localTime(now: Date): LocalTime {
  const minute = Math.floor(now.getTime() / 60_000)
  if (last?.minute !== minute) last = { minute, shown: read(now) }
  return last.shown
}

/** Reading a clock of a time zone is slow beside a whole turn, and most turns of a minute ask for the same one. */
let last: { readonly minute: number; readonly shown: LocalTime } | undefined

function read(now: Date): LocalTime {
  // The Swedish way of writing is the ISO one: `2026-11-22 14:05`.
  clock ??= new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Amsterdam',
    dateStyle: 'short',
    timeStyle: 'short',
  })
  const [date = '', time = ''] = clock.format(now).split(' ')
  return { date, time }
}

let clock: Intl.DateTimeFormat | undefined
