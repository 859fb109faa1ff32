import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StorageError } from './storage-error.ts'

/**
 * Makes the data folder for this user only, level by level below the nearest folder that exists; throws a
 * `StorageError` that names the place. Node's own `recursive` never ends below a folder such as `/proc`.
 */
export function prepareFolder(folder: string): void {
  try {
    make(folder)
  } catch (error) {
    throw new StorageError(
      `The data folder ${folder} cannot be made. Make it yourself, writable for this user, or set KLACHTWIJZER_DATA to another folder.`,
      { cause: error },
    )
  }
}

function make(folder: string): void {
  if (!existsSync(folder)) {
    make(dirname(folder))
    mkdirSync(folder, { mode: 0o700 })
  }
  requireWritable(folder)
}

function requireWritable(folder: string): void {
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a folder`)
  accessSync(folder, constants.W_OK | constants.X_OK)
}
