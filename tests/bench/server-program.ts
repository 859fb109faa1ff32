import { join } from 'node:path'
import { type Started, startProgram } from './start-program.ts'

const root = join(import.meta.dirname, '..', '..')

/** Node's arguments before a program, as in `npm start`. */
export const beforeProgram = ['--require', join(root, 'src', 'check-node.cjs')]

/**
 * The server as `npm start` runs it, on any free port and with its own data folder; `found` is its address.
 *
 * @param more settings beside those
 */
export function startServer(folder: string, more: Readonly<Record<string, string>> = {}): Promise<Started> {
  return startProgram(
    [...beforeProgram, join(root, 'src', 'server.ts')],
    /listens on (http:\S+)\/api\/messages/,
    { PORT: '0', KLACHTWIJZER_DATA: folder, ...more },
  )
}
