import { describe, expect, test } from 'vitest'
import { showHours } from '../../src/language/show-hours.ts'
import { showPhone } from '../../src/language/show-phone.ts'
import { speak } from '../../src/language/speak.ts'
import { createSpeech } from '../../src/language/texts.ts'
import { decide } from '../../src/routing/decide.ts'
import { exampleCase } from '../../src/routing/prove.ts'
import { project, today } from '../real-project.ts'
import { guide, texts } from '../real-world.ts'

const speech = createSpeech(texts.texts)

describe('a telephone number is shown as Dutch people write it', () => {
  test.each([
    ['+31885551000', '088 555 1000'],
    ['+31228322205', '0228 32 2205'],
    ['+31798887770', '079 888 7770'],
    ['+31615566929', '06 1556 6929'],
    ['+318000113', '0800-0113'],
    ['+319008844', '0900-8844'],
    ['112', '112'],
  ])('%s', (stored, shown) => {
    expect(showPhone(stored)).toBe(shown)
  })
})

describe('opening hours in words', () => {
  const t = speech.of('nl')
  test.each([
    ['Mo-Fr 09:00-17:00', 'maandag tot en met vrijdag van 9.00 tot 17.00 uur'],
    [
      'Mo-Th 16:00-20:00; Fr 15:00-17:00',
      'maandag tot en met donderdag van 16.00 tot 20.00 uur, vrijdag van 15.00 tot 17.00 uur',
    ],
    ['09:00-12:00', 'van 9.00 tot 12.00 uur'],
    ['24/7', 'dag en nacht'],
    ['Mo[1] 10:00-12:00', ''],
  ])('%s', (hours, shown) => {
    expect(showHours(hours, t)).toBe(shown)
  })
})

const all = Object.values(project.knowledge.organisations).flatMap((organisation) =>
  organisation.rules.flatMap((rule) =>
    rule.examples.map((example) => ({
      name: `${organisation.id} / ${rule.id}: ${example.say}`,
      organisation,
      example,
    })),
  ),
)

describe.each(['nl', 'en'])('the advice for every example is spoken whole in %s', (locale) => {
  test.each(all)('$name', ({ organisation, example }) => {
    const advice = decide(project.knowledge, exampleCase(organisation, example.case), today)
    const { text } = speak(
      { kind: 'advice', organisation: organisation.id, staff: false, advice, options: [] },
      { locale, knowledge: project.knowledge, speech, now: { date: today, time: '14:05' } },
    )
    expect(text).not.toMatch(/\{\{|undefined|\[object|\b(question|note|contact|term|kind)\.\w/)
    expect(text).toContain(advice.receipt)
    expect(text).toMatch(/\d{3}|@|\.nl/)
  })
})

test('a number, an address or a mail that is corrupt in the document is never shown', () => {
  const shown = all.map(({ organisation, example }) => {
    const advice = decide(project.knowledge, exampleCase(organisation, example.case), today)
    return speak(
      { kind: 'advice', organisation: organisation.id, staff: false, advice, options: [] },
      { locale: 'nl', knowledge: project.knowledge, speech, now: { date: today, time: '14:05' } },
    ).text
  })
  expect(shown.join('\n')).not.toMatch(/pluspuntr|0900-0113|0900-0767/)
})

test('names of private persons in a regulation are never shown', () => {
  const shown = JSON.stringify(
    all.map(({ organisation, example }) =>
      decide(project.knowledge, exampleCase(organisation, example.case), today),
    ),
  )
  for (const person of ['Jongert,', 'Siewers', 'Bronsema', 'Gelden', 'Braeken', 'Linssen'])
    expect(shown).not.toContain(person)
})

test('the first line says that this is a computer, what it can do, and how to reach a person', () => {
  const { replies } = guide.turn(undefined, { kind: 'start' }, new Date('2026-11-22T12:00:00Z'))
  expect(replies[0]?.text).toMatch(/computer/)
  expect(replies[0]?.text).toMatch(/Bel .*\d{3}/)
})

test('an apology has a next step and a telephone number, whatever the state', () => {
  for (const state of [
    undefined,
    null,
    'x',
    { version: 1 },
    guide.turn(undefined, { kind: 'start' }, new Date()).state,
  ]) {
    expect(guide.apology(state).text).toMatch(/\d{3} \d{3}/)
  }
})
