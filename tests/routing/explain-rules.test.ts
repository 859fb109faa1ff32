import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Organisation, Rule } from '../../src/knowledge/knowledge.ts'
import { organisationOf } from '../../src/knowledge/knowledge.ts'
import { anyHolds, holds, type Slots } from '../../src/knowledge/matches.ts'
import { type Case, slotValues, unknown } from '../../src/knowledge/vocabulary.ts'
import { decide, findRule, findSupplements, routingSlots } from '../../src/routing/decide.ts'
import { derive } from '../../src/routing/derive.ts'
import { explainRules } from '../../src/routing/explain-rules.ts'
import { parseCase } from '../../src/routing/parse-case.ts'
import { deLinde, plainRules, rule, supplement } from '../dialog/fictional.ts'
import { project, today } from '../real-project.ts'

const { knowledge } = project
const day = { date: today, holidays: knowledge.holidays }

type Told = Readonly<Record<string, string>>

function explained(organisation: Organisation, slots: Told) {
  return explainRules(organisation, derive({ slots, dates: {} }, organisation, day))
}

describe('at De Linde', () => {
  const linde = deLinde(plainRules, [supplement('danger', { safety: 'danger' })])

  test('tells the rule that won, its conditions with what the case has, and its sources', () => {
    const { winner } = explained(linde, { domain: 'wmo', wish: 'talk' })
    expect(winner).toEqual({
      id: 'talk',
      primary: 'functionaris',
      conditions: [{ slot: 'wish', values: ['talk'], not: false, has: 'talk' }],
      because: [{ document: 'klachtenregeling-de-linde', article: 'Artikel 1', kind: 'regulation' }],
    })
  })

  test('tells of the rules above it what one condition wanted and what the case has', () => {
    const { near } = explained(linde, { domain: 'wmo', wish: 'talk' })
    expect(near).toEqual([
      {
        id: 'employee',
        primary: 'functionaris',
        missing: [{ slot: 'staff', values: ['true'], not: false, has: 'false' }],
        takes: { staff: 'true' },
      },
      {
        id: 'youth',
        primary: 'commissie',
        missing: [{ slot: 'domain', values: ['jeugdwet'], not: false, has: 'wmo' }],
        takes: { domain: 'jeugdwet' },
      },
    ])
  })

  test('takes a talk inside as open while nobody asked', () => {
    const { winner, near } = explained(linde, { wish: 'complaint' })
    expect(winner).toMatchObject({ id: 'conversation', conditions: [] })
    expect(near.find(({ id }) => id === 'written')?.missing).toEqual([
      { slot: 'inside', values: ['closed'], not: false },
    ])
  })

  test('tells the supplements that hold', () => {
    const { supplements } = explained(linde, { safety: 'danger' })
    expect(supplements).toMatchObject([{ id: 'danger', conditions: [{ slot: 'safety', has: 'danger' }] }])
  })

  test('counts a rule that misses several answers as near only while none of them was given', () => {
    const late = rule('late-talk', { wish: 'talk', stage: 'decided' }, 'commissie')
    const patient = deLinde([late, rule('other', undefined, 'functionaris')])
    expect(explained(patient, {}).near).toMatchObject([
      { id: 'late-talk', missing: [{ slot: 'wish' }, { slot: 'stage' }] },
    ])
    expect(explained(patient, { wish: unknown }).near).toMatchObject([
      { missing: [{ has: unknown }, { slot: 'stage' }] },
    ])
    expect(explained(patient, { wish: 'complaint' }).near).toEqual([])
  })

  test('takes the alternative that misses least', () => {
    const either = rule('either', [{ wish: 'talk', stage: 'new' }, { domain: 'wmo' }], 'commissie')
    const linden = deLinde([either, rule('other', undefined, 'functionaris')])
    expect(explained(linden, {}).near).toMatchObject([{ missing: [{ slot: 'domain' }] }])
  })

  test('leaves out a rule that would not win with its one condition met either', () => {
    const shadowed = deLinde([
      rule('talk', { wish: 'talk' }, 'functionaris'),
      rule('talk-late', { wish: 'talk', stage: 'decided' }, 'commissie'),
      rule('other', undefined, 'gesprek'),
    ])
    expect(explained(shadowed, { stage: 'decided' }).near.map(({ id }) => id)).toEqual(['talk'])
  })

  test('names a value that passes a condition with "not"', () => {
    const notWorkplace = rule('care', { domain: { not: ['workplace', unknown] } }, 'commissie')
    const linden = deLinde([notWorkplace, rule('other', undefined, 'functionaris')])
    expect(explained(linden, { domain: 'workplace' }).near).toMatchObject([{ takes: { domain: 'jeugdwet' } }])
  })

  test('tells at most five near rules, those that miss least first, then in the order of the table', () => {
    const topics = ['privacy', 'money', 'waiting', 'damages', 'quality', 'bullying']
    const many = deLinde([
      rule('far', { topic: 'treatment', stage: 'new' }, 'commissie'),
      ...topics.map((topic) => rule(topic, { topic }, 'commissie')),
      rule('other', undefined, 'functionaris'),
    ])
    expect(explained(many, {}).near.map(({ id }) => id)).toEqual(topics.slice(0, 5))
    const few = deLinde([many.rules[0] as Rule, many.rules[1] as Rule, many.rules.at(-1) as Rule])
    expect(explained(few, {}).near.map(({ id }) => id)).toEqual(['privacy', 'far'])
  })

  test('fails, naming the mend, when no rule holds', () => {
    expect(() => explained(deLinde([rule('talk', { wish: 'talk' }, 'gesprek')]), {})).toThrow(
      /No rule of de-linde.*npm run knowledge/,
    )
  })
})

