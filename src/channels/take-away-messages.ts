import type { TurnContext } from 'botbuilder'
import { describeError } from './describe-error.ts'
import type { Log } from './log.ts'

/** Messages taken away at the same time. */
const atOnce = 4
const tries = 3
/** How long to wait when the channel has it too busy, in milliseconds; doubled each time. */
const pause = 500

/** Takes messages of the bot away; gives whether all are gone. Does not throw. */
export async function takeAwayMessages(
  context: TurnContext,
  messages: readonly string[],
  log: Log,
): Promise<boolean> {
  const waiting = [...messages].reverse()
  let areAllGone = true
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      if (!(await takeAway(context, id, log))) areAllGone = false
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return areAllGone
}

async function takeAway(context: TurnContext, id: string, log: Log): Promise<boolean> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    try {
      await context.deleteActivity(id)
      return true
    } catch (error) {
      const status = statusOf(error)
      if (status === 404) return true
      if (status !== 429 || attempt === tries) {
        log.info(describeError(error), 'a message could not be taken away')
        return false
      }
      await new Promise((resolve) => setTimeout(resolve, pause * 2 ** (attempt - 1)))
    }
  }
  return false
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
}
