import { describe, expect, test } from 'vitest'
import { showOpening } from '../../src/language/show-opening.ts'
import { createSpeech } from '../../src/language/texts.ts'
import { openingAt } from '../../src/routing/opening-at.ts'
import { loadTexts } from '../../src/wiring/load-texts.ts'
import { project, root } from '../real-project.ts'

const { holidays } = project.knowledge

const closed = { state: 'closed' }

/** 2026-11-23 is a Monday. */
const at = (hours: string, date: string, time: string) => openingAt(hours, { date, time }, holidays)

describe('whether somebody can be reached now', () => {
  test.each([
    ['in the middle of the day', '2026-11-23', '14:05', { state: 'open', until: '17:00' }],
    ['at the minute of opening', '2026-11-23', '09:00', { state: 'open', until: '17:00' }],
    ['at the minute of closing', '2026-11-23', '17:00', closedUntil('2026-11-24', '09:00')],
    ['before it opens', '2026-11-23', '08:59', closedUntil('2026-11-23', '09:00')],
    ['on Friday evening', '2026-11-27', '18:00', closedUntil('2026-11-30', '09:00')],
    ['on Sunday', '2026-11-22', '12:00', closedUntil('2026-11-23', '09:00')],
    ['on the evening before Christmas, of which the hours say nothing', '2026-12-24', '18:00', closed],
    ['in the weekend before a Monday that is a holiday', '2026-04-25', '10:00', closed],
    ['in the morning before a holiday', '2026-12-24', '08:00', closedUntil('2026-12-24', '09:00')],
    ['on Koningsdag, of which the hours say nothing', '2026-04-27', '12:00', { state: 'holiday' }],
    ['on Easter Monday', '2026-04-06', '12:00', { state: 'holiday' }],
  ])('%s', (_, date, time, opening) => {
    expect(at('Mo-Fr 09:00-17:00', date, time)).toEqual(opening)
  })

  test.each([
    [
      'other hours on Friday',
      'Mo-Th 16:00-20:00; Fr 15:00-17:00',
      '2026-11-27',
      '15:30',
      { state: 'open', until: '17:00' },
    ],
    [
      'a pause at noon',
      'Mo-Fr 09:00-12:00; Mo-Fr 13:00-17:00',
      '2026-11-23',
      '12:30',
      closedUntil('2026-11-23', '13:00'),
    ],
    [
      'stretches that touch',
      'Mo-Fr 12:00-17:00; Mo-Fr 09:00-12:00',
      '2026-11-23',
      '10:00',
      { state: 'open', until: '17:00' },
    ],
    ['days over the weekend', 'Fr-Mo 09:00-17:00', '2026-11-22', '10:00', { state: 'open', until: '17:00' }],
    ['one day a week', 'We 10:00-11:00', '2026-11-25', '11:00', closed],
    [
      'a holiday on a day without hours',
      'Mo-We 09:00-17:00',
      '2026-12-23',
      '18:00',
      closedUntil('2026-12-28', '09:00'),
    ],
  ])('with %s', (_, hours, date, time, opening) => {
    expect(at(hours, date, time)).toEqual(opening)
  })

  test('of hours without days is known outside of them only', () => {
    expect(at('09:00-12:00', '2026-11-23', '08:00')).toEqual({ state: 'closed' })
    expect(at('09:00-12:00', '2026-11-23', '12:00')).toEqual({ state: 'closed' })
  })

  test.each(['24/7', '09:00-12:00', 'Mo-Fr 22:00-06:00', 'Mo[1] 09:00-12:00', 'Mo 99:99-99:99', ''])(
    'is not said of "%s"',
    (hours) => {
      expect(at(hours, '2026-11-23', '10:00')).toBeUndefined()
    },
  )
})

test('a client is told no more than that it is closed now, where nobody knows when it opens', () => {
  const t = createSpeech(loadTexts(root).texts).of('nl')
  const say = (date: string) => showOpening('Mo-Fr 09:00-17:00', { date, time: '18:00' }, holidays, t)
  expect(say('2026-12-24')).toBe('nu dicht')
  expect(say('2026-12-23')).toBe('nu dicht, morgen open om 9.00 uur')
})

function closedUntil(date: string, time: string) {
  return { state: 'closed', opens: { date, time } }
}