/** What holds of every explanation, of whatever case. */
function checkExplanation(given: Case): number {
  const organisation = organisationOf(knowledge, given.slots.organisation)
  const slots = routingSlots(given, organisation, day)
  const { winner, near, supplements } = explainRules(organisation, derive(given, organisation, day))
  const place = (id: string) => organisation.rules.findIndex((candidate) => candidate.id === id)
  const advice = decide(knowledge, given, today)
  expect({ id: winner.id, primary: winner.primary }).toEqual({ id: advice.rule, primary: advice.primary })
  expect(winner.conditions.every((condition) => holds(condition, slots))).toBe(true)
  expect(supplements.map(({ id }) => id)).toEqual(findSupplements(organisation, slots).map(({ id }) => id))
  expect(near.length).toBeLessThanOrEqual(5)
  expect(near).toEqual(near.toSorted(nearerThan(place)))
  for (const { id, missing, takes } of near) {
    const one = organisation.rules[place(id)] as Rule
    const changed: Slots = { ...slots, ...takes }
    expect(place(id)).toBeLessThan(place(winner.id))
    expect(missing.some((condition) => holds(condition, slots))).toBe(false)
    expect(Object.keys(takes)).toEqual(missing.map(({ slot }) => slot))
    expect(anyHolds(one.when, changed)).toBe(true)
    const then = place(findRule(organisation, changed)?.id ?? '')
    if (missing.length === 1) expect(then).toBe(place(id))
    else expect(then).toBeLessThanOrEqual(place(id))
  }
  return near.length
}

function nearerThan(place: (id: string) => number) {
  type Near = { readonly id: string; readonly missing: readonly unknown[] }
  return (a: Near, b: Near) => a.missing.length - b.missing.length || place(a.id) - place(b.id)
}

describe('at real organisations the winner is the rule that decides, and a near rule wins when its condition is met', () => {
  test('in every scenario', () => {
    const scenarios: Case[] = readFileSync(join(import.meta.dirname, 'scenarios.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const own = (organisation: Organisation) => organisation.questions
        const parsed = parseCase(JSON.parse(line).case, knowledge, own)
        if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
        return parsed.case
      })
    const near = scenarios.map(checkExplanation)
    expect(near.filter((count) => count > 0).length).toBeGreaterThan(scenarios.length / 2)
  })

  test('in any case', () => {
    const any = (values: readonly string[]) =>
      fc.option(fc.constantFrom(...values, unknown), { nil: undefined })
    const slots = fc.record({
      organisation: fc.constantFrom(...Object.keys(knowledge.organisations)),
      ...Object.fromEntries(Object.entries(slotValues).map(([slot, values]) => [slot, any(values)])),
    })
    fc.assert(
      fc.property(slots, (told) => {
        const known = Object.entries(told).filter(([, value]) => value !== undefined) as [string, string][]
        checkExplanation({ slots: Object.fromEntries(known), dates: {} })
      }),
      { numRuns: 1000 },
    )
  })
})
