import { bodyOf } from '../knowledge/body-of.ts'
import type { Finding } from '../knowledge/finding.ts'
import type { Knowledge, Organisation, Rule, Test } from '../knowledge/knowledge.ts'
import { anyHolds, excludes, holds, type Slots } from '../knowledge/matches.ts'
import { allowedValues, type Case, unknown, unsafeTopics } from '../knowledge/vocabulary.ts'
import type { Advice } from './advice.ts'
import { isUsable } from './contacts-of.ts'
import { decide, routingSlots } from './decide.ts'

/** How many classes of cases are settled by whom: the regulation, the law or a national body, or neither. */
export type Shares = { readonly regulation: number; readonly law: number; readonly neither: number }

/** The outcome of the proof of one organisation. */
export type Proof = {
  readonly findings: readonly Finding[]
  /** How many classes of cases were tried. */
  readonly classes: number
  readonly shares: Shares
}

/** Where a field of the organisation's file stands; line 1 where nobody knows. */
export type PlaceOf = (field: readonly PropertyKey[]) => { readonly file: string; readonly line: number }

/**
 * Proves the decision table of one organisation over every class of cases that its rules distinguish (design,
 * "Knowledge"): each class hits a rule, each rule is hit, no advice sends anybody to a body that excludes them or to a
 * talk inside when that is closed, and every advice holds a way to reach somebody. The examples beside the rules run
 * too.
 */
export function prove(
  knowledge: Knowledge,
  organisation: Organisation,
  today: string,
  placeOf: PlaceOf,
): Proof {
  const findings: Finding[] = []
  const reported = new Set<string>()
  const report = (code: string, field: readonly PropertyKey[], params: Record<string, string>): void => {
    const key = `${code} ${field.join('.')}`
    if (reported.has(key)) return
    reported.add(key)
    findings.push({ severity: 'error', code, ...placeOf(field), field: field.map(String).join('.'), params })
  }
  const counts = { regulation: 0, law: 0, neither: 0 }
  const used = new Set<string>()
  let classes = 0
  for (const given of classesOf(organisation)) {
    const slots = routingSlots(given, organisation, { date: today, holidays: knowledge.holidays })
    if (slots.role === 'parent' && slots.minor === 'false') continue
    classes += 1
    const at = organisation.rules.findIndex((rule) => anyHolds(rule.when, slots))
    const rule = organisation.rules[at]
    if (!rule) {
      report('no-rule-holds', ['rules'], { case: describe(given) })
      continue
    }
    used.add(rule.id)
    const advice = decide(knowledge, given, today)
    counts[settledBy(rule, advice, organisation)] += 1
    for (const fault of faultsOf(advice, organisation, slots)) {
      report(fault, ['rules', at, 'advise', 'primary'], {
        rule: rule.id,
        case: describe(given),
        body: advice.primary,
      })
    }
  }
  organisation.rules.forEach((rule, at) => {
    if (!used.has(rule.id)) report('rule-never-used', ['rules', at], { rule: rule.id })
    const unconditional = rule.when.some((tests) => tests.length === 0)
    const isLast = at === organisation.rules.length - 1
    const nationalSource = rule.because.some(
      (citation) => citation.kind === 'law' || citation.kind === 'site',
    )
    if (unconditional && !(isLast && rule.honest && nationalSource)) {
      report('rule-without-conditions', ['rules', at], { rule: rule.id })
    }
    rule.examples.forEach((example, index) => {
      const advice = decideOrNothing(knowledge, exampleCase(organisation, example.case), today)
      if (advice?.rule !== rule.id || advice.primary !== example.to) {
        const params = {
          rule: rule.id,
          body: example.to,
          other: advice ? `${advice.rule} (${advice.primary})` : '-',
        }
        report('example-goes-elsewhere', ['rules', at, 'examples', index], params)
      }
    })
  })
  const total = Math.max(1, classes)
  const shares = {
    regulation: counts.regulation / total,
    law: counts.law / total,
    neither: counts.neither / total,
  }
  return { findings, classes, shares }
}

/** The case of an example beside a rule. */
export function exampleCase(organisation: Organisation, told: Readonly<Record<string, unknown>>): Case {
  const { dates, ...slots } = told
  const texts = Object.entries(slots).map(([slot, value]) => [slot, String(value)] as const)
  return {
    slots: { organisation: organisation.id, ...Object.fromEntries(texts) },
    dates: (dates ?? {}) as Case['dates'],
  }
}

function decideOrNothing(knowledge: Knowledge, given: Case, today: string): Advice | undefined {
  try {
    return decide(knowledge, given, today)
  } catch {
    return undefined
  }
}

