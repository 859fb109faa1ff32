import { bodyOf } from '../knowledge/body-of.ts'
import { generalHelp, type Organisation } from '../knowledge/knowledge.ts'
import { contactsOf } from '../routing/contacts-of.ts'
import { capitalise } from './label.ts'
import { part, textOf } from './parts.ts'
import type { Setting } from './setting.ts'
import { showSources } from './show-sources.ts'
import type { SpokenReply } from './speak.ts'
import { speakReach } from './speak-contact.ts'

/** One body, for staff who look it up: what it does, how to reach it, and where that stands. */
export function speakBody(setting: Setting, organisation: Organisation, id: string): SpokenReply {
  const t = setting.speech.of(setting.locale)
  const { name, kind, citation } = bodyOf(organisation, id)
  const contacts = contactsOf(organisation, id, {})
  const source = part('sources', {
    lines: [t('advice.sources', { sources: showSources(t, organisation, { citations: [citation] }) })],
  })
  const parts = [
    part('go', {
      heading: capitalise(name),
      lines: [
        t(`kind.${kind}`),
        ...(organisation.id === generalHelp ? [] : [t('found.at', { organisation: organisation.name })]),
        ...(contacts.length === 0 ? [t('advice.noContact')] : []),
      ],
    }),
    ...speakReach({ t, setting, organisation }, id, contacts),
    source,
  ]
  return {
    kind: 'text',
    key: `body/${id}`,
    text: textOf(parts),
    parts,
    sourcesHeading: t('card.sources'),
    options: [],
  }
}
