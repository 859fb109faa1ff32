import type { AdaptiveCard } from '@microsoft/teams.cards'
import type { Activity } from 'botbuilder'
import type { PressManner } from './cards/option-rows.ts'
import { renderCards, renderClosed } from './cards/render-cards.ts'
import type { SpokenReply } from './guide.ts'
import { renderReplies } from './render-replies.ts'

/** How a channel shows replies. */
export type Renderer = {
  /** The messages of one turn. @param turn counts the turns of the conversation */
  render(replies: readonly SpokenReply[], turn: number): Partial<Activity>[]
  /** The last card of a turn once its options count no more; absent where what was sent cannot be changed. */
  close?(replies: readonly SpokenReply[], turn: number, chosen: string | undefined): AdaptiveCard
  /** Whether messages can be changed and taken away after they were sent. */
  canChange: boolean
}

type CardChannel = { readonly press: PressManner; readonly canChange: boolean }

const cardChannels: Readonly<Record<string, CardChannel>> = {
  msteams: { press: 'execute', canChange: true },
  emulator: { press: 'submit', canChange: true },
  webchat: { press: 'submit', canChange: false },
  directline: { press: 'submit', canChange: false },
}

/** Cards where the channel has them, else text with suggested actions. */
export function rendererFor(channel: string): Renderer {
  const cards = Object.hasOwn(cardChannels, channel) ? cardChannels[channel] : undefined
  if (cards === undefined) return { render: renderReplies, canChange: false }
  const { press, canChange } = cards
  return {
    render: (replies, turn) => renderCards(replies, { turn, press }),
    ...(canChange && {
      close: (replies, turn, chosen) => renderClosed(replies, { turn, press }, chosen),
    }),
    canChange,
  }
}
