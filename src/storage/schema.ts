import type { Kysely } from 'kysely'

export type Schema = {
  conversation: {
    /** The sealed name of the conversation, see `Cipher.nameRow`. */
    name: string
    value: Uint8Array
    /** Milliseconds since 1970; sealed into the value as well. */
    expires: number
  }
  activity: {
    /** The sealed name of the conversation, see `Cipher.nameRow`. */
    conversation: string
    /** Counts the entries of the conversation from 1. */
    number: number
    /** The sealed name of what the entry is, which the conversation holds once; null for what needs none. */
    mark: string | null
    /** Empty where all was erased up to this number. */
    value: Uint8Array
    /** Milliseconds since 1970; sealed into the value as well. */
    expires: number
  }
  /** One sealed word, to see at the start whether the key fits. */
  proof: { name: string; value: Uint8Array }
}

const columns: Readonly<Record<keyof Schema, readonly string[]>> = {
  conversation: ['expires integer', 'name text', 'value blob'],
  activity: ['conversation text', 'expires integer', 'mark text', 'number integer', 'value blob'],
  proof: ['name text', 'value blob'],
}

/** Says whether every table that is there under one of our names is one that `createTables` made. */
export async function hasOnlyOwnTables(db: Kysely<Schema>): Promise<boolean> {
  const tables = await db.introspection.getTables()
  return tables.every((table) => {
    if (!Object.hasOwn(columns, table.name)) return true
    const found = table.columns.map(({ name, dataType }) => `${name} ${dataType.toLowerCase()}`).sort()
    return !table.isView && found.join() === columns[table.name as keyof Schema].join()
  })
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
    .createTable('activity')
    .ifNotExists()
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('mark', 'text')
    .addColumn('value', 'blob', (column) => column.notNull())
    .addColumn('expires', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('activity_key', ['conversation', 'number'])
    .addUniqueConstraint('activity_mark', ['conversation', 'mark'])
    .execute()
  await db.schema.createIndex('activity_expires').ifNotExists().on('activity').column('expires').execute()
  await db.schema
    .createTable('proof')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'blob', (column) => column.notNull())
    .execute()
}
