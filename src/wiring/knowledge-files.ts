import { createHash } from 'node:crypto'
import { type Question, readQuestions } from '../dialog/questions.ts'
import type { KnowledgeFiles } from '../knowledge/build-knowledge.ts'
import type { Finding } from '../knowledge/finding.ts'
import type { SourceFile } from '../knowledge/read-yaml.ts'
import { readKnowledgeSources } from './read-knowledge-sources.ts'
import { readNoteIds } from './read-note-ids.ts'
import { readSources } from './read-sources.ts'

/** Everything in the project that the knowledge is built from. */
export type ProjectKnowledge = {
  readonly input: KnowledgeFiles
  readonly questions: readonly Question[]
  /** Problems in `dialogs/questions`. */
  readonly findings: readonly Finding[]
}

/**
 * Reads `knowledge/`, `dialogs/questions/` and the ids of the notes in `locales/nl/texts.json` under a project folder.
 *
 * @throws Error when one of them is not there or cannot be read
 */
export function readKnowledgeFiles(root: string): ProjectKnowledge {
  const files = readKnowledgeSources(root)
  const { questions, findings } = readQuestions(readSources(root, 'dialogs/questions', '.yaml'))
  const slots = Object.fromEntries(questions.map(({ id, slot }) => [id, slot]))
  const input = { files, version: versionOf(files), questions: slots, notes: readNoteIds(root) }
  return { input, questions, findings }
}

/** Short hash over the knowledge; it stands in each receipt. */
function versionOf(files: readonly SourceFile[]): string {
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(`${path}\n${text}\n`)
  return hash.digest('hex').slice(0, 8)
}
