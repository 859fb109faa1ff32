import { deepFreeze } from '../knowledge/deep-freeze.ts'
import type { Knowledge, Organisation, Rule, Supplement } from '../knowledge/knowledge.ts'
import { organisationOf } from '../knowledge/knowledge.ts'
import { anyHolds, type Slots } from '../knowledge/matches.ts'
import type { Case } from '../knowledge/vocabulary.ts'
import type { Advice, AdvisedTerm } from './advice.ts'
import { assembleAdvice } from './assemble-advice.ts'
import { endOfTerm } from './calendar.ts'
import { allRows, compileTable, type DecisionTable, encode, firstRow, signatureOf } from './decision-table.ts'
import { assumeInsideOpen, derive, endOf, hasDates, type Today } from './derive.ts'
import { isReckonable } from './terms-of.ts'

/**
 * The advice for a case: the first rule of the organisation that holds, with what law and national facts add. A slot
 * that is absent counts as `unknown`.
 *
 * @throws Error when no rule holds; the proof keeps that from happening with checked knowledge
 */
export function decide(knowledge: Knowledge, given: Case, date: string): Advice {
  const organisation = organisationOf(knowledge, given.slots.organisation)
  const today: Today = { date, holidays: knowledge.holidays }
  const slots = routingSlots(given, organisation, today)
  const { table, keptAdvices } = preparedFor(organisation)
  const codes = encode(table, slots)
  const at = firstRow(table.rules, codes)
  const rule = organisation.rules[at]
  if (!rule) throw new Error(`No rule of ${organisation.id} holds for this case; run "npm run knowledge".`)
  const applying = allRows(table.supplements, codes)
  const signature = signatureOf(table, codes, at, applying)
  let advice = keptAdvices.get(signature)
  if (!advice) {
    const supplements = organisation.supplements.filter((_, index) => applying & (1 << index))
    advice = deepFreeze(assembleAdvice(knowledge.version, organisation, rule, supplements, slots))
    if (keptAdvices.size < mostKept) keptAdvices.set(signature, advice)
  }
  if (!hasDates(given)) return advice
  return { ...advice, terms: advice.terms.map((term) => reckon(term, organisation, given, today)) }
}

/** An advice depends only on frozen knowledge and a few answers, so that it can be kept, up to a bound. */
type Prepared = { readonly table: DecisionTable; readonly keptAdvices: Map<number, Advice> }

const prepared = new WeakMap<Organisation, Prepared>()
const mostKept = 8_000

function preparedFor(organisation: Organisation): Prepared {
  const known = prepared.get(organisation)
  if (known) return known
  const fresh = { table: compileTable(organisation), keptAdvices: new Map() }
  prepared.set(organisation, fresh)
  return fresh
}

/** The slots of a case with all that follows from them, as rules see them. */
export function routingSlots(given: Case, organisation: Organisation, today: Today): Slots {
  return assumeInsideOpen(derive(given, organisation, today))
}

/** Hit policy: the first rule that holds. Reads the rules one by one, as the decision table does with masks. */
export function findRule(organisation: Organisation, slots: Slots): Rule | undefined {
  for (const rule of organisation.rules) if (anyHolds(rule.when, slots)) return rule
  return undefined
}

/** The supplements that hold, of law and of the organisation. */
export function findSupplements(organisation: Organisation, slots: Slots): readonly Supplement[] {
  const found: Supplement[] = []
  for (const supplement of organisation.supplements)
    if (anyHolds(supplement.when, slots)) found.push(supplement)
  return found
}

/** Turns the period of a term into its last day, when the client told the day from which it runs. */
function reckon(advised: AdvisedTerm, organisation: Organisation, given: Case, today: Today): AdvisedTerm {
  const term = organisation.terms.find((candidate) => candidate.id === advised.id)
  if (!term || !isReckonable(term)) return advised
  const due = endOf(term, given, today)
  const since = given.dates[term.from]
  if (due === undefined || since === undefined) return advised
  const extended =
    term.extension === undefined
      ? undefined
      : endOfTerm(due, term.extension, term.workingDays, today.holidays)
  return { ...advised, due, since, passed: due < today.date, ...(extended !== undefined && { extended }) }
}
