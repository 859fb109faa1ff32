import type { Test, When } from './knowledge.ts'
import { unknown } from './vocabulary.ts'

/** The slots of a case with what follows from them. An absent slot counts as `unknown`. */
export type Slots = Readonly<Record<string, string | undefined>>

/** Whether a test holds. `unknown` only meets a test that names it, or one with `not`. */
export function holds(test: Test, slots: Slots): boolean {
  const value = slots[test.slot] ?? unknown
  const { values, not } = test
  return (values.length === 1 ? values[0] === value : values.includes(value)) !== not
}

/** Whether all tests hold; no tests always hold. */
export function allHold(tests: readonly Test[], slots: Slots): boolean {
  for (const test of tests) if (!holds(test, slots)) return false
  return true
}

/** Whether one of the alternatives holds. */
export function anyHolds(when: When, slots: Slots): boolean {
  for (const tests of when) if (allHold(tests, slots)) return true
  return false
}

/** Whether the tests shut this client out for certain: a slot that is unknown shuts nobody out. */
export function excludes(tests: readonly Test[], slots: Slots): boolean {
  for (const test of tests) {
    if ((slots[test.slot] ?? unknown) !== unknown && !holds(test, slots)) return true
  }
  return false
}
