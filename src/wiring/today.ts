/** The day it is in the Netherlands, as an ISO date. */
export function todayInTheNetherlands(now: Date = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(now)
}
