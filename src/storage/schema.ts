import type { Kysely } from 'kysely'

export type Schema = {
  conversation: {
    /** The sealed name of the conversation, see `Cipher.nameRow`. */
    name: string
    value: Uint8Array
    /** Milliseconds since 1970. */
    expires: number
  }
  /** One sealed word, to see at the start whether the key fits. */
  proof: { name: string; value: Uint8Array }
}

export async function createTables(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('conversation')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'blob', (column) => column.notNull())
    .addColumn('expires', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('conversation_expires')
    .ifNotExists()
    .on('conversation')
    .column('expires')
    .execute()
  await db.schema
    .createTable('proof')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'blob', (column) => column.notNull())
    .execute()
}
