import type { SourceFile } from '../knowledge/read-yaml.ts'
import { readSources } from './read-sources.ts'

/** Where and how organisations show the chat: no fact that an advice rests on. */
export const embeddingPath = 'knowledge/embedding.yaml'

/** The files of the knowledge under a project folder, in the order of their paths. */
export function readKnowledgeSources(root: string): readonly SourceFile[] {
  return readSources(root, 'knowledge', '.yaml').filter(({ path }) => path !== embeddingPath)
}
