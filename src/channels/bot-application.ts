import { Application } from '@microsoft/teams-ai'
import { ActivityTypes, type TurnContext } from 'botbuilder'
import type { Arrival, Outcome } from './converse.ts'
import type { Log } from './log.ts'
import { readInput } from './read-input.ts'
import { renderReplies } from './render-replies.ts'
import { createTurnQueue } from './turn-queue.ts'

/** How long a channel may take to accept the replies of one turn, in milliseconds. */
const deliveryLimit = 15_000

/** The bot: activities in, replies out, one turn of a conversation at a time. */
export type BotApplication = {
  run(context: TurnContext, log: Log): Promise<Outcome>
  /** Resolves when no turn runs any more. */
  idle(): Promise<void>
}

export function createBotApplication(converse: (arrival: Arrival) => Promise<Outcome>): BotApplication {
  const queue = createTurnQueue()
  const logOf = new WeakMap<TurnContext, Log>()
  const outcomeOf = new WeakMap<TurnContext, Outcome>()
  const application = new Application({ startTypingTimer: false, removeRecipientMention: true })

  application.activity(ActivityTypes.Message, (context) => {
    const { text, value } = context.activity
    return answer(context, false, (offered) => readInput(text, value, offered))
  })

  application.conversationUpdate('membersAdded', async (context) => {
    const { membersAdded, recipient, locale } = context.activity
    if (membersAdded?.every((member) => member.id === recipient.id)) return
    await answer(context, true, () => ({ kind: 'start', ...(locale && { locale }) }))
  })

  async function answer(context: TurnContext, isGreeting: boolean, input: Arrival['input']): Promise<void> {
    const log = logOf.get(context)
    if (log === undefined) throw new Error('a turn began outside of run')
    const outcome = await converse({
      conversation: conversationKey(context),
      activityId: context.activity.id,
      isGreeting,
      input,
      log,
      async send(replies) {
        const limit = AbortSignal.timeout(deliveryLimit)
        const late = new Promise<never>((_, reject) => {
          limit.addEventListener('abort', () => reject(limit.reason), { once: true })
        })
        await Promise.race([context.sendActivities(renderReplies(replies)), late])
      },
    })
    outcomeOf.set(context, outcome)
  }

  return {
    async run(context, log) {
      logOf.set(context, log)
      await queue.run(conversationKey(context), () => application.run(context))
      return outcomeOf.get(context) ?? 'ignored'
    },
    idle: () => queue.idle(),
  }
}

function conversationKey({ activity }: TurnContext): string {
  return JSON.stringify([activity.channelId, activity.conversation.id])
}
