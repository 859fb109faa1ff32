import type { TFunction } from 'i18next'
import { bodyOf } from '../knowledge/body-of.ts'
import { generalHelp, type Organisation } from '../knowledge/knowledge.ts'
import type { AdvisedContact } from '../routing/advice.ts'
import { linkOf } from './link-of.ts'
import { type Item, type Part, part } from './parts.ts'
import { sayHours } from './say-hours.ts'
import type { Setting } from './setting.ts'
import { showPhone } from './show-phone.ts'

/** Whose contacts are named, to whom. */
export type Named = {
  readonly t: TFunction
  readonly setting: Setting
  readonly organisation: Organisation
}

/** How to reach a body, in one part; none when nothing may be shown. */
export function speakReach(named: Named, id: string, contacts: readonly AdvisedContact[]): readonly Part[] {
  if (contacts.length === 0) return []
  const { t, organisation } = named
  const via = contacts.find((contact) => contact.via)?.via
  const { name } = bodyOf(organisation, id)
  return [
    part('reach', {
      heading: t('advice.reach', { body: name }),
      lines: [
        ...(via === undefined ? [] : [t('contact.via', { body: bodyOf(organisation, via).name })]),
        ...(sharesNumber(organisation, id) ? [t('advice.askFor', { body: name })] : []),
      ],
      items: inOrder(contacts).map((contact) => speakContact(named, contact)),
    }),
  ]
}

/** One contact, with what may be pressed to use it. */
export function speakContact(named: Named, contact: AdvisedContact): Item {
  const link = linkOf(named.t, contact)
  return { text: showContact(named, contact), links: link === undefined ? [] : [link] }
}

/** The preferred contacts first. */
export function inOrder(contacts: readonly AdvisedContact[]): readonly AdvisedContact[] {
  return [...contacts].sort((a, b) => Number(b.preferred ?? false) - Number(a.preferred ?? false))
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

/** One contact in words, with its hours and what to mind. */
function showContact({ t, setting, organisation }: Named, contact: AdvisedContact): string {
  const value = showValue(contact)
  let shown: string = t(`contact.${contact.kind}`, { value })
  if (contact.label !== undefined && contact.label !== value) {
    shown = t('contact.labelled', { contact: shown, label: contact.label })
  }
  const hours = sayHours(setting, contact)
  if (hours !== '') shown = t('contact.hours', { contact: shown, hours })
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
