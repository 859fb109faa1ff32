import { readFileSync } from 'node:fs'

/** What a file of ours holds; whether it fits is for tests or the caller. @throws Error naming the file that cannot be read */
export function readJson<T>(path: string): T {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}
