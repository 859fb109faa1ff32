import { describe, expect, it, test } from 'vitest'
import { citationOf } from '../../src/knowledge/compile-conditions.ts'
import { exampleOf, formats } from '../../src/knowledge/formats.ts'
import { parseHours } from '../../src/knowledge/parse-hours.ts'
import { showHours } from '../../src/language/show-hours.ts'
import { createSpeech } from '../../src/language/texts.ts'
import { loadTexts } from '../../src/wiring/load-texts.ts'
import { root } from '../real-project.ts'

const t = createSpeech(loadTexts(root).texts).of('nl')

describe('opening hours', () => {
  it.each([
    'Mo-Fr 09:00-17:00; Fr 15:00-17:00',
    'Mo-Th 16:00-20:00;Fr 15:00-17:00',
    '09:00-12:00',
    '24/7',
    'We 08:30-24:00',
    'Mo-Su 00:00-24:00',
  ])('%s can be written, and said', (hours) => {
    expect(hours).toMatch(formats.hours.pattern)
    expect(parseHours(hours)).toBeDefined()
    expect(showHours(hours, t)).not.toBe('')
  })

  it.each([
    'Ma-Do 09:00-17:00',
    'Mo-Fr 9:00-17:00',
    'Mo-Fr 09:00-25:00',
    'Mo-Fr',
    '24/7; 09:00-12:00',
    'Mo,We 09:00-12:00',
    '',
    'Mo 24:30-24:59',
    'Mo 09:00-24:01',
    'Mo 24:00-24:00',
    '99:99-99:99',
    'Mo 09:60-10:00',
    'Mo-Fr 09:00-17:00;  Sa 09:00-12:00',
    'Mo-Fr 09:00-17:00\n',
  ])('"%s" can neither be written nor said', (hours) => {
    expect(hours).not.toMatch(formats.hours.pattern)
    expect(parseHours(hours)).toBeUndefined()
    expect(showHours(hours, t)).toBe('')
  })
})

test.each(Object.entries(formats))('the example of %s is of that format', (_, { pattern, example }) => {
  expect(example).toMatch(pattern)
  expect(exampleOf(String(pattern))).toBe(example)
})

test('a statement is cited without who made it', () => {
  const statement = { who: 'A. Jansen', function: 'directeur', date: '2026-02-01' }
  expect(citationOf({ statement }, 'regeling')).toEqual({
    document: 'statement',
    article: '2026-02-01',
    kind: 'statement',
  })
})
