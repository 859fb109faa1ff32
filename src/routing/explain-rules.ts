import type { Citation, Organisation, Rule, Test, When } from '../knowledge/knowledge.ts'
import { allHold, anyHolds, holds, type Slots } from '../knowledge/matches.ts'
import { allowedValues, unknown } from '../knowledge/vocabulary.ts'
import { findRule, findSupplements } from './decide.ts'
import { assumeInsideOpen } from './derive.ts'

/** A test of a rule with what the case has there; `has` is absent where nothing was asked, told or derived. */
type TestedCondition = Test & { readonly has?: string }

/** A rule or supplement that holds: the conditions of the alternative by which it does, and its sources. */
type HeldRule = {
  readonly id: string
  readonly conditions: readonly TestedCondition[]
  readonly because: readonly Citation[]
}

/** A rule above the winner that nearly held. */
type NearRule = {
  readonly id: string
  readonly primary: string
  /** What kept it from holding: one condition, or several that all wait for what the client has not told. */
  readonly missing: readonly TestedCondition[]
  /**
   * Values for the missing slots. With one missing slot this rule then wins; with several it holds, so that it wins, or
   * a rule above it does.
   */
  readonly takes: Readonly<Record<string, string>>
}

/** Why the rules decide as they do for a case. Ids only. */
export type RuleExplanation = {
  /** The rule that decides: the same as `decide` gives. */
  readonly winner: HeldRule & { readonly primary: string }
  /** At most five, the nearest first and then in the order of the table. */
  readonly near: readonly NearRule[]
  /** What is added to the advice, of law and of the organisation. */
  readonly supplements: readonly HeldRule[]
}

const mostNear = 5

/**
 * Explains which rule of an organisation wins, by which conditions, and which rules above it came close. A rule below
 * the winner is never near: whatever the client adds, the winner goes before it.
 *
 * @param known the outcome of `derive`; an absent `inside` counts as open, as in `decide`
 * @throws Error when no rule holds; the proof keeps that from happening with checked knowledge
 */
export function explainRules(organisation: Organisation, known: Slots): RuleExplanation {
  const slots = assumeInsideOpen(known)
  const rule = findRule(organisation, slots)
  if (!rule) throw new Error(`No rule of ${organisation.id} holds for this case; run "npm run knowledge".`)
  const heldOf = (held: { readonly id: string; readonly when: When; readonly because: Rule['because'] }) => ({
    id: held.id,
    conditions: withValues(held.when.find((tests) => allHold(tests, slots)) ?? [], known),
    because: held.because,
  })
  const above = organisation.rules.slice(0, organisation.rules.indexOf(rule))
  return {
    winner: { ...heldOf(rule), primary: rule.advise.primary },
    near: above
      .flatMap((candidate) => nearRule(organisation, candidate, known) ?? [])
      .toSorted((a, b) => a.missing.length - b.missing.length)
      .slice(0, mostNear),
    supplements: findSupplements(organisation, slots).map(heldOf),
  }
}

/** How a rule that does not hold came close, by the alternative that misses least; undefined when it did not. */
function nearRule(organisation: Organisation, rule: Rule, known: Slots): NearRule | undefined {
  const slots = assumeInsideOpen(known)
  let nearest: NearRule | undefined
  for (const tests of rule.when) {
    const missing = tests.filter((test) => !holds(test, slots))
    if (nearest && missing.length >= nearest.missing.length) continue
    const takes = takesOf(organisation, rule, missing, known)
    if (takes)
      nearest = { id: rule.id, primary: rule.advise.primary, missing: withValues(missing, known), takes }
  }
  return nearest
}

/** Values with which the missing tests hold; undefined when that takes more than the case leaves open. */
function takesOf(
  organisation: Organisation,
  rule: Rule,
  missing: readonly Test[],
  known: Slots,
): Readonly<Record<string, string>> | undefined {
  const slots = assumeInsideOpen(known)
  const [only] = missing
  if (missing.length === 1 && only) {
    const value = valuesFor(organisation, only).find(
      (candidate) => findRule(organisation, { ...slots, [only.slot]: candidate }) === rule,
    )
    return value === undefined ? undefined : { [only.slot]: value }
  }
  if (missing.some(({ slot }) => (known[slot] ?? unknown) !== unknown)) return undefined
  const first = missing.map((test) => [test.slot, valuesFor(organisation, test)[0] ?? unknown] as const)
  const takes = Object.fromEntries(first)
  return anyHolds(rule.when, { ...slots, ...takes }) ? takes : undefined
}

/** The values that pass a test; for one with `not` those of the vocabulary and of the rules, `unknown` last. */
function valuesFor(organisation: Organisation, test: Test): readonly string[] {
  if (!test.not) return test.values
  const named = organisation.rules
    .flatMap(({ when }) => when.flat())
    .flatMap(({ slot, values }) => (slot === test.slot ? values : []))
  const all = [...new Set([...(allowedValues(test.slot) ?? []), ...named])].filter(
    (value) => value !== unknown,
  )
  return [...all, unknown].filter((value) => !test.values.includes(value))
}

function withValues(tests: readonly Test[], known: Slots): readonly TestedCondition[] {
  return tests.map((test) => {
    const has = known[test.slot]
    return has === undefined ? test : { ...test, has }
  })
}
