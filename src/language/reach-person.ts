import { bodyOf } from '../knowledge/body-of.ts'
import {
  type Body,
  generalHelp,
  type Knowledge,
  type Organisation,
  organisationOf,
} from '../knowledge/knowledge.ts'
import { excludes, type Slots } from '../knowledge/matches.ts'
import type { AdvisedContact } from '../routing/advice.ts'
import { contactsOf } from '../routing/contacts-of.ts'

/** How to reach a human being at once. */
export type Person = {
  /** Name of the organisation's own body, where it has only mail. */
  readonly body: string
  readonly email?: string
  /** Name of the body that the telephone number belongs to; national where the organisation prints none. */
  readonly phoneBody: string
  readonly phone: string
  /** When that number is answered, where it is known. */
  readonly hours?: string | undefined
  readonly daysUnstated?: boolean | undefined
  readonly own: boolean
}

/** The person to name when somebody wants one: the organisation's own body, else that of the general help. */
export function reachPerson(knowledge: Knowledge, organisation: Organisation, staff: boolean): Person {
  const slots: Slots = staff ? { role: 'employee' } : {}
  const general = organisationOf(knowledge, generalHelp)
  const national = bodyOf(general, general.person)
  const meant = bodyOf(organisation, organisation.person)
  const isOwn = meant.origin === 'regulation' && !excludes(meant.serves, slots)
  const contacts = isOwn ? contactsOf(organisation, meant.id, slots) : []
  const phone = phoneIn(contacts)
  if (phone) return { body: meant.name, phoneBody: meant.name, ...phone, own: true }
  const email = contacts.find(({ kind }) => kind === 'email')?.value
  return {
    body: meant.name,
    ...(typeof email === 'string' && { email }),
    ...phoneOf(general, national),
    own: false,
  }
}

/** A national body with its number; when it has none, another one that is no emergency number. */
function phoneOf(general: Organisation, wanted: Body): Reached & { phoneBody: string } {
  const callable = [wanted, ...Object.values(general.bodies)].filter(({ kind }) => kind !== 'emergency')
  for (const body of callable) {
    const phone = phoneIn(contactsOf(general, body.id, {}))
    if (phone) return { phoneBody: body.name, ...phone }
  }
  throw new Error('No national body has a telephone number; see knowledge/national/bodies.yaml.')
}

type Reached = Pick<Person, 'phone' | 'hours' | 'daysUnstated'>

function phoneIn(contacts: readonly AdvisedContact[]): Reached | undefined {
  const found = contacts.find(({ kind }) => kind === 'phone')
  if (typeof found?.value !== 'string') return undefined
  return { phone: found.value, hours: found.hours, daysUnstated: found.daysUnstated }
}
