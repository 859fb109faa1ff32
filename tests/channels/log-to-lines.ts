import { Writable } from 'node:stream'
import pino, { type Logger } from 'pino'

/** A log as the server writes it, and the lines that it wrote. */
export function logToLines(): { log: Logger; lines: string[] } {
  const lines: string[] = []
  const log = pino(
    { base: null },
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk))
        done()
      },
    }),
  )
  return { log, lines }
}
