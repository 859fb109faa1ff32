import type { ConversationStore } from '../storage/conversation-store.ts'
import { type ConversationRecord, parseRecord, toStored } from './conversation-record.ts'
import { describeError } from './describe-error.ts'
import type { Guide, GuideInput, GuideTurn, SpokenOption, SpokenReply, Venue } from './guide.ts'
import type { Log } from './log.ts'
import { offeredOptions } from './offered-options.ts'
import { createRecentIds } from './recent-ids.ts'

export type ConverseParts = { guide: Guide; store: ConversationStore; now: () => Date }

/** The replies of a turn as they were shown; `message` is the channel's id of the last message. */
export type Shown = { replies: readonly SpokenReply[]; turn: number; message?: string | undefined }

export type Arrival = {
  conversation: string
  /** The channel's id of what arrived; the same id again is a retry. */
  activityId?: string | null | undefined
  /** The client came in. One who said something before came back, as after a reload of the page, and is greeted again. */
  isGreeting: boolean
  input: (offered: readonly SpokenOption[]) => GuideInput
  /** The turn whose button was pressed; undefined for words, and where a channel cannot tell. */
  pressedTurn?: number | undefined
  /** The language of the client's program. */
  locale?: string | undefined
  venue?: Venue | undefined
  /** Shows the replies to the client and gives the channel's ids of the messages; throws when they did not arrive. */
  send: (replies: readonly SpokenReply[], turn: number) => Promise<readonly string[]>
  /** Takes away the options of replies that were shown before; `chosen` is the option that was. Does not throw. */
  close?: (shown: Shown, chosen: string | undefined) => Promise<void>
  /** Takes away messages of the bot, or puts `wiped` in their place; gives whether all are gone. Does not throw. */
  unsend?: (messages: readonly string[], wiped: SpokenReply) => Promise<boolean>
  /** Shows staff how the turn came about. Does not throw. */
  explain?: (state: unknown) => Promise<void>
  log: Log
}

/** What became of an arrival: `ignored` is a retry, or a greeting too many. */
export type Outcome = 'answered' | 'ignored' | 'apologised'

/** The replies could not be brought to the client; the conversation is as it was before, so a retry can succeed. */
export class DeliveryError extends Error {
  override name = 'DeliveryError'
}

const rememberedInStore = 20
const rememberedHere = 1000
/** Messages of the bot that can be taken away later; older ones stay. */
const rememberedMessages = 300

/**
 * Gives the function that does one turn: load, ask the guide, save, send. The state is on disk before the client
 * sees the reply, and with it the reply: when the program is killed in between, a retry gets the same reply, which is
 * twice at worst. When the guide or the store fails, the client gets an apology and the old state stays.
 * Call it for one arrival of a conversation at a time.
 */
