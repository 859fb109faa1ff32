import { describe, expect, test } from 'vitest'
import { type Organisation, organisationOf, type Supplement } from '../../src/knowledge/knowledge.ts'
import { compileTable } from '../../src/routing/decision-table.ts'
import { project } from '../real-project.ts'

const pluspunt = organisationOf(project.knowledge, 'pluspunt')
const bodies = Object.values(pluspunt.bodies)
const [supplement] = pluspunt.supplements as [Supplement]

/** Tests of one slot that name so many values. */
const naming = (slot: string, count: number) => ({
  slot,
  values: Array.from({ length: count }, (_, at) => `value-${at}`),
  not: false,
})

/** Pluspunt, of which the first body serves only a few. */
const serving = (...serves: readonly ReturnType<typeof naming>[]): Organisation => ({
  ...pluspunt,
  bodies: Object.fromEntries(bodies.map((body, at) => [body.id, at === 0 ? { ...body, serves } : body])),
})

const supplemented = (count: number): Organisation => ({
  ...pluspunt,
  supplements: Array.from({ length: count }, (_, at) => ({ ...supplement, id: `supplement-${at}` })),
})

describe('a decision table that fits in numbers', () => {
  test.each([
    ['as it is', pluspunt],
    ['with 29 values of a slot', serving(naming('colour', 29))],
    ['with 30 supplements', supplemented(30)],
  ])('is made: %s', (_, organisation) => {
    expect(compileTable(organisation).rules).toHaveLength(pluspunt.rules.length)
  })
})

describe('a decision table that does not fit in numbers is refused', () => {
  test.each([
    ['with 30 values of a slot', serving(naming('colour', 30)), /29 values of colour/],
    ['with 31 supplements', supplemented(31), /pluspunt has more than 30 supplements/],
    [
      'with more cases than a number can count',
      serving(...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((slot) => naming(slot, 29))),
      /rules of pluspunt distinguish more cases/,
    ],
  ])('%s', (_, organisation, message) => {
    expect(() => compileTable(organisation)).toThrow(RangeError)
    expect(() => compileTable(organisation)).toThrow(message)
  })
})
