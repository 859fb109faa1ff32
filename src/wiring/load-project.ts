import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Question } from '../dialog/questions.ts'
import type { Tree } from '../dialog/tree.ts'
import { deepFreeze } from '../knowledge/deep-freeze.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { hashSources } from './hash-sources.ts'

/** What the product is made of, checked and compiled. */
export type Project = {
  readonly knowledge: Knowledge
  readonly questions: readonly Question[]
  readonly trees: Readonly<Record<string, Tree>>
}

/** The project as `npm run build:dialogs` wrote it, with a hash of what it was made from. */
export type CompiledProject = Project & { readonly source: string }

/**
 * Loads the project under a folder, frozen. What was built is used when it was made from exactly these files by exactly
 * this code, so that the command line starts fast; otherwise everything is read, checked and compiled anew, so that old
 * knowledge is never used.
 *
 * @throws Error listing every problem, with file, line and mend, when the knowledge has errors
 */
export async function loadProject(root: string): Promise<Project> {
  const compiled = readCompiled(root)
  if (compiled?.source === hashSources(root)) return deepFreeze(compiled)
  const { compileProject } = await import('./compile-project.ts')
  return deepFreeze(compileProject(root))
}

function readCompiled(root: string): CompiledProject | undefined {
  try {
    return JSON.parse(readFileSync(join(root, 'dialogs', 'built', 'compiled.json'), 'utf8'))
  } catch {
    return undefined
  }
}
