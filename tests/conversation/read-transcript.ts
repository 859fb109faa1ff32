import { readFileSync } from 'node:fs'
import { type ReadTranscript, readTranscript as read } from '../../src/conversation/transcript.ts'

/** Reads a transcript that must be right. @throws Error naming the lines that cannot be read */
export function readTranscript(path: string): ReadTranscript {
  const transcript = read(readFileSync(path, 'utf8'))
  if (!('problems' in transcript)) return transcript
  throw new Error(transcript.problems.map(({ line, code }) => `${path}, line ${line}: ${code}`).join('\n'))
}
