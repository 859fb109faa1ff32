import { createHash } from 'node:crypto'
import type { ConversationStore } from '../storage/conversation-store.ts'
import { type ConversationRecord, parseRecord, toStored } from './conversation-record.ts'
import { describeError } from './describe-error.ts'
import type { Guide, GuideChange, GuideInput, GuideTurn, SpokenOption, SpokenReply, Venue } from './guide.ts'
import type { Log } from './log.ts'
import { offeredOptions } from './offered-options.ts'
import { createRecentIds } from './recent-ids.ts'

export type ConverseParts = { guide: Guide; store: ConversationStore; now: () => Date }

/** The replies of a turn as they were shown. */
export type Shown = {
  replies: readonly SpokenReply[]
  turn: number
  /** The channel's id of the last message. */
  message?: string | undefined
  /** A button of it was pressed just now. */
  isPressed: boolean
}

/** What a channel may want to know of the replies that it shows. */
export type Said = {
  /** What the guide keeps of the conversation now; undefined where nothing was said before. */
  readonly state: unknown
  /** The conversation came to an end: it can be begun anew. */
  readonly end: boolean
  /** All that was kept of the conversation is gone. */
  readonly erased: boolean
  /** They are those of a turn that is kept: shown again after the program was killed, they are the same. */
  readonly isKept: boolean
}

export type Arrival = {
  conversation: string
  /** Where this conversation is kept, when not where the others are. */
  store?: ConversationStore | undefined
  /** The organisation at whose place the client is, for a conversation that begins. */
  organisation?: string | undefined
  /** The channel's id of what arrived; the same id again is a retry. */
  activityId?: string | null | undefined
  /** The client came in. One who said something before came back, as after a reload of the page, and is greeted again. */
  isGreeting: boolean
  /** The channel tells one arrival in several activities. */
  isToldTwice?: boolean
  input: (offered: readonly SpokenOption[]) => GuideInput | GuideChange
  /** The turn whose button was pressed; undefined for words, and where a channel cannot tell. */
  pressedTurn?: number | undefined
  /** The language of the client's program. */
  locale?: string | undefined
  venue?: Venue | undefined
  /** Shows the replies to the client and gives the channel's ids of the messages; throws when they did not arrive. */
  send: (replies: readonly SpokenReply[], turn: number, said: Said) => Promise<readonly string[]>
  /** What is sent twice is shown once, so that it need not be kept that it arrived. */
  showsOnce?: boolean
  /** Takes away the options of replies that were shown before; `chosen` is the option that was. Does not throw. */
  close?: (shown: Shown, chosen: string | undefined) => Promise<void>
  /** Takes away messages of the bot, or puts `wiped` in their place; gives those that are still there. Does not throw. */
  unsend?: (messages: readonly string[], wiped: SpokenReply) => Promise<readonly string[]>
  /** Shows staff how the turn came about. Does not throw. */
  explain?: (state: unknown) => Promise<void>
  log: Log
}

