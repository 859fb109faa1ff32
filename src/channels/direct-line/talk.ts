import type { BotApplication } from '../bot-application.ts'
import { conversationKeyOf } from '../conversation-key.ts'
import type { Outcome, Said } from '../converse.ts'
import type { Guide, SpokenReply } from '../guide.ts'
import type { OwnLine } from '../line.ts'
import type { Log } from '../log.ts'
import type { RateLimits } from '../rate-limits.ts'
import { createRecentIds } from '../recent-ids.ts'
import type { createSayTooFast } from '../say-too-fast.ts'
import type { OpenConversation } from './conversation.ts'
import { DirectLineAdapter } from './direct-line-adapter.ts'
import type { BotEntry, ClientEntry } from './entry.ts'
import { Refused } from './errors.ts'
import type { Incoming } from './incoming.ts'
import { activityId, bot, directLineChannel } from './render-entry.ts'
import type { Fresh, Streams } from './streams.ts'
import type { WireFrame } from './wire.ts'

export type TalkParts = {
  guide: Guide
  now: () => Date
  application: BotApplication
  limits: RateLimits
  sayTooFast: ReturnType<typeof createSayTooFast>
  streams: Streams
}

/** What became of a post: the id of the activity, and the outcome for the counts. */
export type Posted = { readonly id: string; readonly outcome: Outcome | 'too-fast' }

/** The turns of conversations over Direct Line. */
export type Talk = {
  /** Whether nothing was ever said in a conversation. */
  isNew(conversation: OpenConversation): Promise<boolean>
  /** Greets, as the first turn of a new conversation. @param locale the language of the client's program */
  begin(conversation: OpenConversation, locale: string | undefined, log: Log): Promise<void>
  /**
   * One message of the client, and the answer to it; both are in the log when the promise resolves. One that was posted
   * before is not answered again. @throws Refused when the client goes too fast, or left meanwhile, DeliveryError when
   * the storage fails
   */
  post(conversation: OpenConversation, incoming: Incoming, log: Log): Promise<Posted>
  /**
   * Erases the conversation and all that was said in it, after the turns that are under way. What was sent before it and
   * comes in later is refused: nothing of it is kept.
   */
  end(conversation: OpenConversation, log: Log): Promise<void>
}

/** Conversations of which it is known here that they were begun, or were left. */
const rememberedHere = 10_000
/** The client to the bot, which does not ask who it is. */
const someone = 'client'
/** The bot has no service that replies are sent to; the activity must name one. */
const serviceUrl = 'urn:klachtwijzer:direct-line'

