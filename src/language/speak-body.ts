import { bodyOf } from '../knowledge/body-of.ts'
import { generalHelp, type Organisation } from '../knowledge/knowledge.ts'
import { contactsOf } from '../routing/contacts-of.ts'
import { capitalise } from './label.ts'
import { part, textOf } from './parts.ts'
import type { Setting } from './setting.ts'
import { showSources } from './show-sources.ts'
import type { SpokenReply } from './speak.ts'
import { speakReach } from './speak-contact.ts'

/** A body as staff find it: what to list, and all that is said of it. */
export type SpokenBody = {
  readonly name: string
  /** The organisation whose regulation names it, or that it is a national one. */
  readonly where: string
  readonly reply: SpokenReply
}

/** One body, for staff who look it up: what it does, how to reach it, and where that stands. */
export function speakBody(setting: Setting, organisation: Organisation, id: string): SpokenBody {
  const t = setting.speech.of(setting.locale)
  const body = bodyOf(organisation, id)
  const name = capitalise(body.name)
  const isNational = organisation.id === generalHelp
  const contacts = contactsOf(organisation, id, {})
  const parts = [
    part('go', {
      heading: name,
      lines: [
        t(`kind.${body.kind}`),
        ...(isNational ? [] : [t('found.at', { organisation: organisation.name })]),
        ...(contacts.length === 0 ? [t('advice.noContact')] : []),
      ],
    }),
    ...speakReach({ t, setting, organisation }, id, contacts),
    part('sources', {
      lines: [t('advice.sources', { sources: showSources(t, organisation, { citations: [body.citation] }) })],
    }),
  ]
  const reply: SpokenReply = {
    kind: 'text',
    key: `body/${id}`,
    text: textOf(parts),
    parts,
    sourcesHeading: t('card.sources'),
    options: [],
  }
  return { name, where: isNational ? t('found.national') : organisation.name, reply }
}
