import type { TFunction } from 'i18next'
import type { Organisation } from '../knowledge/knowledge.ts'
import { generalHelp } from '../knowledge/knowledge.ts'
import type { Advice, AdvisedContact, AdvisedTerm } from '../routing/advice.ts'
import { bodyOf, isUsable } from '../routing/decide.ts'
import { capitalise } from './label.ts'
import { reachPerson } from './reach-person.ts'
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
  organisation: Organisation,
  advice: Advice,
): string {
  const nameOf = (id: string) => bodyOf(organisation, id).name
  const lines = [
    t('advice.go', { body: nameOf(advice.primary) }),
    t(`kind.${bodyOf(organisation, advice.primary).kind}`),
    ...traits(t, organisation, advice.primary),
    ...speakReach(t, organisation, advice, advice.primary),
    ...(advice.or.length > 0 ? ['', t('advice.or', { body: advice.or.map(nameOf).join(', ') })] : []),
    ...advice.or.flatMap((id) => speakReach(t, organisation, advice, id)),
    ...speakHonest(t, organisation, advice),
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

function traits(t: TFunction, organisation: Organisation, id: string): readonly string[] {
  const body = bodyOf(organisation, id)
  const said = [
    ...(body.ruling === 'binding' ? [t('advice.binding')] : []),
    ...(body.cost === 'free' ? [t('advice.free')] : []),
    ...(body.secrecy === true ? [t('advice.secret')] : []),
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

/** One contact in words, with its hours and what to mind. */
export function showContact(t: TFunction, organisation: Organisation, contact: AdvisedContact): string {
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
  if (contact.preferred) shown = t('contact.preferred', { contact: shown })
  if (contact.doubtful) shown = t('contact.doubtful', { contact: shown })
  return contact.origin === 'national' && organisation.id !== generalHelp && organisation.document
    ? t('contact.national', { contact: shown, organisation: organisation.name })
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
  const shown = contacts.slice(0, 2).map((contact) => showContact(t, organisation, contact))
  const name = capitalise(bodyOf(organisation, id).name)
  return shown.length === 0 ? name : `${name}. ${shown.join('. ')}.`
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
  if (!advice.honest) return []
  const general = organisation.id === generalHelp
  const names = { organisation: organisation.name, body: bodyOf(organisation, advice.primary).name }
  const said = advice.honestBecause.map((reason) => {
    if (reason === 'term-passed') return t('honest.term-passed')
    return t(general ? `honest.${reason}General` : `honest.${reason}`, names)
  })
  const reachable = (advice.contacts[advice.primary] ?? []).some(isUsable)
  const person = reachPerson(organisation, false)
  const nearest = { body: person.phoneBody, phone: showPhone(person.phone), organisation: organisation.name }
  const call = person.own || general ? t('advice.nearestGeneral', nearest) : t('advice.nearest', nearest)
  return ['', ...said, ...(reachable ? [] : [call])]
}

function speakTerms(
  t: TFunction,
  locale: string,
  organisation: Organisation,
  advice: Advice,
): readonly string[] {
  return advice.terms.map((term) => `- ${speakTerm(t, locale, organisation, term)}`)
}

/** One term in words, with its last day where the client told when it began. */
export function speakTerm(
  t: TFunction,
  locale: string,
  organisation: Organisation,
  term: AdvisedTerm,
): string {
  const [at] = organisation.terms.find(({ id }) => id === term.id)?.at ?? []
  const said: string[] = [
    t(`term.${term.for as 'receipt'}`, {
      period: showPeriod(term.period, term.workingDays === true, t),
      body: at === undefined ? '' : bodyOf(organisation, at).name,
      moment: t(
        `term.moment.${(['lodged', 'decided', 'ended', 'died'].includes(term.from) ? term.from : 'lodged') as 'lodged'}`,
      ),
    }),
  ]
  if (term.workingDays === 'not-stated') said.push(t('term.daysUnstated'))
  if (term.extension !== undefined)
    said.push(t('term.extension', { period: showPeriod(term.extension, false, t) }))
  if (term.extensible) said.push(t('term.extensible'))
  if (term.due !== undefined && term.since !== undefined) {
    const days = { since: showDate(term.since, locale), due: showDate(term.due, locale) }
    said.push(term.passed ? t('term.passed', days) : t('term.due', days))
  }
  return said.join(' ')
}
