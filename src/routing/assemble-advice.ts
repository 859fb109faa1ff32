import { bodyOf } from '../knowledge/body-of.ts'
import type { Organisation, Rule, Supplement } from '../knowledge/knowledge.ts'
import { allHold, excludes, type Slots } from '../knowledge/matches.ts'
import type { Advice, AdvisedContact, AdvisedTerm, HonestReason } from './advice.ts'
import { cite } from './cite.ts'
import { contactsOf, hasOwnContact } from './contacts-of.ts'

/** The advice of a rule with its supplements, without the last days of its terms. */
export function assembleAdvice(
  version: string,
  organisation: Organisation,
  rule: Rule,
  supplements: readonly Supplement[],
  slots: Slots,
): Advice {
  const { primary } = rule.advise
  const taken = new Set([primary])
  const take = (ids: readonly string[]): readonly string[] =>
    ids.filter((id) => {
      if (taken.has(id) || !isWelcome(organisation, id, slots)) return false
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
  const terms = termsOnRoute(organisation, rule, route, slots)
  const contacts: Record<string, readonly AdvisedContact[]> = {}
  for (const id of [...route, ...beside, ...notices]) contacts[id] = contactsOf(organisation, id, slots)
  const honestBecause = honestReasons(
    rule,
    supplements,
    slots,
    hasOwnContact(organisation, contacts[primary] ?? []),
  )
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
    honest: honestBecause.length > 0,
    honestBecause,
    receipt: `${version}-${organisation.id}-${rule.id}`,
  }
}

/** Whether a body serves this client, and is no talk inside when that is closed. */
function isWelcome(organisation: Organisation, id: string, slots: Slots): boolean {
  const body = bodyOf(organisation, id)
  const isSafe = slots.inside !== 'closed' || body.kind !== 'conversation-inside'
  return isSafe && body.approachable && !excludes(body.serves, slots)
}

function termsOnRoute(
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

function honestReasons(
  rule: Rule,
  supplements: readonly Supplement[],
  slots: Slots,
  hasContact: boolean,
): readonly HonestReason[] {
  const reasons: HonestReason[] = []
  if (rule.honest) reasons.push('not-covered')
  if (supplements.some((supplement) => supplement.honest)) reasons.push('law')
  if (!hasContact) reasons.push('no-contact')
  if (slots.late === 'true') reasons.push('late')
  if (slots.overdue === 'true') reasons.push('overdue')
  return reasons
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)]
}
