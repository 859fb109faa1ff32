import { createHash } from 'node:crypto'
import { readCompilingCode } from './read-compiling-code.ts'
import { readKnowledgeSources } from './read-knowledge-sources.ts'
import { readNoteIds } from './read-note-ids.ts'
import { readSources } from './read-sources.ts'

/**
 * Hash over what the compiled project is made of: the knowledge and the questions under a project folder, the notes for
 * which there are words, and the code that checks, proves and compiles them. Other words and other code do not count, nor
 * do versions of libraries.
 */
export function hashSources(root: string): string {
  const sources = [
    ...readKnowledgeSources(root),
    ...readSources(root, 'dialogs/questions', '.yaml'),
    ...readCompilingCode(),
  ]
  const hash = createHash('sha256').update(JSON.stringify(readNoteIds(root)))
  for (const { path, text } of sources) hash.update(`\n${path}\n`).update(text.replaceAll('\r\n', '\n'))
  return hash.digest('hex').slice(0, 16)
}
