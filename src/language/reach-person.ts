import type { Organisation } from '../knowledge/knowledge.ts'
import { excludes, type Slots } from '../knowledge/matches.ts'
import { bodyOf, contactsOf } from '../routing/decide.ts'

/** How to reach a human being at once. */
export type Person = {
  /** Name of the organisation's own body, where it has only mail. */
  readonly body: string
  readonly email?: string
  /** Name of the body that the telephone number belongs to; national where the organisation prints none. */
  readonly phoneBody: string
  readonly phone: string
  readonly own: boolean
}

/** National body that answers questions about care by telephone, for whoever has nobody else to call. */
const nationalPerson = 'igj-meldpunt'

/** The person to name when somebody wants one: the organisation's own body, else the national one. */
export function reachPerson(organisation: Organisation, staff: boolean): Person {
  const slots: Slots = staff ? { role: 'employee' } : {}
  const meant = bodyOf(organisation, organisation.person)
  const own = excludes(meant.serves, slots) ? bodyOf(organisation, nationalPerson) : meant
  const contacts = contactsOf(organisation, own.id, slots)
  const contactBy = (kind: string) => contacts.find((contact) => contact.kind === kind)?.value
  const phone = contactBy('phone')
  if (typeof phone === 'string')
    return { body: own.name, phoneBody: own.name, phone, own: own.id !== nationalPerson }
  const national = bodyOf(organisation, nationalPerson)
  const nationalPhone = contactsOf(organisation, national.id, slots).find(
    (contact) => contact.kind === 'phone',
  )?.value
  const email = contactBy('email')
  return {
    body: own.name,
    ...(typeof email === 'string' && { email }),
    phoneBody: national.name,
    phone: typeof nationalPhone === 'string' ? nationalPhone : '112',
    own: false,
  }
}
