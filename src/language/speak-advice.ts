import type { Reply } from '../conversation/reply.ts'
import { bodyOf } from '../knowledge/body-of.ts'
import { generalHelp, type Organisation } from '../knowledge/knowledge.ts'
import type { Advice, AdvisedContact, AdvisedTerm } from '../routing/advice.ts'
import { isUsable } from '../routing/contacts-of.ts'
import { capitalise } from './label.ts'
import { callTo, linkOf } from './link-of.ts'
import { type Item, type Part, part } from './parts.ts'
import { type Person, reachPerson } from './reach-person.ts'
import { sayPhone } from './say-hours.ts'
import type { Setting } from './setting.ts'
import { showSources } from './show-sources.ts'
import { inOrder, type Named, showValue, speakContact, speakReach } from './speak-contact.ts'
import { sayTerm, speakTerm } from './speak-term.ts'

/** What the words of one advice depend on. */
type Told = Named & { readonly advice: Advice }

/**
 * An advice in parts: where to go, how to reach it, what next, before which date, who may be talked to alongside, and
 * the source.
 */
export function speakAdvice(
  setting: Setting,
  organisation: Organisation,
  { advice, staff }: Pick<Extract<Reply, { kind: 'advice' }>, 'advice' | 'staff'>,
): readonly Part[] {
  const t = setting.speech.of(setting.locale)
  const told: Told = { t, setting, organisation, advice }
  const { kind, name } = bodyOf(organisation, advice.primary)
  return [
    ...speakUrgent(told),
    part('go', { heading: t('advice.go', { body: name }), lines: [t(`kind.${kind}`), ...traits(told)] }),
    ...speakReach(told, advice.primary, advice.contacts[advice.primary] ?? []),
    ...speakOr(told),
    ...speakHonest(told),
    ...speakNearest(told, reachPerson(setting.knowledge, organisation, staff)),
    ...list('then', t('advice.then'), speakSteps(told), true),
    ...list('terms', t('advice.terms'), speakTerms(told)),
    ...list(
      'beside',
      t('advice.beside'),
      advice.beside.map((id) => oneLine(told, id)),
    ),
    ...list(
      'notes',
      t('advice.notes'),
      advice.notes.map((note) => plain(t(`note.${note as 'in-writing'}`))),
    ),
    ...(hasNational(organisation, advice)
      ? [part('national', { lines: [t('advice.nationalNote', { organisation: organisation.name })] })]
      : []),
    part('sources', {
      lines: [
        t('advice.sources', { sources: showSources(t, organisation, advice) }),
        t('advice.receipt', { receipt: advice.receipt }),
      ],
    }),
    part('after', { lines: [t('advice.after')] }),
  ]
}

/** A day that counts, and what it is about. */
export type SpokenDate = {
  /** ISO date. */
  readonly date: string
  readonly label: string
}

/** The last days of the terms that the client's own dates give, as far as they are not over: for a calendar. */
export function speakDates(
  setting: Setting,
  organisation: Organisation,
  advice: Advice,
): readonly SpokenDate[] {
  const told: Told = { t: setting.speech.of(setting.locale), setting, organisation, advice }
  return shownTerms(told).flatMap(({ due, passed, ...term }) =>
    due === undefined || passed ? [] : [{ date: due, label: sayTerm(told, term) }],
  )
}

function list(role: Part['role'], heading: string, items: readonly Item[], ordered = false): readonly Part[] {
  return items.length === 0 ? [] : [part(role, { heading, items, ordered })]
}

function plain(text: string): Item {
  return { text, links: [] }
}

/** The numbers of the notices, once more, for whoever keeps only the advice. */
function speakUrgent({ t, organisation, advice }: Told): readonly Part[] {
  const phones = advice.notices.flatMap((id) => {
    const phone = (advice.contacts[id] ?? []).find((contact) => contact.kind === 'phone')
    return phone ? [{ body: bodyOf(organisation, id).name, phone }] : []
  })
  if (phones.length === 0) return []
  const lines = phones.map(({ body, phone }) => {
    const names = { body, phone: showValue(phone) }
    return names.body === names.phone ? t('advice.urgentNumber', names) : t('advice.urgent', names)
  })
  return [part('urgent', { lines, links: phones.flatMap(({ phone }) => linkOf(t, phone) ?? []) })]
}

/** A complaint of which the other side gets a copy is no secret, whoever handles it. */
const copied = 'copy-goes-to-the-other-side'

