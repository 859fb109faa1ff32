/**
 * A fault of the machine that staff can mend: `message` names the place and the way out. It never holds anything
 * of a client, so it may be logged and shown as it is.
 */
export class StorageError extends Error {
  override name = 'StorageError'
}

const inUse =
  'is in use by another program, such as a second Klachtwijzer. Stop that one, or set KLACHTWIJZER_DATA to another folder'
const notOurs =
  'holds tables that this program did not make. Move the file away to begin with an empty one, or set KLACHTWIJZER_DATA to another folder'

const reasons: Readonly<Record<number, string>> = {
  1: notOurs,
  5: inUse,
  6: inUse,
  8: 'cannot be written: it is read-only. Make the file and its folder writable for this user',
  10: 'cannot be read or written: the disk gives errors. Check the disk, or use another data folder',
  11: 'is damaged. Move the file away to begin with an empty one; open conversations then start again',
  13: 'cannot be written: the disk is full. Free some space; no restart is needed',
  14: 'cannot be opened. Check that the folder exists and is writable for this user',
  19: notOurs,
  26: 'is not a database. Move the file away to begin with an empty one; open conversations then start again',
}

/** A database with tables of the same names and another shape. */
export function foreignTablesError(file: string): StorageError {
  return new StorageError(`The conversation database ${file} ${notOurs}.`)
}

/** The fault that SQLite reported, in words; anything that is not from SQLite comes back as it is. */
export function explainSqliteError(error: unknown, file: string): unknown {
  const code = primaryCode(error)
  if (code === undefined) return error
  const reason = reasons[code] ?? `gave SQLite error ${code}. See https://sqlite.org/rescode.html`
  return new StorageError(`The conversation database ${file} ${reason}.`, { cause: error })
}

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  return error.errcode & 0xff
}
