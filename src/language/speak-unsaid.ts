import type { SpokenReply } from './speak.ts'
import type { Speech } from './texts.ts'

/** What became of the channel's own messages after "wis alles": all were taken away, or some stayed. */
export function speakUnsaid(all: boolean, locale: string, speech: Speech): SpokenReply {
  const t = speech.of(locale)
  const text = all ? t('teams.removed') : t('teams.left')
  return { kind: 'text', key: all ? 'text/unsaid' : 'text/unsaid-in-part', text, options: [] }
}

/** What stands in the place of a message that was wiped. */
export function speakWiped(locale: string, speech: Speech): SpokenReply {
  return { kind: 'text', key: 'text/wiped', text: speech.of(locale)('teams.wiped'), options: [] }
}
