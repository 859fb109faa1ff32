// Not through its index, which loads recognizers of text and a tokenizer that nothing here uses.
import { Application } from '@microsoft/teams-ai/lib/Application.js'
import { ActivityTypes, type TurnContext } from 'botbuilder'
import { bodyCommand, bodyParameter } from './body-command.ts'
import { answerBodyQuery } from './body-query.ts'
import { chooseVerb } from './cards/option-rows.ts'
import { conversationKeyOf } from './conversation-key.ts'
import { aside, type ConverseParts, createConverse, deliver, type Outcome } from './converse.ts'
import { isPersonal } from './is-personal.ts'
import { createLine, type Line, ownLineOf } from './line.ts'
import type { Log } from './log.ts'
import { isOnlyInsertedCard, type Press, readChange, readInput, readPress } from './read-input.ts'
import { createTurnQueue } from './turn-queue.ts'

export type BotApplicationParts = ConverseParts & {
  /** The chat outside Teams, for who would rather not talk there. */
  chatUrl?: string | undefined
}

/** Characters of a search that are read. */
const longestQuery = 200

/** A press that says nothing of ours is answered as that of a card from before. */
const unreadable: Press = { choose: 'unreadable', of: 'unreadable' }

/** The bot: activities in, replies out, one turn of a conversation at a time. */
export type BotApplication = {
  run(context: TurnContext, log: Log): Promise<Outcome>
  /** Resolves when no turn runs any more. */
  idle(): Promise<void>
}

export function createBotApplication(parts: BotApplicationParts): BotApplication {
  const { guide, now, chatUrl } = parts
  const converse = createConverse(parts)
  const queue = createTurnQueue()
  const logOf = new WeakMap<TurnContext, Log>()
  const outcomeOf = new WeakMap<TurnContext, Outcome>()
  const application = new Application({ removeRecipientMention: true })
  // The option `startTypingTimer: false` does nothing in teams-ai 1.7.4, and one timer serves all conversations.
  application.startTypingTimer = () => {}

  application.activity(ActivityTypes.Message, async (context) => {
    const { text, value } = context.activity
    if (!isOnlyInsertedCard(text)) await onInput(context, readPress(value))
  })

  application.adaptiveCards.actionExecute(chooseVerb, async (context, _state, data: unknown) => {
    const line = await onInput(context, readPress(data) ?? unreadable)
    return line.closed() ?? line.said()
  })

  application.conversationUpdate('membersAdded', async (context) => {
    const { membersAdded, recipient, channelId } = context.activity
    const isOnlyBot = membersAdded?.every((member) => member.id === recipient.id) ?? true
    // In Teams a client comes in by installing the app, of which the bot hears that it was added itself.
    if (!isOnlyBot || channelId === 'msteams') await onArrival(context)
  })

  application.activity(ActivityTypes.InstallationUpdate, async (context) => {
    if (context.activity.action?.startsWith('add')) await onArrival(context)
  })

  application.activity(ActivityTypes.EndOfConversation, async (context) => {
    const { store = parts.store } = ownLineOf(context) ?? {}
    await store.erase(conversationKeyOf(context.activity))
    outcomeOf.set(context, 'answered')
  })

  application.messageExtensions.query(bodyCommand, async (context, _state, { parameters }) => {
    outcomeOf.set(context, 'searched')
    return answerBodyQuery(guide.findBodies(readQuery(parameters[bodyParameter]), context.activity.locale))
  })

  function onInput(context: TurnContext, press: Press | undefined): Promise<Line> {
    const { text, value } = context.activity
    const change = readChange(value)
    return answer(context, {
      isGreeting: false,
      input: (offered) => change ?? readInput(text ?? '', press, offered),
      pressedTurn: press?.turn,
    })
  }

  async function onArrival(context: TurnContext): Promise<void> {
    if (isPersonal(context)) await answer(context, { isGreeting: true, input: () => ({ kind: 'start' }) })
  }

  async function answer(
    context: TurnContext,
    arrival: Pick<Parameters<typeof converse>[0], 'isGreeting' | 'input' | 'pressedTurn'>,
  ): Promise<Line> {
    const log = logOf.get(context)
    if (log === undefined) throw new Error('a turn began outside of run')
    const { id, channelId } = context.activity
    // Elsewhere than in Teams the language is that of a browser or a tool, and counts for the greeting only.
    const locale = channelId === 'msteams' || arrival.isGreeting ? context.activity.locale : undefined
    const line = createLine(context, { log, chatUrl, explain: (state) => guide.explain(state, now()) })
    if (!isPersonal(context)) {
      await deliver(line, [guide.apology(undefined, 'personal', locale)], 0, aside(undefined))
      outcomeOf.set(context, 'apologised')
      return line
    }
    const outcome = await converse({
      ...arrival,
      isToldTwice: channelId === 'msteams',
      ...line,
      conversation: conversationKeyOf(context.activity),
      activityId: id,
      ...(locale && { locale }),
      log,
    })
    outcomeOf.set(context, outcome)
    return line
  }

  return {
    async run(context, log) {
      logOf.set(context, log)
      await queue.run(conversationKeyOf(context.activity), () => application.run(context))
      return outcomeOf.get(context) ?? 'ignored'
    },
    idle: () => queue.idle(),
  }
}

function readQuery(given: unknown): string {
  return typeof given === 'string' ? given.slice(0, longestQuery) : ''
}
