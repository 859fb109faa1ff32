import type { WireTurn } from '../channels/direct-line/wire.ts'
import type { ChatWords } from '../channels/widget/chat-data.ts'
import { fill } from './fill.ts'

/** What a screen reader hears of a turn besides what gets the focus: danger at once, the rest when it is quiet. */
export type Announcement = { readonly alarm: string; readonly said: string }

/**
 * Every new message once. The question, or the advice, is heard because it gets the focus; where the focus is elsewhere,
 * as in another window, it is said too, with the number of choices.
 */
export function announce({ replies }: WireTurn, words: ChatWords, getsFocus: boolean): Announcement {
  const said = replies.flatMap(({ kind, text, parts, options }) => {
    if (kind === 'notice') return []
    if (kind === 'text') return [text]
    if (getsFocus) return []
    const heading = parts?.find(({ role }) => role === 'go')?.heading
    return kind === 'advice'
      ? [heading ?? text]
      : [`${text} ${fill(words.choices, { count: options.length })}`]
  })
  const alarms = replies.flatMap(({ kind, text }) => (kind === 'notice' ? [text] : []))
  return { alarm: alarms.join('\n'), said: said.join('\n') }
}
