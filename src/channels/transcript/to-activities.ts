import type { Activity, ChannelAccount } from 'botbuilder'
import type { GuideInput, SpokenReply } from '../guide.ts'
import { markWith } from './mark.ts'
import type { PlayedTurn } from './play.ts'

/** The head of a conversation file. */
type Head = {
  readonly organisation: string | undefined
  readonly locale: string
  /** ISO date in the Netherlands. */
  readonly today: string
}

/** Shows the replies of a turn; `turn` counts from 0, the start. */
type Render = (replies: readonly SpokenReply[], turn: number) => Partial<Activity>[]

type Said = Partial<Activity>

const client: ChannelAccount = { id: 'client', name: 'User', role: 'user' }
const bot: ChannelAccount = { id: 'klachtwijzer', name: 'Klachtwijzer', role: 'bot' }
const minute = 60_000

/** When a turn of a conversation file takes place: a minute apart, from 10:00 UTC, which is that day in Amsterdam too. */
export function momentOf(today: string, turn: number): Date {
  return new Date(Date.parse(`${today}T10:00:00Z`) + turn * minute)
}

/**
 * A played conversation as the activities of a Bot Framework `.transcript` file. Ids and times follow from the day and
 * the place of an activity, so that the same conversation always gives the same file. Each activity has a sender and a
 * recipient with a role, without which the Emulator shows an empty page.
 */
export function toActivities(
  head: Head,
  turns: readonly PlayedTurn<GuideInput>[],
  render: Render,
): readonly Partial<Activity>[] {
  const activities: Said[] = []
  const add = (said: Said, turn: number): string => {
    const id = `${head.today}-${String(activities.length + 1).padStart(4, '0')}`
    activities.push({
      id,
      timestamp: momentOf(head.today, turn),
      channelId: 'emulator',
      conversation: { id: `klachtwijzer-${head.today}`, isGroup: false, conversationType: '', name: '' },
      locale: head.locale,
      ...said,
    })
    return id
  }
  let shown: readonly SpokenReply[] = []
  for (const [turn, { input, replies }] of turns.entries()) {
    const replyToId = add({ from: client, recipient: bot, ...sayOf(head, input, shown) }, turn)
    for (const message of render(replies, turn)) {
      add({ from: bot, recipient: client, replyToId, ...message }, turn)
    }
    shown = replies
  }
  return activities
}

/** What the client does. A press carries its option, as a card sends it, and its label, to be read in the Emulator. */
function sayOf({ organisation, locale }: Head, input: GuideInput, shown: readonly SpokenReply[]): Said {
  switch (input.kind) {
    case 'start':
      return {
        type: 'conversationUpdate',
        membersAdded: [client],
        channelData: markWith({ ...(organisation !== undefined && { organisation }), locale }),
      }
    case 'text':
      return {
        type: 'message',
        textFormat: 'plain',
        text: input.text,
        channelData: markWith({ typed: true }),
      }
    case 'choose': {
      const { option } = input
      const pressable = shown.flatMap(({ key, options, aside = [] }) =>
        [...options, ...aside].map(({ id, label }) => ({ id, label, key })),
      )
      const pressed = pressable.find(({ id }) => id === option)
      const of = input.of ?? pressed?.key
      return {
        type: 'message',
        textFormat: 'plain',
        text: pressed?.label ?? option,
        value: { choose: option, ...(of !== undefined && { of }) },
      }
    }
  }
}
