/** One day to put in a calendar. @see RFC 5545 */
export type CalendarDay = {
  /** ISO date. */
  readonly date: string
  readonly label: string
}

/**
 * Whole days as a file that calendars read (RFC 5545). @param stamp when it is made, such as `20261122T101500Z`
 * @param origin makes the ids of the days unique, such as the code of the advice
 */
export function toCalendar(days: readonly CalendarDay[], stamp: string, origin: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Klachtwijzer//Chat//NL',
    'CALSCALE:GREGORIAN',
    ...days.flatMap(({ date, label }, at) => [
      'BEGIN:VEVENT',
      `UID:${origin}-${at}-${date}@klachtwijzer`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${date.replace(/-/g, '')}`,
      `DTEND;VALUE=DATE:${dayAfter(date)}`,
      `SUMMARY:${toText(label)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

function dayAfter(date: string): string {
  const next = new Date(`${date}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10).replace(/-/g, '')
}

function toText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n')
}

/** A line has 75 bytes at most; it goes on after a space. A letter is never cut in two. */
function fold(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let size = 0
  for (const letter of line) {
    const bytes = new TextEncoder().encode(letter).length
    if (size + bytes > 75) {
      pieces.push(piece)
      piece = ''
      // The space at the begin of the next line counts.
      size = 1
    }
    piece += letter
    size += bytes
  }
  return [...pieces, piece].join('\r\n ')
}
