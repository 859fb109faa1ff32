import pino from 'pino'

export type Log = pino.Logger

/** A structured log on standard error, one JSON object a line. Never give it a client's words, name or id. */
export function createLog(level: string): Log {
  return pino(
    { base: null, level, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
}
