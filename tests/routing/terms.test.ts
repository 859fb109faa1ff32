import { describe, expect, test } from 'vitest'
import { organisationOf, type RegulationTerm } from '../../src/knowledge/knowledge.ts'
import type { Slots } from '../../src/knowledge/matches.ts'
import { endOfTerm } from '../../src/routing/calendar.ts'
import { decide } from '../../src/routing/decide.ts'
import { clientTerms, decidingTerms } from '../../src/routing/terms-of.ts'
import { project, today } from '../real-project.ts'

const { holidays } = project.knowledge

describe('a term ends on its last day', () => {
  test.each([
    ['six weeks', '2026-11-03', 'P6W', false, '2026-12-15'],
    ['twelve months', '2025-11-30', 'P12M', false, '2026-11-30'],
    [
      'three months from the last of November end on the last of February',
      '2025-11-30',
      'P3M',
      false,
      '2026-02-28',
    ],
    ['three working days over a weekend', '2026-11-19', 'P3D', true, '2026-11-24'],
    ['six working days over Christmas', '2026-12-22', 'P6D', true, '2026-12-31'],
    [
      'working days over Easter: Good Friday and Easter Monday do not count',
      '2026-04-01',
      'P3D',
      true,
      '2026-04-08',
    ],
    [
      'working days over King’s Day on 26 April when the 27th is a Sunday',
      '2025-04-25',
      'P1D',
      true,
      '2025-04-28',
    ],
    ['working days over Ascension Day', '2026-05-13', 'P1D', true, '2026-05-15'],
    ['working days over Liberation Day', '2026-05-04', 'P1D', true, '2026-05-06'],
    ['working days over Whit Monday', '2026-05-22', 'P1D', true, '2026-05-26'],
    ['working days over New Year', '2026-12-31', 'P1D', true, '2027-01-04'],
  ])('%s', (_, from, period, workingDays, end) => {
    expect(endOfTerm(from, period, workingDays, holidays)).toBe(end)
  })
})

const lodged = (date: string) => ({
  slots: { organisation: 'pluspunt', role: 'client', domain: 'wmo', wish: 'complaint', stage: 'lodged' },
  dates: { lodged: date },
})

test('who lodged on 3 November hears before 15 December', () => {
  const advice = decide(project.knowledge, lodged('2026-11-03'), today)
  const term = advice.terms.find(({ id }) => id === 'handling')
  expect(term).toMatchObject({ due: '2026-12-15', passed: false })
  expect(advice.primary).toBe('pluspunt-coordinator')
})

test('the last day of an extension is told beside the term itself', () => {
  const advice = decide(project.knowledge, lodged('2026-10-01'), today)
  expect(advice.terms.find(({ id }) => id === 'handling')).toMatchObject({
    due: '2026-11-12',
    passed: true,
    extended: '2026-12-10',
  })
})

test('on the last day itself the term has not passed, the day after it has, and the advice changes', () => {
  const onTheDay = decide(project.knowledge, lodged('2026-10-11'), today)
  const dayAfter = decide(project.knowledge, lodged('2026-10-10'), today)
  expect(onTheDay.rule).not.toBe('overdue')
  expect(dayAfter.rule).toBe('overdue')
  expect(onTheDay.honestBecause).not.toContain('overdue')
  expect(dayAfter.honestBecause).toContain('overdue')
  expect(dayAfter.honestBecause).not.toContain('late')
})

test('a term of which the document does not say whether it counts working days gets no date', () => {
  const slots = { organisation: 'pluzorg', role: 'client', domain: 'wmo', wish: 'complaint', stage: 'lodged' }
  const advice = decide(project.knowledge, { slots, dates: { lodged: '2026-11-20' } }, today)
  expect(advice.terms.find(({ id }) => id === 'receipt')).not.toHaveProperty('due')
  expect(advice.terms.find(({ id }) => id === 'handling')).toMatchObject({ due: '2026-12-18' })
})

test('a deadline that has passed is told with "ask anyway", and nobody is turned away', () => {
  const slots = { organisation: 'wonenplus', role: 'bereaved', wish: 'complaint', stage: 'new' }
  const advice = decide(project.knowledge, { slots, dates: { died: '2026-05-01' } }, today)
  expect(advice.primary).toBe('wonenplus-klachtenfunctionaris-clienten')
  expect(advice.notes).toContain('ask-anyway')
  expect(advice.terms.find(({ id }) => id === 'bereaved')).toMatchObject({ due: '2026-08-01', passed: true })
  expect(advice.honestBecause).toContain('late')
  expect(advice.honestBecause).not.toContain('overdue')
})

test('a complaint that is decided is not overdue, however long ago it was lodged', () => {
  const given = { slots: { ...lodged('').slots, stage: 'decided' }, dates: { lodged: '2026-01-05' } }
  const advice = decide(project.knowledge, given, today)
  expect(advice.rule).not.toBe('overdue')
  expect(advice.honestBecause).not.toContain('overdue')
})

test('who says without a date that they wait too long has a complaint that is overdue', () => {
  const given = { slots: { ...lodged('').slots, overdue: 'true' }, dates: {} }
  expect(decide(project.knowledge, given, today).honestBecause).toContain('overdue')
})

describe('the terms that count', () => {
  const termsOf = (id: string) => {
    const organisation = organisationOf(project.knowledge, id)
    const ids = (terms: readonly { id: string }[]) => terms.map((term) => term.id)
    return (slots: Slots) => ({
      client: ids(clientTerms(organisation, slots)),
      deciding: ids(decidingTerms(organisation, slots)),
    })
  }

  test('for the client are those of people like them', () => {
    const terms = termsOf('wonenplus')
    expect(terms({ role: 'bereaved' }).client).toEqual(['bereaved'])
    expect(terms({ role: 'client' }).client).toEqual([])
  })

  test('for the organisation are those within which it decides', () => {
    expect(termsOf('pluspunt')({}).deciding).toEqual(['handling'])
    expect(termsOf('pluzorg')({}).deciding).toEqual(['handling'])
  })

  test('never are those of which the document does not say when they begin, or which days count', () => {
    const all = Object.values(project.knowledge.organisations)
    const term = all
      .flatMap((organisation) => organisation.terms)
      .find((each) => each.decides) as RegulationTerm
    const organisation = {
      ...organisationOf(project.knowledge, 'pluspunt'),
      terms: [
        { ...term, id: 'after-the-talk', from: 'talk' as const },
        { ...term, id: 'not-stated', from: 'not-stated' as const },
        { ...term, id: 'which-days', workingDays: 'not-stated' as const },
        { ...term, id: 'sound', from: 'lodged' as const },
      ],
    }
    expect(decidingTerms(organisation, {}).map(({ id }) => id)).toEqual(['sound'])
  })
})
