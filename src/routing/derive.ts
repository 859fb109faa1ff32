import type { Holiday, Organisation } from '../knowledge/knowledge.ts'
import { allHold, type Slots } from '../knowledge/matches.ts'
import { type Case, unknown, unsafeTopics } from '../knowledge/vocabulary.ts'
import { endOfTerm } from './calendar.ts'
import { clientTerms, decidingTerms, type ReckonableTerm } from './terms-of.ts'

/** The day it is, and the days nobody works. */
export type Today = { readonly date: string; readonly holidays: readonly Holiday[] }

/**
 * The slots of a case with all that follows from them: what a named part or another answer implies, whether a
 * conversation inside the care may come first (`inside`), and whether a term has passed: one of the client (`late`), or
 * the organisation's for a complaint that is not decided yet (`overdue`). Absent stays absent; `inside` is absent while
 * the client was not asked and nothing closes it.
 */
export function derive(
  given: Case,
  organisation: Organisation,
  today: Today,
): Record<string, string | undefined> {
  const slots: Told = { ...given.slots }
  const part = slots.part === undefined ? undefined : organisation.parts.find(({ id }) => id === slots.part)
  if (part) {
    slots.partKind = part.kind
    for (const slot in part.implies) suppose(slots, slot, part.implies[slot])
  }
  if (slots.domain === 'workplace') suppose(slots, 'role', 'employee')
  if (slots.role === 'parent') suppose(slots, 'minor', 'true')
  for (const { when, set } of organisation.implies) {
    if (allHold(when, slots)) for (const slot in set) suppose(slots, slot, set[slot])
  }
  const staff = staffOf(slots)
  if (staff) slots.staff = staff
  const inside = insideOf(slots)
  if (inside) slots.inside = inside
  if (hasDates(given)) {
    const late = anyPassed(clientTerms(organisation, slots), given, today)
    const isDecided = slots.stage === 'decided'
    const overdue = isDecided ? undefined : anyPassed(decidingTerms(organisation, slots), given, today)
    if (late !== undefined) slots.late = String(late)
    if (overdue !== undefined) slots.overdue = String(overdue)
  }
  return slots
}

/** The slots as rules see them: nothing forbids a talk inside unless the case says so. */
export function assumeInsideOpen(known: Slots): Slots {
  return known.inside === undefined ? { ...known, inside: 'open' } : known
}

type Told = Record<string, string | undefined>

function suppose(slots: Told, slot: string, value: string | undefined): void {
  if ((slots[slot] ?? unknown) === unknown) slots[slot] = value
}

/** Whether the client gave any date to reckon terms from. */
export function hasDates(given: Case): boolean {
  for (const _ in given.dates) return true
  return false
}

/** Who names a law of care speaks about care, unless the role says otherwise. */
function staffOf(slots: Slots): 'true' | 'false' | undefined {
  if ((slots.role ?? unknown) !== unknown) return slots.role === 'employee' ? 'true' : 'false'
  return (slots.domain ?? unknown) === unknown ? undefined : 'false'
}

/** Nobody is sent to the person they complain about (design): no talk inside after any of these. */
function insideOf(slots: Slots): 'open' | 'closed' | undefined {
  const unsafe =
    slots.direct === 'false' ||
    (slots.safety ?? unknown) !== unknown ||
    unsafeTopics.includes(slots.topic ?? unknown)
  if (unsafe) return 'closed'
  return slots.direct === undefined ? undefined : 'open'
}

/** Whether one of the terms has passed; undefined when no date is known to reckon from. */
function anyPassed(terms: readonly ReckonableTerm[], given: Case, today: Today): boolean | undefined {
  const ends = terms.map((term) => endOf(term, given, today)).filter((end) => end !== undefined)
  return ends.length === 0 ? undefined : ends.some((end) => end < today.date)
}

/** The last day of a term, when the client told the day it runs from. */
export function endOf(term: ReckonableTerm, given: Case, today: Today): string | undefined {
  const from = given.dates[term.from]
  return from ? endOfTerm(from, term.period, term.workingDays, today.holidays) : undefined
}
