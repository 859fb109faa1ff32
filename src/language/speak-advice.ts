import type { TFunction } from 'i18next'
import type { Reply } from '../conversation/reply.ts'
import { bodyOf } from '../knowledge/body-of.ts'
import type { Knowledge, Organisation } from '../knowledge/knowledge.ts'
import { generalHelp } from '../knowledge/knowledge.ts'
import { type Moment, moments } from '../knowledge/vocabulary.ts'
import type { Advice, AdvisedContact, AdvisedTerm } from '../routing/advice.ts'
import { isUsable } from '../routing/contacts-of.ts'
import { capitalise } from './label.ts'
import { type Person, reachPerson } from './reach-person.ts'
import { showDate, showPeriod } from './show-date.ts'
import { showHours } from './show-hours.ts'
import { showPhone } from './show-phone.ts'

/**
 * An advice as plain text, for channels that show nothing else and as what a screen reader hears: where to go, how to
 * reach it, what next, before which date, who may be talked to alongside, and the source.
 */
export function speakAdvice(
  t: TFunction,
  locale: string,
  knowledge: Knowledge,
  organisation: Organisation,
  { advice, staff }: Pick<Extract<Reply, { kind: 'advice' }>, 'advice' | 'staff'>,
): string {
  const nameOf = (id: string) => bodyOf(organisation, id).name
  const lines = [
    ...speakUrgent(t, organisation, advice),
    t('advice.go', { body: nameOf(advice.primary) }),
    t(`kind.${bodyOf(organisation, advice.primary).kind}`),
    ...traits(t, organisation, advice),
    ...speakReach(t, organisation, advice, advice.primary),
    ...(advice.or.length > 0 ? ['', t('advice.or', { body: advice.or.map(nameOf).join(', ') })] : []),
    ...advice.or.flatMap((id) => speakReach(t, organisation, advice, id)),
    ...speakHonest(t, organisation, advice),
    ...speakNearest(t, organisation, advice, reachPerson(knowledge, organisation, staff)),
    ...section(
      t('advice.then'),
      advice.then.map((id, at) => speakStep(t, organisation, advice, id, at + 1)),
    ),
    ...section(t('advice.terms'), speakTerms(t, locale, organisation, advice)),
    ...section(
      t('advice.beside'),
      advice.beside.map((id) => `- ${oneLine(t, organisation, advice, id)}`),
    ),
    ...section(
      t('advice.notes'),
      advice.notes.map((note) => `- ${t(`note.${note as 'in-writing'}`)}`),
    ),
    ...(hasNational(organisation, advice)
      ? ['', t('advice.nationalNote', { organisation: organisation.name })]
      : []),
    '',
    t('advice.sources', { sources: showSources(t, organisation, advice) }),
    t('advice.receipt', { receipt: advice.receipt }),
    '',
    t('advice.after'),
  ]
  return lines.join('\n')
}

/** The sources of an advice, grouped per document: "Klachtenregeling (Artikel 4.2, Artikel 4.3)". */
export function showSources(t: TFunction, organisation: Organisation, advice: Advice): string {
  const articles = new Map<string, string[]>()
  for (const { document, article } of advice.citations) {
    articles.set(document, [...(articles.get(document) ?? []), article])
  }
  return [...articles]
    .map(([document, list]) => {
      const isSite = document.includes('.')
      const named = list.filter((article) => article !== '' && !isSite)
      const title = titleOf(t, organisation, document)
      return named.length === 0 ? title : t('advice.source', { document: title, articles: named.join(', ') })
    })
    .join('; ')
}

function titleOf(t: TFunction, organisation: Organisation, document: string): string {
  if (document === organisation.document?.id) {
    const { title } = organisation.document
    return title.toLowerCase().includes(organisation.name.toLowerCase())
      ? title
      : `${title}, ${organisation.name}`
  }
  return t(`document.${document as 'wmo'}`, { defaultValue: document })
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines]
}

