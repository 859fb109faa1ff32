import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import type { ActivityLog } from './activity-log.ts'
import { type Cipher, createCipher, type Random } from './cipher.ts'
import type { ConversationStore } from './conversation-store.ts'
import type { StorageLog } from './guard.ts'
import { createKyselyLog } from './kysely-log.ts'
import { createKyselyStore } from './kysely-store.ts'
import { prepareFolder } from './prepare-folder.ts'
import { createTables, hasOnlyOwnTables, type Schema } from './schema.ts'
import { loadSecretFile, parseSecret } from './secret.ts'
import { createSqliteDialect } from './sqlite-dialect.ts'
import { explainSqliteError, foreignTablesError, StorageError } from './storage-error.ts'

export type StorageOptions = {
  /** The data folder; made when it is not there, for this user only. */
  folder: string
  /** Base64 of 32 bytes. Without it the key file `conversations.key` in the folder is used, or made. */
  key?: string | undefined
  /** How long a conversation is kept after its last turn, in milliseconds. */
  lifetime: number
  now: () => Date
  random: Random
  log: StorageLog
}

/** What is kept between two turns, in one database; closing the conversations closes it. */
export type Storage = { conversations: ConversationStore; activities: ActivityLog }

/** The longest that a log is kept after an entry was added, in milliseconds. */
const day = 24 * 3_600_000

/**
 * Opens the embedded storage: SQLite in one file, `conversations.db`, for this process alone as long as it is open.
 * Throws a `StorageError` that names the place and the way out when the folder, the key or the database is not usable;
 * nothing is deleted then.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const file = join(options.folder, 'conversations.db')
  prepareFolder(options.folder)
  const secret =
    options.key === undefined
      ? loadSecretFile(join(options.folder, 'conversations.key'), !hasContent(file), options.random)
      : parseSecret(options.key, 'KLACHTWIJZER_KEY')
  const cipher = createCipher(secret, options.random)

  let database: DatabaseSync | undefined
  try {
    database = openDatabase(file)
    const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) })
    if (!(await hasOnlyOwnTables(db))) throw foreignTablesError(file)
    await createTables(db)
    await proveKey(db, cipher, file)
    const { now, lifetime, log } = options
    const scrub = scrubOf(database)
    scrub()
    const explain = (error: unknown) => explainSqliteError(error, file)
    const shared = { db, cipher, now, log, scrub, explain }
    return {
      conversations: createKyselyStore({ ...shared, lifetime, withoutWaiting: withoutWaitingIn(db) }),
      activities: createKyselyLog({ ...shared, lifetime: Math.min(lifetime, day), keptLifetime: lifetime }),
    }
  } catch (error) {
    if (database?.isOpen) database.close()
    throw explainSqliteError(error, file)
  }
}

const relaxed = sql`pragma synchronous = normal`
const strict = sql`pragma synchronous = full`

// The setting is of the connection, which nobody else has meanwhile. https://sqlite.org/pragma.html#pragma_synchronous
function withoutWaitingIn(db: Kysely<Schema>) {
  return (work: (db: Kysely<Schema>) => Promise<void>): Promise<void> =>
    db.connection().execute(async (connection) => {
      await relaxed.execute(connection)
      try {
        await work(connection)
      } finally {
        await strict.execute(connection)
      }
    })
}

function hasContent(file: string): boolean {
  return existsSync(file) && statSync(file).size > 0
}

/** How long a statement may wait for another program, in milliseconds: everybody waits with it. */
const patience = 500

// The exclusive lock keeps out a second server, and readers whose open transaction would keep erased rows in the log.
// The system takes it back when the process ends, however it ends.
function openDatabase(file: string): DatabaseSync {
  restrictToOwner(file)
  const database = new DatabaseSync(file, { timeout: patience })
  try {
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal')
    database.exec('pragma synchronous = full; pragma secure_delete = on')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

// SQLite gives its log files the permissions of the database file.
function restrictToOwner(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600))
  } catch (error) {
    throw new StorageError(
      `The conversation database ${file} cannot be written. Make the file and its folder writable for this user, or set KLACHTWIJZER_DATA to another folder.`,
      { cause: error },
    )
  }
}

async function proveKey(db: Kysely<Schema>, cipher: Cipher, file: string): Promise<void> {
  const row = await db.selectFrom('proof').select('value').where('name', '=', 'key').executeTakeFirst()
  if (row === undefined) {
    await db
      .insertInto('proof')
      .values({ name: 'key', value: cipher.seal('key', 'klachtwijzer') })
      .execute()
    return
  }
  try {
    cipher.open('key', row.value)
  } catch (error) {
    throw new StorageError(
      `The key does not fit the conversation database ${file}. Put back the key it was made with, or move the file away to begin with an empty one; open conversations then start again.`,
      { cause: error },
    )
  }
}

// secure_delete overwrites removed rows with zeros; older copies of the page live in the write-ahead log until this.
export function scrubOf(database: DatabaseSync): () => boolean {
  const checkpoint = database.prepare('pragma wal_checkpoint(truncate)')
  return () => checkpoint.get()?.busy === 0
}
