import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import type { Random } from './cipher.ts'
import { StorageError } from './storage-error.ts'

const secretBytes = 32

/** Reads a secret as it stands in KLACHTWIJZER_KEY: base64 of exactly 32 bytes. */
export function parseSecret(text: string, place: string): Buffer {
  const trimmed = text.trim()
  const secret = Buffer.from(trimmed, 'base64')
  if (secret.length === secretBytes && /^[A-Za-z0-9+/]{43}=?$/.test(trimmed)) return secret
  throw new StorageError(
    `${place} does not hold base64 of 32 bytes. Put the right key back, or make one with: node -p "crypto.randomBytes(32).toString('base64')"`,
  )
}

/**
 * The secret in a key file that only its owner can read. Without a file, one is made, unless `mayCreate` is
 * false: then there are conversations already, and a new key would lose them.
 */
export function loadSecretFile(file: string, mayCreate: boolean, random: Random): Buffer {
  const text = readIfThere(file)
  if (text !== undefined) return parseSecret(text, `The key file ${file}`)
  if (!mayCreate) {
    throw new StorageError(
      `The key file ${file} is gone, while conversations beside it were encrypted with it. Put it back, or set KLACHTWIJZER_KEY, or move the database away to begin with an empty one.`,
    )
  }
  return createSecretFile(file, random)
}

function readIfThere(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
      throw new StorageError(`The key file ${file} can be read by others. Run: chmod 600 "${file}"`)
    }
    return text
  } catch (error) {
    if (error instanceof StorageError) throw error
    if (isCode(error, 'ENOENT')) return undefined
    throw new StorageError(`The key file ${file} cannot be read. Make it readable for this user.`, {
      cause: error,
    })
  }
}

function createSecretFile(file: string, random: Random): Buffer {
  const secret = random(secretBytes)
  try {
    const handle = openSync(file, 'wx', 0o600)
    try {
      writeSync(handle, `${secret.toString('base64')}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    return secret
  } catch (error) {
    throw new StorageError(
      `The key file ${file} cannot be made. Check that the disk has space and that its folder is writable for this user.`,
      { cause: error },
    )
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
