import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { SqliteDialect, type SqliteStatement } from 'kysely'

const mostPrepared = 50

/** Lets Kysely talk to Node's own SQLite, whose statements differ from what Kysely expects in two ways. */
export function createSqliteDialect(database: DatabaseSync): SqliteDialect {
  // Kysely prepares at every call; the store has a handful of queries, each with the same text every time.
  const prepared = new Map<string, SqliteStatement>()
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare(sql) {
        const known = prepared.get(sql)
        if (known) return known
        const statement = database.prepare(sql)
        const spread = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
        const made: SqliteStatement = {
          // Without this Kysely takes a SELECT for a statement that gives no rows.
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...spread(parameters)),
          run: (parameters) => statement.run(...spread(parameters)),
          iterate: (parameters) => statement.iterate(...spread(parameters)),
        }
        if (prepared.size < mostPrepared) prepared.set(sql, made)
        return made
      },
    },
  })
}
