import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
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
  /** Clears what the database still keeps of removed rows elsewhere; false when another program is in the way. */
  scrub: () => boolean
  /** Does the work on one connection, without waiting until the disk has it. */
  withoutWaiting: (work: (db: Kysely<Schema>) => Promise<void>) => Promise<void>
  /** Puts a fault of the database in words. */
  explain: (error: unknown) => unknown
}

const day = 24 * 3_600_000

/** A conversation store over any database that Kysely speaks. */
export function createKyselyStore(parts: KyselyStoreParts): ConversationStore {
  const { db, cipher, now, lifetime, log, explain } = parts
  // A clock may be set back and a lifetime made shorter; what expires even later was not written by this program.
  const longest = Math.max(lifetime, 7 * day) + day
  let scrubbing: 'done' | 'due' | 'hindered' = 'done'

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work()
      if (scrubbing !== 'done') scrub()
      return result
    } catch (error) {
      throw explain(error)
    }
  }

  /** Tried again after every use of the store until it is done; the log says so once. */
  function scrub(): void {
    const isDone = parts.scrub()
    if (!isDone && scrubbing === 'due') {
      log.warn({}, 'another program reads the database: what was erased stays in its log until that ends')
    }
    scrubbing = isDone ? 'done' : 'hindered'
  }

  async function removeWhere(
    condition: (row: ExpressionBuilder<Schema, 'conversation'>) => Expression<SqlBool>,
  ): Promise<number> {
    const { numDeletedRows } = await db.deleteFrom('conversation').where(condition).executeTakeFirst()
    if (numDeletedRows > 0n) scrubbing = 'due'
    return Number(numDeletedRows)
  }

  async function put(connection: Kysely<Schema>, id: string, value: unknown): Promise<void> {
    const name = cipher.nameRow(id)
    const expires = now().getTime() + lifetime
    const sealed = { value: cipher.seal(sealOf(name, expires), value), expires }
    await connection
      .insertInto('conversation')
      .values({ name, ...sealed })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(sealed))
      .execute()
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

    save: (id, value) => guarded(() => put(db, id, value)),

    saveSoon: (id, value) => guarded(() => parts.withoutWaiting((connection) => put(connection, id, value))),

    erase: (id) =>
      guarded(async () => {
        await removeWhere((row) => row('name', '=', cipher.nameRow(id)))
      }),

    sweep: () => guarded(() => removeWhere(isExpired)),

    close: () => db.destroy().catch((error) => Promise.reject(explain(error))),
  }
}

/** What a value is sealed to: nobody can move it to another row, or let it live longer. */
function sealOf(name: string, expires: number): string {
  return `${name} ${expires}`
}
