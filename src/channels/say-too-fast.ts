import type { TurnContext } from 'botbuilder'
import type { ConversationStore } from '../storage/conversation-store.ts'
import { parseRecord } from './conversation-record.ts'
import { aside, deliver } from './converse.ts'
import type { Guide } from './guide.ts'
import { createSend, ownLineOf } from './line.ts'

/**
 * Gives the function that tells a client who goes too fast what to do, and whom to call. It runs beside the turns of the
 * conversation, so it reads the state and leaves it as it is. It throws a `DeliveryError` when the client did not get it.
 */
export function createSayTooFast(
  guide: Guide,
  store: ConversationStore,
): (conversation: string, context: TurnContext) => Promise<void> {
  return async (conversation, context) => {
    const { store: kept = store, organisation } = ownLineOf(context) ?? {}
    const record = parseRecord(await kept.load(conversation).catch(() => undefined))
    const reply = guide.apology(record?.state, 'fast', context.activity.locale, organisation)
    await deliver({ send: createSend(context) }, [reply], 0, aside(record?.state))
  }
}
