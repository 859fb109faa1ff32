import type { ActivityLog, ConversationLog } from '../../storage/activity-log.ts'
import { createCipher, type Random } from '../../storage/cipher.ts'
import type { ConversationStore } from '../../storage/conversation-store.ts'
import type { Grant } from './grant.ts'

/** One conversation, as far as the key in its token opens it. */
export type OpenConversation = {
  readonly grant: Grant
  readonly log: ConversationLog
  /** The store of all conversations, with what this one keeps sealed with its own key; it erases the log as well. */
  readonly store: ConversationStore
  /** As `log.append`. @param kept what `store.save` would save */
  readonly append: ConversationLog['append']
}

/** @param store where the others are kept too */
export function openConversation(
  grant: Grant,
  activities: ActivityLog,
  store: ConversationStore,
  random: Random,
): OpenConversation {
  const cipher = createCipher(Buffer.from(grant.key, 'base64url'), random)
  const log = activities.of(grant.conversation, cipher)
  const place = `state ${grant.conversation}`

  function unseal(stored: unknown): unknown {
    const { sealed } = (stored ?? {}) as { sealed?: unknown }
    if (typeof sealed !== 'string') return undefined
    try {
      return cipher.open(place, Buffer.from(sealed, 'base64'))
    } catch {
      return undefined
    }
  }

  const seal = (value: unknown) => ({ sealed: cipher.seal(place, value).toString('base64') })

  return {
    grant,
    log,
    append: (entries, kept) => log.append(entries, kept && { id: kept.id, value: seal(kept.value) }),
    store: {
      ...store,
      load: async (id) => unseal(await store.load(id)),
      save: (id, value) => store.save(id, seal(value)),
      async erase(id) {
        await log.erase()
        await store.erase(id)
      },
    },
  }
}
