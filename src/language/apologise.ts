import type { Knowledge } from '../knowledge/knowledge.ts'
import { organisationOf } from '../knowledge/knowledge.ts'
import { callTo } from './link-of.ts'
import { reachPerson } from './reach-person.ts'
import { showPhone } from './show-phone.ts'
import type { SpokenReply } from './speak.ts'
import type { Speech } from './texts.ts'

/**
 * What to say when a channel cannot go on: `fault`, a turn failed; `fast`, too many messages at once; `personal`,
 * several people are in the room; `expired`, what a page holds of the conversation cannot be read; `long`, a text is too
 * long. Each says what to do next, with a telephone number.
 */
export type Apology = 'fault' | 'fast' | 'personal' | 'expired' | 'long'

const texts = {
  fault: 'apology.text',
  fast: 'apology.fast',
  personal: 'teams.personal',
  expired: 'apology.expired',
  long: 'apology.long',
} as const

/** @param organisation its id; the person to call is that organisation's */
export function apologise(
  about: Apology,
  locale: string,
  knowledge: Knowledge,
  organisation: string,
  speech: Speech,
): SpokenReply {
  const t = speech.of(locale)
  const person = reachPerson(knowledge, organisationOf(knowledge, organisation), false)
  const text = t(texts[about], { body: person.phoneBody, phone: showPhone(person.phone) })
  const key = about === 'fault' ? 'text/apology' : `text/${about}`
  return { kind: 'text', key, text, links: [callTo(t, person.phone)], options: [] }
}
