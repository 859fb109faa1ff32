import type { ConversationStore } from '../storage/conversation-store.ts'
import { type ConversationRecord, parseRecord, toPending } from './conversation-record.ts'
import { describeError } from './describe-error.ts'
import type { Guide, GuideInput, GuideTurn, SpokenOption, SpokenReply } from './guide.ts'
import type { Log } from './log.ts'
import { offeredOptions } from './offered-options.ts'
import { createRecentIds } from './recent-ids.ts'

export type ConverseParts = { guide: Guide; store: ConversationStore; now: () => Date }

export type Arrival = {
  conversation: string
  /** The channel's id of what arrived; the same id again is a retry. */
  activityId?: string | null | undefined
  /** The client came in. One who said something before came back, as after a reload of the page, and is greeted again. */
  isGreeting: boolean
  input: (offered: readonly SpokenOption[]) => GuideInput
  /** Shows the replies to the client; throws when they did not arrive. */
  send: (replies: readonly SpokenReply[]) => Promise<void>
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
    let turn: GuideTurn
    let kept: ConversationRecord | undefined
    try {
      record = parseRecord(await store.load(conversation))
      const lost = lostReplies(record, arrival)
      if (record && lost) {
        await deliver(arrival, lost)
        if (retryId) recent.add(retryId)
        await settle(arrival, record)
        return 'answered'
      }
      if (activityId && record?.answered.includes(activityId)) return 'ignored'
      if (arrival.isGreeting && record && !(record.heard && activityId)) return 'ignored'
      turn = guide.turn(record?.state, arrival.input(record?.offered ?? []), now())
      kept = await keep(arrival, turn, record)
    } catch (error) {
      if (error instanceof DeliveryError) throw error
      log.error(describeError(error), 'a turn failed; the client got an apology')
      await deliver(arrival, [guide.apology(record?.state)])
      if (retryId) recent.add(retryId)
      return 'apologised'
    }

    try {
      await deliver(arrival, turn.replies)
    } catch (error) {
      if (!turn.erase) await restore(conversation, record)
      throw error
    }
    if (retryId) recent.add(retryId)
    if (kept) await settle(arrival, kept)
    return 'answered'
  }

  /** Notes that the replies arrived. When that fails they did all the same. */
  async function settle({ conversation, log }: Arrival, record: ConversationRecord): Promise<void> {
    const { pending: _, ...settled } = record
    try {
      await store.save(conversation, settled)
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
      pending: toPending(activityId, turn.replies),
    }
    await store.save(conversation, next)
    return next
  }

  function restore(conversation: string, record: ConversationRecord | undefined): Promise<void> {
    return record === undefined ? store.erase(conversation) : store.save(conversation, record)
  }
}

/** What was to be said to this very arrival, or to the greeting before it, when the program was killed. */
function lostReplies(
  record: ConversationRecord | undefined,
  { activityId, isGreeting }: Arrival,
): readonly SpokenReply[] | undefined {
  const { pending, heard } = record ?? {}
  if (pending === undefined) return undefined
  const isRetry = activityId ? pending.id === activityId : false
  return isRetry || (isGreeting && !heard) ? pending.replies : undefined
}

async function deliver({ send }: Arrival, replies: readonly SpokenReply[]): Promise<void> {
  try {
    await send(replies)
  } catch (cause) {
    throw new DeliveryError('the replies did not arrive', { cause })
  }
}
