import type { Log } from './log.ts'

/**
 * What libraries print about errors may quote a client, a token or a key: from now on the log says only where they
 * printed it.
 */
export function keepLibrariesQuiet(log: Log): void {
  const note = () => {
    const frames = (new Error().stack ?? '').split('\n').slice(2)
    log.warn({ stack: frames.map((frame) => frame.trim()) }, 'a library printed something')
  }
  console.error = note
  console.warn = note
}
