import type { Knowledge, Organisation } from '../knowledge/knowledge.ts'
import { generalHelp, organisationOf } from '../knowledge/knowledge.ts'
import { allowedValues, type Case, derivedValues, moments, unknown } from '../knowledge/vocabulary.ts'
import { isDate } from './calendar.ts'

/** What is wrong with a case from outside: the place in it, and what is allowed there. */
export type CaseProblem = {
  readonly code: 'not-an-object' | 'slot-unknown' | 'value-unknown' | 'date-invalid'
  readonly field: string
  readonly allowed: readonly string[]
}

/**
 * Checks a case that came from outside (design, "Command line"): a flat object of slots, with `dates` as an object of ISO
 * dates. Values that were typed by somebody are not repeated in a problem.
 *
 * @param ownSlots per organisation, the slots of the questions of its own
 */
export function parseCase(
  value: unknown,
  knowledge: Knowledge,
  ownSlots: (organisation: Organisation) => readonly string[],
): { case: Case } | { problems: readonly CaseProblem[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problems: [{ code: 'not-an-object', field: '', allowed: [] }] }
  }
  const entries = Object.entries(value)
  const named = entries.find(([slot]) => slot === 'organisation')?.[1]
  const organisation = organisationOf(knowledge, typeof named === 'string' ? named : undefined)
  const problems: CaseProblem[] = []
  const slots: Record<string, string> = {}
  let dates: Record<string, string> = {}
  for (const [slot, wanted] of entries) {
    if (slot === 'dates') {
      const parsed = parseDates(wanted)
      problems.push(...parsed.problems)
      dates = parsed.dates
      continue
    }
    const allowed = allowedFor(slot, knowledge, organisation, ownSlots(organisation))
    if (!allowed) {
      problems.push({ code: 'slot-unknown', field: slot, allowed: [] })
      continue
    }
    const text = typeof wanted === 'boolean' ? String(wanted) : wanted
    if (typeof text === 'string' && (text === unknown || allowed.includes(text))) slots[slot] = text
    else if (wanted !== null)
      problems.push({ code: 'value-unknown', field: slot, allowed: [...allowed, unknown] })
  }
  return problems.length > 0 ? { problems } : { case: { slots, dates } }
}

function parseDates(value: unknown): { dates: Record<string, string>; problems: readonly CaseProblem[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { dates: {}, problems: [{ code: 'date-invalid', field: 'dates', allowed: [...moments] }] }
  }
  const dates: Record<string, string> = {}
  const problems: CaseProblem[] = []
  for (const [moment, date] of Object.entries(value)) {
    const field = `dates.${moment}`
    if (!(moments as readonly string[]).includes(moment)) {
      problems.push({ code: 'slot-unknown', field, allowed: [...moments] })
    } else if (typeof date !== 'string' || !isDate(date)) {
      problems.push({ code: 'date-invalid', field, allowed: ['2026-11-03'] })
    } else dates[moment] = date
  }
  return { dates, problems }
}

function allowedFor(
  slot: string,
  knowledge: Knowledge,
  organisation: Organisation,
  ownSlots: readonly string[],
): readonly string[] | undefined {
  if (slot === 'organisation') return [...Object.keys(knowledge.organisations), generalHelp]
  if (slot === 'part') return organisation.parts.map((part) => part.id)
  if (slot === 'decidedBy') return Object.keys(organisation.bodies)
  if (ownSlots.includes(slot)) return ['true', 'false']
  return slot in derivedValues ? undefined : allowedValues(slot)
}