export function createConverse({ guide, store, now }: ConverseParts): (arrival: Arrival) => Promise<Outcome> {
  // The store forgets ids when a conversation is erased; a retry of that very message is still known here.
  const recent = createRecentIds(rememberedHere)

  return async (arrival) => {
    const { conversation, activityId, log } = arrival
    const retryId = activityId && JSON.stringify([conversation, activityId])
    if (retryId && recent.has(retryId)) return 'ignored'

    let record: ConversationRecord | undefined
    let input: GuideInput
    let turn: GuideTurn
    let kept: ConversationRecord | undefined
    try {
      record = parseRecord(await store.load(conversation))
      const lost = lostReplies(record, arrival)
      if (record && lost) {
        const messages = await deliver(arrival, lost, record.turn)
        if (retryId) recent.add(retryId)
        await settle(arrival, record, messages)
        return 'answered'
      }
      if (activityId && record?.answered.includes(activityId)) return 'ignored'
      if (arrival.isGreeting && record && !(record.heard && activityId)) return 'ignored'
      input = withLocale(arrival.input(record?.offered ?? []), arrival, record)
      turn = guide.turn(record?.state, input, now(), arrival.venue)
      kept = await keep(arrival, turn, record)
    } catch (error) {
      if (error instanceof DeliveryError) throw error
      log.error(describeError(error), 'a turn failed; the client got an apology')
      await deliver(arrival, [guide.apology(record?.state)], record?.turn ?? 0)
      if (retryId) recent.add(retryId)
      return 'apologised'
    }

    try {
      const unsaid = turn.erase ? await takeBack(arrival, record, turn) : []
      const messages = await deliver(arrival, [...turn.replies, ...unsaid], kept?.turn ?? 0)
      if (retryId) recent.add(retryId)
      if (kept) await settle(arrival, kept, messages)
    } catch (error) {
      if (!turn.erase) await restore(conversation, record)
      throw error
    }
    if (!turn.erase) await closeLast(arrival, record, input)
    await arrival.explain?.(turn.state)
    return 'answered'
  }

  /** Notes that the replies arrived, and as which messages. When that fails they did all the same. */
  async function settle(
    { conversation, log }: Arrival,
    record: ConversationRecord,
    messages: readonly string[],
  ): Promise<void> {
    const message = messages.at(-1)
    const last = record.last && { ...record.last, delivered: true, ...(message && { message }) }
    const sent = [...record.sent, ...messages].slice(-rememberedMessages)
    try {
      await store.save(conversation, { ...record, last, sent })
    } catch (error) {
      log.warn(describeError(error), 'the replies arrived, and the storage does not know it')
    }
  }

  async function keep(
    { conversation, activityId, isGreeting }: Arrival,
    turn: GuideTurn,
    record: ConversationRecord | undefined,
  ): Promise<ConversationRecord | undefined> {
    if (turn.erase) {
      await store.erase(conversation)
      return undefined
    }
    const answered = [...(record?.answered ?? []), ...(activityId ? [activityId] : [])].slice(
      -rememberedInStore,
    )
    const next: ConversationRecord = {
      version: 1,
      state: turn.state,
      offered: offeredOptions(turn.replies),
      answered,
      heard: !isGreeting || record?.heard === true,
      turn: (record?.turn ?? 0) + 1,
      last: { ...(activityId && { to: activityId }), replies: turn.replies.map(toStored), delivered: false },
      sent: record?.sent ?? [],
    }
    await store.save(conversation, next)
    return next
  }

  /** After "wis alles": takes the bot's own messages away where the channel can, and says whether that worked. */
  async function takeBack(
    arrival: Arrival,
    record: ConversationRecord | undefined,
    turn: GuideTurn,
  ): Promise<readonly SpokenReply[]> {
    if (arrival.unsend === undefined || record === undefined || record.sent.length === 0) return []
    const areGone = await arrival.unsend(record.sent, guide.wiped(turn.state))
    return [guide.unsaid(turn.state, areGone)]
  }

  function restore(conversation: string, record: ConversationRecord | undefined): Promise<void> {
    return record === undefined ? store.erase(conversation) : store.save(conversation, record)
  }
}

/** The language of the client's program counts until the client said something here. */
function withLocale(
  input: GuideInput,
  { locale }: Arrival,
  record: ConversationRecord | undefined,
): GuideInput {
  return locale === undefined || record?.heard ? input : { ...input, locale }
}

/** Takes the options of the turn before away: they count no more. */
async function closeLast(
  arrival: Arrival,
  record: ConversationRecord | undefined,
  input: GuideInput,
): Promise<void> {
  if (record?.last === undefined || arrival.close === undefined) return
  const { last, turn } = record
  if (last.replies.every(({ options }) => options.length === 0)) return
  const isOfThatTurn = arrival.pressedTurn === undefined || arrival.pressedTurn === turn
  const chosen = input.kind === 'choose' && isOfThatTurn ? input.option : undefined
  await arrival.close({ replies: last.replies, turn, message: last.message }, chosen)
}

/** What was to be said to this very arrival, or to the greeting before it, when the program was killed. */
function lostReplies(
  record: ConversationRecord | undefined,
  { activityId, isGreeting }: Arrival,
): readonly SpokenReply[] | undefined {
  const { last, heard } = record ?? {}
  if (last === undefined || last.delivered) return undefined
  const isRetry = activityId ? last.to === activityId : false
  return isRetry || (isGreeting && !heard) ? last.replies : undefined
}

async function deliver(
  { send }: Arrival,
  replies: readonly SpokenReply[],
  turn: number,
): Promise<readonly string[]> {
  try {
    return await send(replies, turn)
  } catch (cause) {
    throw new DeliveryError('the replies did not arrive', { cause })
  }
}
