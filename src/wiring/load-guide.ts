import type { Guide } from '../channels/guide.ts'
import { loadProject } from './load-project.ts'
import { loadTexts } from './load-texts.ts'
import { makeGuide } from './make-guide.ts'

/**
 * The conversation, from the files of the project.
 *
 * @throws Error with a printable message that lists every problem in the knowledge
 */
export async function loadGuide(root: string): Promise<Guide> {
  return makeGuide(await loadProject(root), loadTexts(root))
}
