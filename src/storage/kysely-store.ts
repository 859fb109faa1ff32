import type { Kysely } from 'kysely'
import type { Cipher } from './cipher.ts'
import type { ConversationStore } from './conversation-store.ts'
import type { Schema } from './schema.ts'

export type StorageLog = { warn(details: Record<string, unknown>, message: string): void }

export type KyselyStoreParts = {
  db: Kysely<Schema>
  cipher: Cipher
  now: () => Date
  /** How long a value is kept after it was last saved, in milliseconds. */
  lifetime: number
  log: StorageLog
  /** Called after rows were removed: clears what the database still keeps of them elsewhere. */
  scrub: () => void
  /** Puts a fault of the database in words. */
  explain: (error: unknown) => unknown
}

/** A conversation store over any database that Kysely speaks. */
export function createKyselyStore(parts: KyselyStoreParts): ConversationStore {
  const { db, cipher, now, lifetime, log, scrub, explain } = parts

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw explain(error)
    }
  }

  async function remove(name: string): Promise<void> {
    const result = await db.deleteFrom('conversation').where('name', '=', name).executeTakeFirst()
    if (result.numDeletedRows > 0n) scrub()
  }

  return {
    load: (id) =>
      guarded(async () => {
        const name = cipher.nameRow(id)
        const row = await db
          .selectFrom('conversation')
          .select(['value', 'expires'])
          .where('name', '=', name)
          .executeTakeFirst()
        if (row === undefined) return undefined
        if (row.expires <= now().getTime()) {
          await remove(name)
          return undefined
        }
        try {
          return cipher.open(name, row.value)
        } catch {
          log.warn({ row: name.slice(0, 8) }, 'a stored conversation cannot be decrypted and starts again')
          return undefined
        }
      }),

    save: (id, value) =>
      guarded(async () => {
        const name = cipher.nameRow(id)
        const sealed = { value: cipher.seal(name, value), expires: now().getTime() + lifetime }
        await db
          .insertInto('conversation')
          .values({ name, ...sealed })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(sealed))
          .execute()
      }),

    erase: (id) => guarded(() => remove(cipher.nameRow(id))),

    sweep: () =>
      guarded(async () => {
        const result = await db
          .deleteFrom('conversation')
          .where('expires', '<=', now().getTime())
          .executeTakeFirst()
        if (result.numDeletedRows > 0n) scrub()
        return Number(result.numDeletedRows)
      }),

    close: () => guarded(() => db.destroy()),
  }
}
