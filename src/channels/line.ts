import type { AdaptiveCard } from '@microsoft/teams.cards'
import type { TurnContext } from 'botbuilder'
import { toActivity } from './cards/render-cards.ts'
import type { Arrival } from './converse.ts'
import { describeError } from './describe-error.ts'
import type { SpokenReply } from './guide.ts'
import type { Log } from './log.ts'
import { rendererFor } from './renderer.ts'
import { takeAwayMessages } from './take-away-messages.ts'

/** How long a channel may take to accept the replies of one turn, in milliseconds. */
const deliveryLimit = 15_000

type LineParts = {
  readonly log: Log
  readonly chatUrl: string | undefined
  readonly explain: (state: unknown) => unknown
}

/** The way back to the client of one turn, in the manner of the channel. */
export type Line = Pick<Arrival, 'send' | 'close' | 'unsend' | 'explain' | 'venue'> & {
  /** The card that was closed in this turn, to put in the place of the one that was pressed. */
  closed(): AdaptiveCard | undefined
}

export function createLine(context: TurnContext, { log, chatUrl, explain }: LineParts): Line {
  const { channelId } = context.activity
  const { render, close, canChange } = rendererFor(channelId)
  let closed: AdaptiveCard | undefined

  return {
    async send(replies, turn) {
      const sending = context.sendActivities(render(replies, turn))
      const sent = await withinLimit(sending)
      return sent.flatMap((response) => response?.id || [])
    },
    closed: () => closed,
    ...(channelId === 'msteams' && { venue: { kind: 'teams' as const, chatUrl } }),
    ...(close && {
      async close({ replies, turn, message }, chosen) {
        closed = close(replies, turn, chosen)
        if (!canChange || message === undefined) return
        await attempt('an old card could not be closed', () =>
          context.updateActivity({ ...toActivity(closed as AdaptiveCard), id: message }),
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
      await work()
    } catch (error) {
      log.info(describeError(error), failure)
    }
  }
}

/** How the trace shows up in the log of the Emulator. */
const traceName = 'klachtwijzer'
const traceType = 'https://klachtwijzer.nl/schemas/explanation'
const traceLabel = 'Why this reply'

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  const limit = AbortSignal.timeout(deliveryLimit)
  const late = new Promise<never>((_, reject) => {
    limit.addEventListener('abort', () => reject(limit.reason), { once: true })
  })
  return Promise.race([work, late])
}
