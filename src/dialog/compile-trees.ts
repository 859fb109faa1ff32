import type { Knowledge } from '../knowledge/knowledge.ts'
import { compileTree } from './compile-tree.ts'
import type { Question } from './questions.ts'
import type { Tree } from './tree.ts'

/** The tree of every organisation, the general help included, by its id. */
export function compileTrees(
  knowledge: Knowledge,
  questions: readonly Question[],
): Readonly<Record<string, Tree>> {
  const organisations = Object.values(knowledge.organisations)
  return Object.fromEntries(
    organisations.map((organisation) => [organisation.id, compileTree(organisation, questions)]),
  )
}
