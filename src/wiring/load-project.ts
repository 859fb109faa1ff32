import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Question } from '../dialog/questions.ts'
import type { Tree } from '../dialog/tree.ts'
import { deepFreeze } from '../knowledge/deep-freeze.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'

/** What the product is made of, checked and compiled. */
export type Project = {
  readonly knowledge: Knowledge
  readonly questions: readonly Question[]
  readonly trees: Readonly<Record<string, Tree>>
}

/** The project as `npm run build:dialogs` wrote it, with a hash of the files it was made from. */
export type CompiledProject = Project & { readonly source: string }

export const compiledPath = join('dialogs', 'built', 'compiled.json')

/**
 * Loads the project under a folder. What was built is used when it was made from exactly these files, so that the command
 * line starts fast; otherwise everything is read, checked and compiled anew, so that old knowledge is never used.
 *
 * @throws Error listing every problem, with file, line and mend, when the knowledge has errors
 */
export async function loadProject(root: string): Promise<Project> {
  const compiled = readCompiled(root)
  if (compiled?.source === hashSources(root)) return deepFreeze(compiled)
  const { compileProject } = await import('./compile-project.ts')
  return compileProject(root)
}

function readCompiled(root: string): CompiledProject | undefined {
  try {
    return JSON.parse(readFileSync(join(root, compiledPath), 'utf8'))
  } catch {
    return undefined
  }
}

/** Hash over every file that the compiled project depends on. */
export function hashSources(root: string): string {
  const hash = createHash('sha256')
  for (const folder of ['knowledge', join('dialogs', 'questions')]) {
    const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    for (const path of paths.filter((name) => name.endsWith('.yaml')).sort()) {
      hash.update(`${path.replaceAll('\\', '/')}\n`).update(readFileSync(join(root, folder, path)))
    }
  }
  return hash.digest('hex').slice(0, 16)
}
