import { bodyOf } from '../knowledge/body-of.ts'
import type { Body, Organisation } from '../knowledge/knowledge.ts'
import { excludes, type Slots } from '../knowledge/matches.ts'
import type { AdvisedContact } from './advice.ts'

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

/** A contact with which somebody is reached; a website alone, or a path in a menu, is not enough. */
export function isUsable(contact: AdvisedContact): boolean {
  return contact.kind !== 'web' && contact.kind !== 'menu-path'
}

/** Whether the client can use one of these now, from the organisation's own regulation where it has one. */
export function hasOwnContact(organisation: Organisation, contacts: readonly AdvisedContact[]): boolean {
  const origin = organisation.document ? 'regulation' : 'national'
  return contacts.some((contact) => contact.origin === origin && isUsable(contact))
}

function shownContacts(body: Body): readonly AdvisedContact[] {
  return body.contacts.flatMap((contact) => {
    const { value, status, kind, label, hours, daysUnstated, purpose, preferred, source } = contact
    if (status === 'corrupt' || status === 'contradicted') return []
    if (value === undefined && (!label || kind === 'visit')) return []
    const origin = 'law' in source || 'site' in source ? ('national' as const) : ('regulation' as const)
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
