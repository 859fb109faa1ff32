import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely'
import type { ActivityLog, ConversationLog, LogPage, NewEntry } from './activity-log.ts'
import type { Cipher } from './cipher.ts'
import { createGuard, type GuardParts } from './guard.ts'
import { saveConversation } from './save-conversation.ts'
import type { Schema } from './schema.ts'

export type KyselyLogParts = GuardParts & {
  db: Kysely<Schema>
  /** Names the conversations; their entries are sealed with keys of their own. */
  cipher: Cipher
  now: () => Date
  /** How long an entry is kept, in milliseconds. */
  lifetime: number
  /** How long the conversation store keeps a value. */
  keptLifetime: number
}

/** Entries that are kept of one conversation at least; older ones go. */
const mostKept = 1_000
/** Removing takes a clean-up of the whole database, so it is done now and then. */
const removedAtOnce = 100
/** Entries that one `read` gives. */
const mostRead = 200

type Row = ExpressionBuilder<Schema, 'activity'>

/** A log of activities over any database that Kysely speaks. */
export function createKyselyLog(parts: KyselyLogParts): ActivityLog {
  const { db, cipher, now, lifetime, keptLifetime, log } = parts
  // A clock may be set back; what expires even later was not written by this program.
  const longest = 2 * lifetime
  const guard = createGuard(parts)

  async function removeWhere(
    condition: (row: Row) => Expression<SqlBool>,
    on: Pick<Kysely<Schema>, 'deleteFrom'> = db,
  ): Promise<number> {
    const { numDeletedRows } = await on.deleteFrom('activity').where(condition).executeTakeFirst()
    if (numDeletedRows > 0n) guard.noteRemoval()
    return Number(numDeletedRows)
  }

  function isExpired(row: Row) {
    const time = now().getTime()
    return row.or([row('expires', '<=', time), row('expires', '>', time + longest)])
  }

  async function lastOf(name: string, on: Pick<Kysely<Schema>, 'selectFrom'> = db): Promise<number> {
    const found = await on
      .selectFrom('activity')
      .select('number')
      .where('conversation', '=', name)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    return found?.number ?? 0
  }

  function of(conversation: string, own: Cipher): ConversationLog {
    const name = cipher.nameRow(conversation)

    async function append(
      entries: readonly NewEntry[],
      kept?: { readonly id: string; readonly value: unknown },
    ): Promise<readonly number[]> {
      const marks = entries.map(({ mark }) => (mark === undefined ? null : own.nameRow(mark)))
      const expires = now().getTime() + lifetime
      return db.transaction().execute(async (on) => {
        const before = await lastOf(name, on)
        let last = before
        const known = new Map<string | null, number>()
        const sought = marks.filter((mark) => mark !== null)
        if (last > 0 && sought.length > 0) {
          const found = await on
            .selectFrom('activity')
            .select(['mark', 'number'])
            .where((row) => row.and([row('conversation', '=', name), row('mark', 'in', sought)]))
            .execute()
          for (const { mark, number } of found) known.set(mark, number)
        }
        const rows: Schema['activity'][] = []
        const numbers = entries.map(({ value }, index) => {
          const mark = marks[index] ?? null
          const same = mark === null ? undefined : known.get(mark)
          if (same !== undefined) return same
          last += 1
          if (mark !== null) known.set(mark, last)
          const sealed = own.seal(sealOf(name, last, expires), value)
          rows.push({ conversation: name, number: last, mark, value: sealed, expires })
          return last
        })
        if (kept !== undefined) {
          await saveConversation(on, cipher, { ...kept, expires: now().getTime() + keptLifetime })
        }
        if (rows.length > 0) await on.insertInto('activity').values(rows).execute()
        if (last > mostKept && Math.floor(last / removedAtOnce) > Math.floor(before / removedAtOnce)) {
          const oldest = last - mostKept
          await removeWhere(
            (row) => row.and([row('conversation', '=', name), row('number', '<=', oldest)]),
            on,
          )
        }
        return numbers
      })
    }

    async function readAfter(after: number): Promise<LogPage> {
      const found = await db
        .selectFrom('activity')
        .select(['number', 'value', 'expires'])
        .where((row) =>
          row.and([row('conversation', '=', name), row('number', '>', after), row.not(isExpired(row))]),
        )
        .orderBy('number')
        .limit(mostRead)
        .execute()
      if (found.length === 0 && after > 0) {
        const last = await lastOf(name)
        return last < after ? readAfter(0) : { entries: [], last, isPartial: false }
      }
      const entries = found.flatMap(({ number, value, expires }) => {
        if (value.length === 0) return []
        try {
          return [{ number, value: own.open(sealOf(name, number, expires), value) }]
        } catch {
          log.warn(
            { row: name.slice(0, 8) },
            'an entry of a conversation cannot be decrypted and is left out',
          )
          return []
        }
      })
      return { entries, last: found.at(-1)?.number ?? 0, isPartial: found.length === mostRead }
    }

    async function erase(): Promise<void> {
      await db.transaction().execute(async (on) => {
        const last = await lastOf(name, on)
        if (last === 0) return
        await removeWhere((row) => row('conversation', '=', name), on)
        const expires = now().getTime() + lifetime
        const rest = { conversation: name, number: last, mark: null, value: new Uint8Array(), expires }
        await on.insertInto('activity').values(rest).execute()
      })
    }

    async function numberOf(mark: string): Promise<number | undefined> {
      const found = await db
        .selectFrom('activity')
        .select('number')
        .where((row) => row.and([row('conversation', '=', name), row('mark', '=', own.nameRow(mark))]))
        .executeTakeFirst()
      return found?.number
    }

    return {
      numberOf: (mark) => guard.run(() => numberOf(mark)),
      last: () => guard.run(() => lastOf(name)),
      append: (entries, kept) => guard.run(() => append(entries, kept)),
      read: (after) => guard.run(() => readAfter(after)),
      erase: () => guard.run(erase),
    }
  }

  return { of, sweep: () => guard.run(() => removeWhere(isExpired)) }
}

/** What an entry is sealed to: nobody can move it to another place, or let it live longer. */
function sealOf(name: string, number: number, expires: number): string {
  return `${name} ${number} ${expires}`
}
