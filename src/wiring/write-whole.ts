import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from './code-of.ts'

/**
 * Writes a file whole or not at all: what stood there stays until the new content is on the disk.
 *
 * @param mode who may read and write the file: `0o600` when it holds what people typed
 * @throws Error that names the place and the way out, for the person who typed the command
 */
export function writeWhole(path: string, content: Uint8Array, mode: number): void {
  const part = `${path}.${process.pid}.part`
  try {
    mkdirSync(dirname(path), { recursive: true })
    rmSync(part, { force: true })
    writeFileSync(part, content, { flush: true, flag: 'wx', mode })
    renameSync(part, path)
  } catch (error) {
    takeAway(part)
    throw new Error(
      `${path} cannot be written (${codeOf(error) ?? 'unknown error'}). Make its folder writable for this user, see that the disk is not full, and run the command again.`,
      { cause: error },
    )
  }
}

/** What cannot be taken away was mostly never there; why the file was not written says more. */
function takeAway(part: string): void {
  try {
    rmSync(part, { force: true })
  } catch {}
}
