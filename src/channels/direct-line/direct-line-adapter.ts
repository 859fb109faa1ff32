import { type Activity, BotAdapter, TurnContext } from 'botbuilder'
import { type OwnLine, setOwnLine } from '../line.ts'

/**
 * Runs turns in this process: no HTTP between the client and the bot. What the bot says goes over the line that comes with
 * the turn, as data; there is no other way out.
 */
export class DirectLineAdapter extends BotAdapter {
  /** Runs one turn; throws what it throws. */
  receive(
    activity: Partial<Activity>,
    line: OwnLine,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const context = new TurnContext(this, activity)
    setOwnLine(context, line)
    return turn(context)
  }

  override sendActivities(): Promise<never> {
    return unsupported()
  }

  override updateActivity(): Promise<never> {
    return unsupported()
  }

  override deleteActivity(): Promise<never> {
    return unsupported()
  }

  override continueConversation(): Promise<never> {
    return unsupported()
  }
}

async function unsupported(): Promise<never> {
  throw new Error('over Direct Line the bot speaks through its line, see OwnLine')
}
