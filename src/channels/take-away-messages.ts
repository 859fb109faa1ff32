import type { Activity, TurnContext } from 'botbuilder'
import { describeError } from './describe-error.ts'
import type { Log } from './log.ts'
import { within } from './within.ts'

/** Messages taken away at the same time. */
const atOnce = 4
const tries = 3
/** How long all of it may take, in milliseconds: a channel waits some 15 seconds for its answer. */
const limit = 10_000
/** How long to wait when the channel has it too busy, in milliseconds; doubled each time. */
const pause = 500

/**
 * Takes messages of the bot away; where a channel keeps them, `wiped` takes their place. Gives those that are still
 * there. Does not throw.
 */
export async function takeAwayMessages(
  context: TurnContext,
  messages: readonly string[],
  wiped: Partial<Activity>,
  log: Log,
): Promise<readonly string[]> {
  const waiting = [...messages].reverse()
  const left = new Set(messages)
  const isOver = AbortSignal.timeout(limit)
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined && !isOver.aborted; id = waiting.shift()) {
      const message = id
      const isGone =
        (await attempt(() => context.deleteActivity(message), log)) ||
        (await attempt(() => context.updateActivity({ ...wiped, id: message }), log))
      if (isGone) left.delete(message)
    }
  }
  try {
    await within(limit, Promise.all(Array.from({ length: atOnce }, work)))
  } catch {
    log.info('not all messages were taken away in time')
  }
  return [...left]
}

/** Does it, again when the channel has it too busy; gives whether it was done. A message that is gone already is gone. */
async function attempt(change: () => Promise<unknown>, log: Log): Promise<boolean> {
  for (let count = 1; count <= tries; count += 1) {
    try {
      await change()
      return true
    } catch (error) {
      const status = statusOf(error)
      if (status === 404) return true
      if (status !== 429 || count === tries) {
        log.info(describeError(error), 'a message could not be taken away')
        return false
      }
      await new Promise((resolve) => setTimeout(resolve, pause * 2 ** (count - 1)))
    }
  }
  return false
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
}
