import { deepFreeze } from '../knowledge/deep-freeze.ts'
import type { Body, Citation, Knowledge, Organisation, Rule, Supplement } from '../knowledge/knowledge.ts'
import { organisationOf } from '../knowledge/knowledge.ts'
import { allHold, anyHolds, excludes, type Slots } from '../knowledge/matches.ts'
import { type Case, type Moment, unknown } from '../knowledge/vocabulary.ts'
import type { Advice, AdvisedContact, AdvisedTerm, HonestReason } from './advice.ts'
import { derive, endOf, hasDates, type Today } from './derive.ts'
import { allRows, compileTable, encode, firstRow, signatureOf, type Table } from './table.ts'

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
  const desk = deskOf(organisation)
  const codes = encode(desk.table, slots)
  const at = firstRow(desk.table.rules, codes)
  const rule = organisation.rules[at]
  if (!rule) throw new Error(`No rule of ${organisation.id} holds for this case; run "npm run knowledge".`)
  const applying = allRows(desk.table.supplements, codes)
  const passed = slots.late === 'true' || slots.overdue === 'true'
  const kept = desk.advices[Number(passed) * 2 + Number(slots.inside === 'closed')] as Map<number, Advice>
  const signature = signatureOf(desk.table, codes, at, applying)
  let advice = kept.get(signature)
  if (!advice) {
    const supplements = organisation.supplements.filter((_, index) => applying & (1 << index))
    advice = deepFreeze(assemble(knowledge.version, organisation, rule, supplements, slots))
    if (kept.size < mostKept) kept.set(signature, advice)
  }
  if (!hasDates(given)) return advice
  return { ...advice, terms: advice.terms.map((term) => reckon(term, organisation, given, today)) }
}

/**
 * What is worked out once per organisation: its table, and the advices made so far. An advice depends only on frozen
 * knowledge and a few answers, so that it can be kept, up to a bound.
 */
type Desk = { readonly table: Table; readonly advices: readonly Map<number, Advice>[] }

const desks = new WeakMap<Organisation, Desk>()
const mostKept = 2_000

function deskOf(organisation: Organisation): Desk {
  const known = desks.get(organisation)
  if (known) return known
  const desk = { table: compileTable(organisation), advices: [new Map(), new Map(), new Map(), new Map()] }
  desks.set(organisation, desk)
  return desk
}

/** The slots as rules see them: nothing forbids a talk inside unless the case says so. */
export function routingSlots(given: Case, organisation: Organisation, today: Today): Slots {
  const slots: Record<string, string | undefined> = derive(given, organisation, today)
  slots.inside ??= 'open'
  return slots
}

/** Hit policy: the first rule that holds. */
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

function assemble(
  version: string,
  organisation: Organisation,
  rule: Rule,
  supplements: readonly Supplement[],
  slots: Slots,
): Advice {
  const { primary } = rule.advise
  const taken = new Set([primary])
  const welcome = (id: string): boolean => {
    const body = bodyOf(organisation, id)
    const fits = body.approachable && !excludes(body.serves, slots)
    const safe = slots.inside !== 'closed' || body.kind !== 'conversation-inside'
    return fits && safe
  }
  const take = (ids: readonly string[]): readonly string[] =>
    ids.filter((id) => {
      if (taken.has(id) || !welcome(id)) return false
      taken.add(id)
      return true
    })
  const or = take(rule.advise.or)
  const then = take([...rule.advise.then, ...supplements.flatMap((supplement) => supplement.then)])
  const beside = take([...rule.advise.beside, ...supplements.flatMap((supplement) => supplement.beside)])
  const notices = unique(supplements.flatMap((supplement) => supplement.notices)).filter(
    (id) => id !== primary,
  )
  const route = [primary, ...or, ...then]
  const terms = adviseTerms(organisation, rule, route, slots)
  const contacts: Record<string, readonly AdvisedContact[]> = {}
  for (const id of [...route, ...beside, ...notices]) contacts[id] = contactsOf(organisation, id, slots)
  const reasons: HonestReason[] = []
  if (rule.honest) reasons.push('not-covered')
  if (supplements.some((supplement) => supplement.honest)) reasons.push('law')
  if (!hasOwnContact(organisation, contacts[primary] ?? [])) reasons.push('no-contact')
  if (slots.late === 'true' || slots.overdue === 'true') reasons.push('term-passed')
  return {
    organisation: organisation.id,
    rule: rule.id,
    primary,
    or,
    then,
    beside,
    terms,
    notices,
    notes: unique([...rule.advise.notes, ...supplements.flatMap((supplement) => supplement.notes)]),
    contacts,
    citations: cite(organisation, rule, supplements, [...route, ...beside], terms),
    honest: reasons.length > 0,
    honestBecause: reasons,
    receipt: `${version}-${organisation.id}-${rule.id}`,
  }
}