function traits({ t, organisation, advice }: Told): readonly string[] {
  const body = bodyOf(organisation, advice.primary)
  const said = [
    ...(body.ruling === 'binding' ? [t('advice.binding')] : []),
    ...(body.cost === 'free' ? [t('advice.free')] : []),
    ...(body.secrecy === true && !advice.notes.includes(copied) ? [t('advice.secret')] : []),
  ]
  return said.length > 0 ? [said.join(' ')] : []
}

function speakOr(told: Told): readonly Part[] {
  const { t, organisation, advice } = told
  if (advice.or.length === 0) return []
  const names = advice.or.map((id) => bodyOf(organisation, id).name)
  return [
    part('or', { heading: t('advice.or', { body: names.join(', ') }) }),
    ...advice.or.flatMap((id) => speakReach(told, id, advice.contacts[id] ?? [])),
  ]
}

/** Whether some contact shown is not from the organisation's own regulation. */
function hasNational(organisation: Organisation, { primary, or, then, beside, contacts }: Advice): boolean {
  const whole = [primary, ...or].flatMap((id) => contacts[id] ?? [])
  const inLines = [...then, ...beside].flatMap((id) => contactsInLine(contacts[id] ?? []))
  return (
    organisation.document !== undefined && [...whole, ...inLines].some(({ origin }) => origin === 'national')
  )
}

/** The contacts of a body that stand in a line of a list: the first two, or none when it goes through another body. */
function contactsInLine(contacts: readonly AdvisedContact[]): readonly AdvisedContact[] {
  return contacts.some(({ via }) => via !== undefined) ? [] : inOrder(contacts).slice(0, 2)
}

function oneLine(told: Told, id: string): Item {
  const { t, organisation, advice } = told
  const contacts = inOrder(advice.contacts[id] ?? [])
  const via = contacts.find((contact) => contact.via)?.via
  const name = capitalise(bodyOf(organisation, id).name)
  if (contacts.length === 0) return plain(`${name}. ${t('advice.noContact')}`)
  if (via !== undefined) {
    return plain(`${name}. ${t('contact.via', { body: bodyOf(organisation, via).name })}`)
  }
  const shown = contactsInLine(contacts).map((contact) => speakContact(told, contact))
  return {
    text: `${name}. ${shown.map(({ text }) => text).join('. ')}.`,
    links: shown.flatMap(({ links }) => links),
  }
}

function speakSteps(told: Told): readonly Item[] {
  return told.advice.then.map((id, at) => {
    const { text, links } = oneLine(told, id)
    return { text: told.t('advice.steps', { number: at + 1, body: text }), links }
  })
}

function speakHonest({ t, organisation, advice }: Told): readonly Part[] {
  const general = organisation.id === generalHelp
  const names = { organisation: organisation.name, body: bodyOf(organisation, advice.primary).name }
  const isReachable = (advice.contacts[advice.primary] ?? []).some(isUsable)
  const lines = advice.honestBecause.flatMap((reason) => {
    if (reason === 'late' || reason === 'overdue') return t(`honest.${reason}`)
    if (reason === 'no-contact' && isReachable) return []
    return t(general ? `honest.${reason}General` : `honest.${reason}`, names)
  })
  return lines.length === 0 ? [] : [part('honest', { lines })]
}

/** Somebody to call now, where the body itself has no telephone. */
function speakNearest({ t, setting, organisation, advice }: Told, person: Person): readonly Part[] {
  const contacts = advice.contacts[advice.primary] ?? []
  if (contacts.some(({ kind }) => kind === 'phone')) return []
  const nearest = {
    body: person.phoneBody,
    phone: sayPhone(setting, person),
    organisation: organisation.name,
  }
  const isOwn = person.own || organisation.id === generalHelp
  const line = isOwn ? t('advice.nearestGeneral', nearest) : t('advice.nearest', nearest)
  return [part('nearest', { lines: [line], links: [callTo(t, person.phone)] })]
}

/** The terms that matter now: of the client, and of the bodies that come first. The others follow when it gets there. */
function speakTerms(told: Told): readonly Item[] {
  return shownTerms(told).map((term) => plain(speakTerm(told, term)))
}

function shownTerms({ organisation, advice }: Told): readonly AdvisedTerm[] {
  const soon = [advice.primary, ...advice.or, ...advice.then.slice(0, 1)]
  return advice.terms.filter(({ id, actor, due }) => {
    const at = organisation.terms.find((term) => term.id === id)?.at ?? []
    return actor === 'client' || due !== undefined || at.some((body) => soon.includes(body))
  })
}