/** The numbers of the notices, once more, for whoever keeps only the advice. */
function speakUrgent(t: TFunction, organisation: Organisation, advice: Advice): readonly string[] {
  const lines = advice.notices.flatMap((id) => {
    const phone = (advice.contacts[id] ?? []).find((contact) => contact.kind === 'phone')
    if (!phone) return []
    const names = { body: bodyOf(organisation, id).name, phone: showValue(phone) }
    return names.body === names.phone ? t('advice.urgentNumber', names) : t('advice.urgent', names)
  })
  return lines.length === 0 ? [] : [...lines, '']
}

/** A complaint of which the other side gets a copy is no secret, whoever handles it. */
const copied = 'copy-goes-to-the-other-side'

function traits(t: TFunction, organisation: Organisation, advice: Advice): readonly string[] {
  const body = bodyOf(organisation, advice.primary)
  const said = [
    ...(body.ruling === 'binding' ? [t('advice.binding')] : []),
    ...(body.cost === 'free' ? [t('advice.free')] : []),
    ...(body.secrecy === true && !advice.notes.includes(copied) ? [t('advice.secret')] : []),
  ]
  return said.length > 0 ? [said.join(' ')] : []
}

function speakReach(t: TFunction, organisation: Organisation, advice: Advice, id: string): readonly string[] {
  const contacts = advice.contacts[id] ?? []
  if (contacts.length === 0) return []
  const via = contacts.find((contact) => contact.via)?.via
  return [
    '',
    t('advice.reach', { body: bodyOf(organisation, id).name }),
    ...(via === undefined ? [] : [t('contact.via', { body: bodyOf(organisation, via).name })]),
    ...(sharesNumber(organisation, id) ? [t('advice.askFor', { body: bodyOf(organisation, id).name })] : []),
    ...inOrder(contacts).map((contact) => `- ${showContact(t, organisation, contact)}`),
  ]
}

/** Two bodies behind one number: the client has to say which of them is wanted. */
function sharesNumber(organisation: Organisation, id: string): boolean {
  const own = bodyOf(organisation, id).contacts.find((contact) => contact.kind === 'phone')?.value
  if (own === undefined) return false
  return Object.values(organisation.bodies).some(
    (body) =>
      body.id !== id &&
      body.kind !== 'conversation-inside' &&
      body.contacts.some((contact) => contact.kind === 'phone' && contact.value === own),
  )
}

function inOrder(contacts: readonly AdvisedContact[]): readonly AdvisedContact[] {
  return [...contacts].sort((a, b) => Number(b.preferred ?? false) - Number(a.preferred ?? false))
}

/** Whether some contact shown is not from the organisation's own regulation. */
function hasNational(organisation: Organisation, advice: Advice): boolean {
  const shown = [advice.primary, ...advice.or, ...advice.then, ...advice.beside].flatMap(
    (id) => advice.contacts[id] ?? [],
  )
  return organisation.document !== undefined && shown.some(({ origin }) => origin === 'national')
}

/** One contact in words, with its hours and what to mind. */
function showContact(t: TFunction, organisation: Organisation, contact: AdvisedContact): string {
  const value = showValue(contact)
  let shown: string = t(`contact.${contact.kind}`, { value })
  if (contact.label !== undefined && contact.label !== value) {
    shown = t('contact.labelled', { contact: shown, label: contact.label })
  }
  const hours = contact.hours === undefined ? '' : showHours(contact.hours, t)
  if (hours) {
    const unstated = contact.daysUnstated ? `; ${t('contact.daysUnstated')}` : ''
    shown = t('contact.hours', { contact: shown, hours: `${hours}${unstated}` })
  }
  if (contact.purpose === 'directory') shown = t('contact.directory', { contact: shown })
  if (contact.preferred) shown = t('contact.preferred', { contact: shown })
  if (contact.doubtful) shown = t('contact.doubtful', { contact: shown })
  return contact.origin === 'national' && organisation.id !== generalHelp && organisation.document
    ? t('contact.national', { contact: shown })
    : shown
}