/** What became of an arrival: `ignored` is a retry, or a greeting too many; `searched`, staff looked something up. */
export type Outcome = 'answered' | 'ignored' | 'apologised' | 'searched'

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
export function createConverse({
  guide,
  store: usual,
  now,
}: ConverseParts): (arrival: Arrival) => Promise<Outcome> {
  // The store forgets ids when a conversation is erased; a retry of that very message is still known here.
  const recent = createRecentIds(rememberedHere)

  return async (arrival) => {
    const { conversation, activityId, log, store = usual } = arrival
    const retryId = activityId && hashOf([conversation, activityId])
    if (retryId && recent.has(retryId)) return 'ignored'

    let record: ConversationRecord | undefined
    let unsaid: readonly SpokenReply[] = []
    let input: GuideInput | GuideChange
    let turn: GuideTurn
    let kept: ConversationRecord | undefined
    try {
      record = parseRecord(await store.load(conversation))
      if (record?.wiping) {
        unsaid = await takeBack(arrival, record)
        record = undefined
      }
      const lost = lostReplies(record, arrival)
      if (record && lost) {
        const messages = await deliver(arrival, lost, record.turn, {
          state: record.state,
          end: record.last?.end === true,
          erased: false,
          isKept: true,
        })
        if (retryId) recent.add(retryId)
        await settle(arrival, record, messages)
        return 'answered'
      }
      if (activityId && record?.answered.includes(activityId)) return 'ignored'
      if (isGreetingTooMany(arrival, record)) return 'ignored'
      input = withPlace(arrival.input(record?.offered ?? []), arrival, record)
      turn = guide.turn(record?.state, input, now(), arrival.venue)
      kept = turn.erase ? undefined : await keep(arrival, turn, record)
      if (turn.erase) unsaid = [...unsaid, ...(await wipe(arrival, turn, record))]
    } catch (error) {
      if (error instanceof DeliveryError) throw error
      log.error(describeError(error), 'a turn failed; the client got an apology')
      const sorry = guide.apology(record?.state, 'fault', arrival.locale, arrival.organisation)
      const messages = await deliver(arrival, [sorry], record?.turn ?? 0, aside(record?.state))
      if (retryId) recent.add(retryId)
      if (record) await settle(arrival, record, messages)
      return 'apologised'
    }

    try {
      const messages = await deliver(arrival, [...turn.replies, ...unsaid], kept?.turn ?? 0, {
        state: turn.state,
        end: turn.end,
        erased: turn.erase,
        isKept: kept !== undefined,
      })
      if (retryId) recent.add(retryId)
      if (kept) await settle(arrival, kept, messages)
    } catch (error) {
      if (!turn.erase) await restore(arrival, record)
      throw error
    }
    await Promise.all([
      turn.erase ? undefined : closeLast(arrival, record, input),
      arrival.explain?.(turn.state),
    ])
    return 'answered'
  }

  /** Notes that the replies arrived, and as which messages. When that fails they did all the same. */
  async function settle(
    { conversation, unsend, log, showsOnce, store = usual }: Arrival,
    record: ConversationRecord,
    messages: readonly string[],
  ): Promise<void> {
    if (showsOnce) return
    const message = messages.at(-1)
    const isNew = record.last?.delivered === false
    const last = isNew ? { ...record.last, delivered: true, ...(message && { message }) } : record.last
    const sent = unsend === undefined ? [] : [...record.sent, ...messages].slice(-rememberedMessages)
    try {
      await store.save(conversation, { ...record, last, sent })
    } catch (error) {
      log.warn(describeError(error), 'the replies arrived, and the storage does not know it')
    }
  }

  async function keep(
    { conversation, activityId, isGreeting, store = usual }: Arrival,
    turn: GuideTurn,
    record: ConversationRecord | undefined,
  ): Promise<ConversationRecord> {
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
      last: {
        ...(activityId && { to: activityId }),
        replies: turn.replies.map(toStored),
        delivered: false,
        isGreeting,
        end: turn.end,
      },
      sent: record?.sent ?? [],
      wiping: false,
    }
    await store.save(conversation, next)
    return next
  }

  /**
   * Forgets all that is stored. The ids of the bot's own messages go last, when those messages were taken away: should
   * the program be killed in between, the next arrival goes on with it.
   */
  async function wipe(
    arrival: Arrival,
    turn: GuideTurn,
    record: ConversationRecord | undefined,
  ): Promise<readonly SpokenReply[]> {
    const { conversation, unsend, store = usual } = arrival
    const sent = record?.sent ?? []
    if (unsend === undefined || sent.length === 0) {
      await store.erase(conversation)
      return []
    }
    const { locale } = (turn.state ?? {}) as { locale?: unknown }
    const rest: ConversationRecord = {
      version: 1,
      state: { locale },
      offered: [],
      answered: [],
      heard: false,
      turn: 0,
      sent,
      wiping: true,
    }
    await store.save(conversation, rest)
    return takeBack(arrival, rest)
  }

  /** Takes the bot's own messages away, and says whether that worked. Those that stay are kept for another try. */
  async function takeBack(
    { conversation, unsend, store = usual }: Arrival,
    rest: ConversationRecord,
  ): Promise<readonly SpokenReply[]> {
    const left = unsend === undefined ? rest.sent : await unsend(rest.sent, guide.wiped(rest.state))
    if (left.length === 0) await store.erase(conversation)
    else
      await store.save(conversation, {
        ...rest,
        state: undefined,
        heard: true,
        sent: [...left],
        wiping: false,
      })
    return [guide.unsaid(rest.state, left.length === 0)]
  }

  function restore(
    { conversation, store = usual }: Arrival,
    record: ConversationRecord | undefined,
  ): Promise<void> {
    return record === undefined ? store.erase(conversation) : store.save(conversation, record)
  }
}

/** So that a copy of the memory names no conversation. */
function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64')
}

/** Where the client is, and in what language: that of the client's program counts until the client said something here. */
function withPlace(
  input: GuideInput | GuideChange,
  { locale, organisation }: Arrival,
  record: ConversationRecord | undefined,
): GuideInput | GuideChange {
  if (input.kind === 'change') return input
  const placed = organisation === undefined ? input : { ...input, organisation }
  return locale === undefined || record?.heard ? placed : { ...placed, locale }
}

/** Takes the options of the turn before away: they count no more. */
async function closeLast(
  arrival: Arrival,
  record: ConversationRecord | undefined,
  input: GuideInput | GuideChange,
): Promise<void> {
  if (record?.last === undefined || arrival.close === undefined) return
  const { last, turn } = record
  if (last.replies.every(({ options }) => options.length === 0)) return
  const isOfThatTurn = arrival.pressedTurn === undefined || arrival.pressedTurn === turn
  const chosen = input.kind === 'choose' && isOfThatTurn ? input.option : undefined
  const isPressed = arrival.pressedTurn === turn
  await arrival.close({ replies: last.replies, turn, message: last.message, isPressed }, chosen)
}

/** Whether the client was greeted already. One who spoke and comes back is greeted again. */
function isGreetingTooMany(
  { isGreeting, isToldTwice, activityId }: Arrival,
  record: ConversationRecord | undefined,
): boolean {
  if (!isGreeting || record === undefined) return false
  return !record.heard || !activityId || (isToldTwice === true && record.last?.isGreeting === true)
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

/** What is known of words beside the conversation, such as an apology. @param state as it was before */
export function aside(state: unknown): Said {
  return { state, end: false, erased: false, isKept: false }
}

/** Shows replies outside of a turn. @throws DeliveryError when they did not arrive */
export async function deliver(
  { send }: Pick<Arrival, 'send'>,
  replies: readonly SpokenReply[],
  turn: number,
  said: Said,
): Promise<readonly string[]> {
  try {
    return await send(replies, turn, said)
  } catch (cause) {
    throw new DeliveryError('the replies did not arrive', { cause })
  }
}