function faultsOf(advice: Advice, organisation: Organisation, slots: Slots): readonly string[] {
  const primary = bodyOf(organisation, advice.primary)
  const faults: string[] = []
  if (excludes(primary.serves, slots) || !primary.approachable) faults.push('advice-excluded-body')
  if (slots.inside === 'closed' && primary.kind === 'conversation-inside')
    faults.push('advice-inside-when-closed')
  const route = [advice.primary, ...advice.or, ...advice.then, ...advice.beside]
  if (!route.some((id) => (advice.contacts[id] ?? []).some(isUsable))) faults.push('advice-without-contact')
  return faults
}

function settledBy(rule: Rule, advice: Advice, organisation: Organisation): keyof Shares {
  const kinds = rule.because.map((citation) => citation.kind)
  if (kinds.includes('regulation') && !rule.honest) return 'regulation'
  const byLaw = kinds.includes('law') || kinds.includes('site') || advice.honestBecause.includes('law')
  const national = bodyOf(organisation, advice.primary).origin === 'national'
  return byLaw || national ? 'law' : 'neither'
}

/**
 * Every class of cases: the rules are read in order, and a slot is split into groups of equal values only where a rule
 * that may still hold tests it. Role, domain and `direct` are always split: they decide whom a body may serve.
 */
function* classesOf(organisation: Organisation): Generator<Case> {
  const tests = testsOf(organisation)
  const values = new Map<string, readonly string[]>()
  const valuesOf = (slot: string): readonly string[] => {
    const known = values.get(slot) ?? representatives(slot, tests)
    values.set(slot, known)
    return known
  }
  function* split(chosen: Readonly<Record<string, string>>): Generator<Case> {
    const slot = nextSlot(organisation, chosen)
    if (slot === undefined) {
      yield { slots: chosen, dates: {} }
      return
    }
    for (const value of valuesOf(slot)) yield* split({ ...chosen, [slot]: value })
  }
  yield* split({ organisation: organisation.id })
}

/** The first slot that has to be known to tell which rule holds and whom its bodies serve. */
function nextSlot(organisation: Organisation, chosen: Readonly<Record<string, string>>): string | undefined {
  const basic = ['role', 'domain', 'direct'].find((slot) => chosen[slot] === undefined)
  if (basic) return basic
  const slots = routingSlots({ slots: chosen, dates: {} }, organisation, { date: '2000-01-01', holidays: [] })
  for (const rule of organisation.rules) {
    for (const tests of rule.when) {
      if (tests.some((test) => isSettled(test.slot, slots) && !holds(test, slots))) continue
      const open = tests.find((test) => !isSettled(test.slot, slots))
      if (open) return baseOf(open.slot, slots)
    }
    if (anyHolds(rule.when, slots)) {
      const serves = bodyOf(organisation, rule.advise.primary).serves.find(
        (test) => !isSettled(test.slot, slots),
      )
      return serves && baseOf(serves.slot, slots)
    }
  }
  return undefined
}

/** A slot that follows from others is settled when those are. */
function isSettled(slot: string, slots: Slots): boolean {
  if (slot === 'inside')
    return slots.inside === 'closed' || (slots.topic !== undefined && slots.safety !== undefined)
  if (slot === 'staff') return true
  if (slot === 'partKind') return slots.part !== undefined
  return slots[slot] !== undefined
}

function baseOf(slot: string, slots: Slots): string {
  if (slot === 'inside') return slots.topic === undefined ? 'topic' : 'safety'
  return slot === 'partKind' ? 'part' : slot
}

/** All tests by which values of a slot can differ here. */
function testsOf(organisation: Organisation): readonly Test[] {
  return [
    ...organisation.rules.flatMap((rule) => rule.when.flat()),
    ...organisation.supplements.flatMap((supplement) => supplement.when.flat()),
    ...Object.values(organisation.bodies).flatMap((body) => body.serves),
    ...organisation.implies.flatMap((implication) => implication.when),
    { slot: 'role', values: ['employee'], not: false },
    { slot: 'role', values: ['parent'], not: false },
    { slot: 'domain', values: ['workplace'], not: false },
    { slot: 'direct', values: ['false'], not: false },
    { slot: 'topic', values: unsafeTopics, not: false },
    { slot: 'safety', values: [unknown], not: false },
    { slot: 'part', values: organisation.parts.map((part) => part.id), not: false },
  ]
}

/** One value of each group that all tests treat alike, and `unknown`. */
function representatives(slot: string, tests: readonly Test[]): readonly string[] {
  const about = tests.filter((test) => test.slot === slot)
  const named = about.flatMap((test) => test.values)
  const values = [...(allowedValues(slot) ?? new Set(named)), unknown]
  const groups = new Map<string, string>()
  for (const value of values) {
    const signature = about.map((test) => (test.values.includes(value) ? '1' : '0')).join('')
    if (!groups.has(signature)) groups.set(signature, value)
  }
  return [...new Set([...groups.values(), unknown])]
}

function describe(given: Case): string {
  return Object.entries(given.slots)
    .filter(([slot, value]) => slot !== 'organisation' && value !== unknown)
    .map(([slot, value]) => `${slot}: ${value}`)
    .join(', ')
}