/** The body of that id. @throws Error when it is not in the organisation's knowledge, which the check rules out */
export function bodyOf(organisation: Organisation, id: string): Body {
  const body = organisation.bodies[id]
  if (!body) throw new Error(`Body ${id} is not known at ${organisation.id}; run "npm run knowledge".`)
  return body
}

/** The contacts of a body that may be shown, its own or those of the body that passes the complaint on. */
export function contactsOf(organisation: Organisation, id: string, slots: Slots): readonly AdvisedContact[] {
  const body = bodyOf(organisation, id)
  const own = shownContacts(body)
  if (!body.via || own.some(isUsable)) return own
  const via = body.via
  const passing = bodyOf(organisation, via)
  if (excludes(passing.serves, slots)) return own
  return [...own, ...shownContacts(passing).map((contact) => ({ ...contact, via }))]
}

function shownContacts(body: Body): readonly AdvisedContact[] {
  return body.contacts.flatMap((contact) => {
    const { value, status, kind, label, hours, daysUnstated, purpose, preferred, source } = contact
    if (status === 'corrupt' || status === 'contradicted') return []
    if (value === undefined && !label) return []
    const origin = 'article' in source && !('law' in source) ? ('regulation' as const) : ('national' as const)
    return {
      kind,
      value: value ?? label ?? '',
      ...(label !== undefined && { label }),
      ...(hours !== undefined && { hours }),
      ...(daysUnstated && { daysUnstated }),
      ...(purpose && { purpose }),
      ...(preferred && { preferred }),
      ...(status === 'doubtful' && { doubtful: true }),
      origin,
    }
  })
}

/** Whether the client can use one of these now, from the organisation's own regulation where it has one. */
function hasOwnContact(organisation: Organisation, contacts: readonly AdvisedContact[]): boolean {
  const origin = organisation.document ? 'regulation' : 'national'
  return contacts.some((contact) => contact.origin === origin && isUsable(contact))
}

/** A contact with which somebody is reached; a website alone, or a path in a menu, is not enough. */
export function isUsable(contact: AdvisedContact): boolean {
  return contact.kind !== 'web' && contact.kind !== 'menu-path'
}

function adviseTerms(
  organisation: Organisation,
  rule: Rule,
  route: readonly string[],
  slots: Slots,
): readonly AdvisedTerm[] {
  return organisation.terms
    .filter((term) => {
      const applies = rule.advise.terms.includes(term.id) || term.at.some((id) => route.includes(id))
      return term.told && applies && allHold(term.when, slots)
    })
    .map((term) => ({
      id: term.id,
      period: term.period,
      workingDays: term.workingDays,
      from: term.from,
      actor: term.actor,
      for: term.what,
      ...(term.extension !== undefined && { extension: term.extension }),
      ...(term.extensible && { extensible: true }),
    }))
}

/** Turns the period of a term into its last day, when the client told the day from which it runs. */
function reckon(advised: AdvisedTerm, organisation: Organisation, given: Case, today: Today): AdvisedTerm {
  const term = organisation.terms.find((candidate) => candidate.id === advised.id)
  const due = term && endOf(term, given, today)
  const since = given.dates[advised.from as Moment]
  return due === undefined || since === undefined
    ? advised
    : { ...advised, due, since, passed: due < today.date }
}

function cite(
  organisation: Organisation,
  rule: Rule,
  supplements: readonly Supplement[],
  bodies: readonly string[],
  terms: readonly AdvisedTerm[],
): Advice['citations'] {
  const all: Citation[] = [
    ...rule.because,
    ...supplements.flatMap((supplement) => supplement.because),
    ...bodies.map((id) => bodyOf(organisation, id).citation),
    ...organisation.terms
      .filter((term) => terms.some((told) => told.id === term.id))
      .map((term) => term.citation),
  ]
  const seen = new Set<string>()
  return all.flatMap(({ document, article }) => {
    const key = `${document} ${article}`
    if (seen.has(key)) return []
    seen.add(key)
    return { document, article }
  })
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)]
}

/** Whether a slot has a value other than `unknown`. */
export function isKnown(slots: Slots, slot: string): boolean {
  return (slots[slot] ?? unknown) !== unknown
}
