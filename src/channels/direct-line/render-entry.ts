import type { Activity } from 'botbuilder'
import { rendererFor } from '../renderer.ts'
import type { BotEntry, ClientEntry, Entry } from './entry.ts'
import type { Grant } from './grant.ts'
import type { WireTurn } from './wire.ts'

/** The channel as the protocol names it. */
export const directLineChannel = 'directline'

export const bot = { id: 'klachtwijzer', name: 'Klachtwijzer', role: 'bot' } as const

/** The id of an activity: stable, as the number of its entry is. */
export function activityId(conversation: string, number: number): string {
  return `${conversation}|${String(number).padStart(7, '0')}`
}

/** The activities that show an entry of the log to the holder of a grant, in the format that the grant says. */
export function renderEntry(entry: Entry, number: number, grant: Grant): readonly Partial<Activity>[] {
  const envelope = {
    id: activityId(grant.conversation, number),
    timestamp: entry.at as unknown as Date,
    channelId: directLineChannel,
    conversation: { id: grant.conversation } as Activity['conversation'],
  }
  if (entry.by === 'client') return [{ ...envelope, ...renderOwn(entry, grant) }]
  if (grant.format === 'replies') return [{ ...envelope, ...renderTurn(entry) }]
  return rendererFor(directLineChannel)
    .render(entry.replies, entry.turn)
    .map((message, index) => ({
      ...envelope,
      ...(index > 0 && { id: `${envelope.id}.${index}` }),
      from: bot,
      ...message,
    }))
}

/** The client's own message, as Direct Line gives it back. */
function renderOwn({ text, value, clientId, from }: ClientEntry, { user }: Grant): Partial<Activity> {
  return {
    type: 'message',
    from: { id: user ?? from ?? '', name: '', role: 'user' },
    ...(text !== undefined && { text, textFormat: 'plain' }),
    ...(value !== undefined && { value }),
    ...(clientId !== undefined && { channelData: { clientActivityID: clientId } }),
  }
}

function renderTurn({ turn, replies, frame, end, erased }: BotEntry): Partial<Activity> {
  const wire: WireTurn = { turn, replies, frame: frame ?? noFrame, end, erased }
  return {
    type: 'message',
    from: bot,
    locale: wire.frame.locale,
    text: replies.map(({ text }) => text).join('\n\n'),
    textFormat: 'plain',
    channelData: { klachtwijzer: wire },
  }
}

const noFrame: WireTurn['frame'] = {
  locale: 'nl',
  direction: 'ltr',
  answers: [],
  commands: [],
  languages: [],
}
