import type { AdaptiveCard } from '@microsoft/teams.cards'
import type { TurnContext } from 'botbuilder'
import { toActivity } from './cards/render-cards.ts'
import type { Arrival } from './converse.ts'
import { describeError } from './describe-error.ts'
import type { SpokenReply } from './guide.ts'
import type { Log } from './log.ts'
import { rendererFor } from './renderer.ts'
import { takeAwayMessages } from './take-away-messages.ts'
import { within } from './within.ts'

/** How long a channel may take to accept the replies of one turn, in milliseconds. */
const deliveryLimit = 15_000
/** How long for what comes after them, in milliseconds: the client's next message waits for it. */
const asideLimit = 3_000

type LineParts = {
  readonly log: Log
  readonly chatUrl: string | undefined
  readonly explain: (state: unknown) => unknown
}

/** The way back to the client of one turn, in the manner of the channel. */
export type Line = Pick<
  Arrival,
  'send' | 'close' | 'unsend' | 'explain' | 'venue' | 'store' | 'organisation' | 'showsOnce'
> & {
  /** The card that was pressed without its options, to put in its place; undefined when it was one from before. */
  closed(): AdaptiveCard | undefined
  /** The first words of this turn, to show with the card that was pressed; empty when nothing was said. */
  said(): string
}

/** What an adapter of our own brings, to take replies as data instead of messages. */
export type OwnLine = Pick<Arrival, 'send' | 'store' | 'organisation' | 'showsOnce' | 'venue'>

const ownLines = new WeakMap<TurnContext, OwnLine>()

/** Lets a turn go over a line of the adapter's own. Call it before the turn. */
export function setOwnLine(context: TurnContext, line: OwnLine): void {
  ownLines.set(context, line)
}

/** The line that the adapter of a turn brought. */
export function ownLineOf(context: TurnContext): OwnLine | undefined {
  return ownLines.get(context)
}

/** Shows replies in the manner of the channel; gives its ids of the messages. */
export function createSend(context: TurnContext): Arrival['send'] {
  const own = ownLineOf(context)
  if (own !== undefined) return own.send
  const { render } = rendererFor(context.activity.channelId)
  return async (replies, turn) => {
    const sent = await within(deliveryLimit, context.sendActivities(render(replies, turn)))
    return sent.flatMap((response) => response?.id || [])
  }
}

export function createLine(context: TurnContext, { log, chatUrl, explain }: LineParts): Line {
  const own = ownLineOf(context)
  if (own !== undefined) return { ...own, closed: () => undefined, said: () => '' }
  const { channelId } = context.activity
  const { render, close, canChange } = rendererFor(channelId)
  const send = createSend(context)
  let closed: AdaptiveCard | undefined
  let said = ''

  return {
    async send(replies, turn, about) {
      said = replies[0]?.text ?? ''
      return send(replies, turn, about)
    },
    closed: () => closed,
    said: () => said,
    ...(channelId === 'msteams' && { venue: { kind: 'teams' as const, chatUrl } }),
    ...(close && {
      async close({ replies, turn, message, isPressed }, chosen) {
        const card = close(replies, turn, chosen)
        if (isPressed) closed = card
        if (message === undefined) return
        await attempt('an old card could not be closed', () =>
          context.updateActivity({ ...toActivity(card), id: message }),
        )
      },
    }),
    ...(canChange && {
      unsend: (messages: readonly string[], wiped: SpokenReply) =>
        takeAwayMessages(context, messages, render([wiped], 0)[0] ?? {}, log),
    }),
    ...(channelId === 'emulator' && {
      explain: (state: unknown) =>
        attempt('no trace could be sent', () =>
          context.sendTraceActivity(traceName, explain(state), traceType, traceLabel),
        ),
    }),
  }

  async function attempt(failure: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await within(asideLimit, work())
    } catch (error) {
      log.info(describeError(error), failure)
    }
  }
}

/** How the trace shows up in the log of the Emulator. */
const traceName = 'klachtwijzer'
const traceType = 'https://klachtwijzer.nl/schemas/explanation'
const traceLabel = 'Why this reply'
