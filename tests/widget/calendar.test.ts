import { describe, expect, test } from 'vitest'
import { toCalendar } from '../../src/widget/calendar.ts'

const stamp = '20261122T101500Z'
const one = (label: string) => toCalendar([{ date: '2026-12-31', label }], stamp, 'x')

describe('a calendar file', () => {
  test('has whole days, each with an id and the moment of making', () => {
    expect(one('Antwoord').split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Klachtwijzer//Chat//NL',
      'CALSCALE:GREGORIAN',
      'BEGIN:VEVENT',
      'UID:x-0-2026-12-31@klachtwijzer',
      'DTSTAMP:20261122T101500Z',
      'DTSTART;VALUE=DATE:20261231',
      'DTEND;VALUE=DATE:20270101',
      'SUMMARY:Antwoord',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })

  test('says commas, semicolons, backslashes and new lines as text', () => {
    expect(one('a, b; c\\d\ne')).toContain('SUMMARY:a\\, b\\; c\\\\d\\ne\r\n')
  })

  test.each([
    'Naar de commissie kun je tot twaalf maanden na de dag dat je de klacht indiende, en langer niet',
    'يمكنك تقديم الشكوى خلال ستة أسابيع من اليوم الذي حدث فيه ذلك، وليس بعد ذلك التاريخ أبدا',
    '👩‍⚖️'.repeat(30),
  ])('has no line of more than 75 bytes, and cuts no letter: %s', (label) => {
    const text = one(label)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(text).not.toContain('\uFFFD')
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${label.replaceAll(',', '\\,')}\r\n`)
  })
})
