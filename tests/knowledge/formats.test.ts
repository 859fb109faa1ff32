import { describe, expect, it, test } from 'vitest'
import { citationOf } from '../../src/knowledge/compile-conditions.ts'
import { exampleOf, formats } from '../../src/knowledge/formats.ts'
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
  ])('%s can be written, and said', (hours) => {
    expect(hours).toMatch(formats.hours.pattern)
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
  ])('%s cannot be written', (hours) => {
    expect(hours).not.toMatch(formats.hours.pattern)
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
