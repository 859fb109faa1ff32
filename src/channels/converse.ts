import type { ConversationStore } from '../storage/conversation-store.ts'
import { type ConversationRecord, parseRecord } from './conversation-record.ts'
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
  /** Only a conversation that has not begun is greeted. */
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
 * sees the reply. When the guide or the store fails, the client gets an apology and the old state stays.
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
    try {
      record = parseRecord(await store.load(conversation))
      if (activityId && record?.answered.includes(activityId)) return 'ignored'
      if (arrival.isGreeting && record !== undefined) return 'ignored'
      turn = guide.turn(record?.state, arrival.input(record?.offered ?? []), now())
      await keep(conversation, turn, record, activityId)
    } catch (error) {
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
    return 'answered'
  }

  async function keep(
    conversation: string,
    turn: GuideTurn,
    record: ConversationRecord | undefined,
    activityId: string | null | undefined,
  ): Promise<void> {
    if (turn.erase) return store.erase(conversation)
    const answered = [...(record?.answered ?? []), ...(activityId ? [activityId] : [])].slice(
      -rememberedInStore,
    )
    const next: ConversationRecord = {
      version: 1,
      state: turn.state,
      offered: offeredOptions(turn.replies),
      answered,
    }
    await store.save(conversation, next)
  }

  function restore(conversation: string, record: ConversationRecord | undefined): Promise<void> {
    return record === undefined ? store.erase(conversation) : store.save(conversation, record)
  }
}

async function deliver({ send }: Arrival, replies: readonly SpokenReply[]): Promise<void> {
  try {
    await send(replies)
  } catch (cause) {
    throw new DeliveryError('the replies did not arrive', { cause })
  }
}
