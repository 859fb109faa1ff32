import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { Cipher } from './cipher.ts'
import type { ConversationStore } from './conversation-store.ts'
import { createGuard, type GuardParts } from './guard.ts'
import { saveConversation, sealOf } from './save-conversation.ts'
import type { Schema } from './schema.ts'

export type KyselyStoreParts = GuardParts & {
  db: Kysely<Schema>
  cipher: Cipher
  now: () => Date
  /** How long a value is kept after it was last saved, in milliseconds. */
  lifetime: number
}

const day = 24 * 3_600_000

/** A conversation store over any database that Kysely speaks. */
export function createKyselyStore(parts: KyselyStoreParts): ConversationStore {
  const { db, cipher, now, lifetime, log, explain } = parts
  // A clock may be set back and a lifetime made shorter; what expires even later was not written by this program.
  const longest = Math.max(lifetime, 7 * day) + day
  const guard = createGuard(parts)
  const guarded = guard.run

  async function removeWhere(
    condition: (row: ExpressionBuilder<Schema, 'conversation'>) => Expression<SqlBool>,
  ): Promise<number> {
    const { numDeletedRows } = await db.deleteFrom('conversation').where(condition).executeTakeFirst()
    if (numDeletedRows > 0n) guard.noteRemoval()
    return Number(numDeletedRows)
  }

  function isExpired(row: ExpressionBuilder<Schema, 'conversation'>) {
    const time = now().getTime()
    return row.or([row('expires', '<=', time), row('expires', '>', time + longest)])
  }

  return {
    load: (id) =>
      guarded(async () => {
        const name = cipher.nameRow(id)
        const stored = await db
          .selectFrom('conversation')
          .select(['value', 'expires'])
          .where((row) => row.and([row('name', '=', name), row.not(isExpired(row))]))
          .executeTakeFirst()
        if (stored === undefined) {
          await removeWhere((row) => row('name', '=', name))
          return undefined
        }
        try {
          return cipher.open(sealOf(name, stored.expires), stored.value)
        } catch {
          log.warn({ row: name.slice(0, 8) }, 'a stored conversation cannot be decrypted and starts again')
          return undefined
        }
      }),

    save: (id, value) =>
      guarded(() => saveConversation(db, cipher, { id, value, expires: now().getTime() + lifetime })),

    erase: (id) =>
      guarded(async () => {
        await removeWhere((row) => row('name', '=', cipher.nameRow(id)))
      }),

    sweep: () => guarded(() => removeWhere(isExpired)),

    close: () => db.destroy().catch((error) => Promise.reject(explain(error))),
  }
}
