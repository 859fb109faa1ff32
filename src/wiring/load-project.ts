import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deepFreeze } from '../knowledge/deep-freeze.ts'
import { hashSources } from './hash-sources.ts'
import type { CompiledProject, Project } from './project.ts'

export type { Project } from './project.ts'

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
