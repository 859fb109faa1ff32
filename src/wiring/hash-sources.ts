import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readNoteIds } from './read-note-ids.ts'
import { readSources } from './read-sources.ts'

const code = join(import.meta.dirname, '..')

/** The rooms that check, prove and compile. */
const compilers = ['knowledge', 'routing', 'dialog']

/**
 * Hash over what the compiled project is made of: the knowledge and the questions under a project folder, the notes for
 * which there are words, and the code that checks, proves and compiles them. Other words do not count, nor do versions
 * of libraries.
 */
export function hashSources(root: string): string {
  const sources = [
    ...readSources(root, 'knowledge', '.yaml'),
    ...readSources(root, 'dialogs/questions', '.yaml'),
    ...compilers.flatMap((room) => readSources(code, room, '.ts')),
  ]
  const hash = createHash('sha256').update(JSON.stringify(readNoteIds(root)))
  for (const { path, text } of sources) hash.update(`\n${path}\n`).update(text.replaceAll('\r\n', '\n'))
  return hash.digest('hex').slice(0, 16)
}
