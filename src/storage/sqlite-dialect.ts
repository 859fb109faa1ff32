import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { SqliteDialect } from 'kysely'

/** Lets Kysely talk to Node's own SQLite, whose statements differ from what Kysely expects in two ways. */
export function createSqliteDialect(database: DatabaseSync): SqliteDialect {
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare(sql) {
        const statement = database.prepare(sql)
        const spread = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
        return {
          // Without this Kysely takes a SELECT for a statement that gives no rows.
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...spread(parameters)),
          run: (parameters) => statement.run(...spread(parameters)),
          iterate: (parameters) => statement.iterate(...spread(parameters)),
        }
      },
    },
  })
}