export function createTalk({ guide, now, application, limits, sayTooFast, streams }: TalkParts): Talk {
  const adapter = new DirectLineAdapter()
  const begun = createRecentIds(rememberedHere)
  const ended = createRecentIds(rememberedHere)

  /** Call it just before a turn goes into the queue: one that goes in after the erasing would be kept. */
  function refuseEnded({ grant }: OpenConversation): void {
    if (ended.has(grant.conversation)) throw new Refused('conversation-ended')
  }

  /** The activity as the bot gets it. */
  function toBot({ grant }: OpenConversation, fields: object) {
    return {
      channelId: directLineChannel,
      serviceUrl,
      conversation: { id: grant.conversation, isGroup: false, conversationType: 'personal', name: '' },
      from: { id: grant.user ?? someone, name: '' },
      recipient: bot,
      ...fields,
    }
  }

  /**
   * The way back to the client of one turn. What it did, the answer and the state go to disk together, just before the
   * client sees the answer: killed at any moment, the turn was taken or it was not.
   */
  function lineOf({ grant, store, append }: OpenConversation, did?: { entry: ClientEntry; mark?: string }) {
    let number: number | undefined
    let kept: { id: string; value: unknown } | undefined
    const line: OwnLine = {
      store: {
        ...store,
        async save(id, value) {
          kept = { id, value }
        },
      },
      organisation: grant.organisation,
      ...(grant.format === 'replies' && { venue: { kind: 'chat' as const } }),
      showsOnce: true,
      async send(replies, turn, said) {
        const own = did && {
          value: said.erased ? { ...did.entry, text: undefined, value: undefined } : did.entry,
          ...(did.mark !== undefined && { mark: did.mark }),
        }
        const reply = {
          value: botEntry(replies, turn, said, grant.format === 'replies'),
          ...(said.isKept && { mark: `turn ${turn} ${did?.mark ?? ''}` }),
        }
        const added = own === undefined ? [reply] : [own, reply]
        const numbers = await append(added, said.isKept ? kept : undefined)
        const fresh: Fresh[] = added.map(({ value }, index) => ({ number: numbers[index] ?? 0, value }))
        streams.publish(grant.conversation, fresh)
        number = own && numbers[0]
        return fresh
          .slice(own === undefined ? 0 : 1)
          .map((each) => activityId(grant.conversation, each.number))
      },
    }
    return { line, numberOfOwn: () => number }
  }

  function botEntry(replies: readonly SpokenReply[], turn: number, said: Said, isFramed: boolean): BotEntry {
    return {
      by: 'bot',
      at: now().toISOString(),
      turn,
      replies: replies.map(({ advice: _, ...reply }) => reply),
      ...(isFramed && { frame: frameOf(guide, said.state, now()) }),
      end: said.end,
      erased: said.erased,
    }
  }

  async function isNew({ grant, log }: OpenConversation): Promise<boolean> {
    if (begun.has(grant.conversation)) return false
    if ((await log.last()) === 0) return true
    begun.add(grant.conversation)
    return false
  }

  async function begin(conversation: OpenConversation, locale: string | undefined, log: Log): Promise<void> {
    const { grant } = conversation
    const arrival = toBot(conversation, {
      type: 'conversationUpdate',
      membersAdded: [{ id: grant.user ?? someone, name: '' }],
      locale: grant.locale ?? locale,
    })
    refuseEnded(conversation)
    await adapter.receive(arrival, lineOf(conversation).line, async (context) => {
      await application.run(context, log)
    })
    begun.add(grant.conversation)
  }

  async function post(conversation: OpenConversation, incoming: Incoming, log: Log): Promise<Posted> {
    const { grant } = conversation
    const id = incoming.clientId ?? crypto.randomUUID()
    const mark = `client ${id}`
    // Also long ago, and before this program was started: the state of the conversation knows only the last few.
    const before = incoming.clientId === undefined ? undefined : await conversation.log.numberOf(mark)
    if (before !== undefined) return { id: activityId(grant.conversation, before), outcome: 'ignored' }
    const { text, value } = incoming
    const entry: ClientEntry = {
      by: 'client',
      at: now().toISOString(),
      ...(text !== undefined && { text }),
      ...(value !== undefined && { value }),
      ...(incoming.clientId !== undefined && { clientId: incoming.clientId }),
      ...(incoming.from !== undefined && { from: incoming.from }),
    }
    const activity = toBot(conversation, { type: 'message', id, text: text ?? '', value })
    const key = conversationKeyOf(activity)
    const pace = await limits.enter(key)
    if (pace.isTooFast && !pace.isFirst) throw new Refused('too-fast', pace.seconds)
    // What came too fast was not answered yet: it may come again.
    const { line, numberOfOwn } = lineOf(conversation, pace.isTooFast ? { entry } : { entry, mark })
    let outcome: Posted['outcome'] = 'too-fast'
    try {
      refuseEnded(conversation)
      await adapter.receive(activity, line, async (context) => {
        if (pace.isTooFast) await sayTooFast(key, context)
        else outcome = await application.run(context, log)
      })
    } finally {
      if (!pace.isTooFast) limits.leave(key)
    }
    const number = numberOfOwn() ?? (await conversation.log.numberOf(mark)) ?? 0
    return { id: activityId(grant.conversation, number), outcome }
  }

  return {
    isNew,
    begin,
    post,
    async end(conversation, log) {
      ended.add(conversation.grant.conversation)
      const activity = toBot(conversation, { type: 'endOfConversation' })
      await adapter.receive(activity, lineOf(conversation).line, async (context) => {
        await application.run(context, log)
      })
      streams.end(conversation.grant.conversation)
    },
  }
}

/** What stands around the replies, without the words that every client has itself. */
export function frameOf(guide: Guide, state: unknown, now: Date): WireFrame {
  const { locale, direction, answers, commands, languages } = guide.frame(state, now)
  return { locale, direction, answers, commands, languages }
}
