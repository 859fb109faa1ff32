/**
 * A fault of the machine that staff can mend: `message` names the place and the way out. It never holds anything
 * of a client, so it may be logged and shown as it is.
 */
export class StorageError extends Error {
  override name = 'StorageError'
}

const reasons: Readonly<Record<number, string>> = {
  5: 'is in use by another program. Stop the other one, or give this one a data folder of its own',
  6: 'is in use by another program. Stop the other one, or give this one a data folder of its own',
  8: 'cannot be written: it is read-only. Make the file and its folder writable for this user',
  10: 'cannot be read or written: the disk gives errors. Check the disk, or use another data folder',
  11: 'is damaged. Move the file away to begin with an empty one; open conversations then start again',
  13: 'cannot be written: the disk is full. Free some space; no restart is needed',
  14: 'cannot be opened. Check that the folder exists and is writable for this user',
  26: 'is not a database. Move the file away to begin with an empty one; open conversations then start again',
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