/** The value of a contact as people read it: numbers with spaces, addresses on one line, sites without protocol. */
export function showValue(contact: Pick<AdvisedContact, 'kind' | 'value'>): string {
  const text = [contact.value].flat().join(', ')
  if (contact.kind === 'phone') return showPhone(text)
  return text.replace(/^https?:\/\//, '').replace(/\/$/, '')
}

function oneLine(t: TFunction, organisation: Organisation, advice: Advice, id: string): string {
  const contacts = inOrder(advice.contacts[id] ?? [])
  const via = contacts.find((contact) => contact.via)?.via
  const name = capitalise(bodyOf(organisation, id).name)
  if (contacts.length === 0) return `${name}. ${t('advice.noContact')}`
  if (via !== undefined) return `${name}. ${t('contact.via', { body: bodyOf(organisation, via).name })}`
  const shown = contacts.slice(0, 2).map((contact) => showContact(t, organisation, contact))
  return `${name}. ${shown.join('. ')}.`
}

function speakStep(
  t: TFunction,
  organisation: Organisation,
  advice: Advice,
  id: string,
  number: number,
): string {
  return t('advice.steps', { number, body: oneLine(t, organisation, advice, id) })
}

function speakHonest(t: TFunction, organisation: Organisation, advice: Advice): readonly string[] {
  const general = organisation.id === generalHelp
  const names = { organisation: organisation.name, body: bodyOf(organisation, advice.primary).name }
  const isReachable = (advice.contacts[advice.primary] ?? []).some(isUsable)
  const said = advice.honestBecause.flatMap((reason) => {
    if (reason === 'late' || reason === 'overdue') return t(`honest.${reason}`)
    if (reason === 'no-contact' && isReachable) return []
    return t(general ? `honest.${reason}General` : `honest.${reason}`, names)
  })
  return said.length === 0 ? [] : ['', ...said]
}

/** Somebody to call now, where the body itself has no telephone. */
function speakNearest(
  t: TFunction,
  organisation: Organisation,
  advice: Advice,
  person: Person,
): readonly string[] {
  const contacts = advice.contacts[advice.primary] ?? []
  if (contacts.some(({ kind }) => kind === 'phone')) return []
  const nearest = { body: person.phoneBody, phone: showPhone(person.phone), organisation: organisation.name }
  const isOwn = person.own || organisation.id === generalHelp
  return ['', isOwn ? t('advice.nearestGeneral', nearest) : t('advice.nearest', nearest)]
}

/** The terms that matter now: of the client, and of the bodies that come first. The others follow when it gets there. */
function speakTerms(
  t: TFunction,
  locale: string,
  organisation: Organisation,
  advice: Advice,
): readonly string[] {
  const soon = [advice.primary, ...advice.or, ...advice.then.slice(0, 1)]
  return advice.terms
    .filter(({ id, actor, due }) => {
      const at = organisation.terms.find((term) => term.id === id)?.at ?? []
      return actor === 'client' || due !== undefined || at.some((body) => soon.includes(body))
    })
    .map((term) => `- ${speakTerm(t, locale, organisation, term)}`)
}

/** One term in words, with its last day where the client told when it began. */
function speakTerm(t: TFunction, locale: string, organisation: Organisation, term: AdvisedTerm): string {
  const [at] = organisation.terms.find(({ id }) => id === term.id)?.at ?? []
  const moment = isMoment(term.from) ? t(`term.moment.${term.from}`) : ''
  const body = at === undefined ? '' : bodyOf(organisation, at).name
  const said: string[] = [
    t(`term.${term.for as 'receipt'}`, {
      period: showPeriod(term.period, term.workingDays === true, t),
      body,
      moment,
    }),
  ]
  if (term.workingDays === 'not-stated') said.push(t('term.daysUnstated'))
  if (term.extension !== undefined) {
    said.push(t('term.extension', { period: showPeriod(term.extension, term.workingDays === true, t) }))
  }
  if (term.extensible) said.push(t('term.extensible'))
  if (term.due !== undefined && term.since !== undefined) {
    const days = { since: showDate(term.since, locale), due: showDate(term.due, locale) }
    said.push(term.passed ? t('term.passed', days) : t('term.due', days))
    if (term.extended !== undefined) said.push(t('term.extended', { due: showDate(term.extended, locale) }))
  }
  return said.join(' ')
}

function isMoment(from: string): from is Moment {
  return (moments as readonly string[]).includes(from)
}
