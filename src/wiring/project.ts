import type { Question } from '../dialog/questions.ts'
import type { Tree } from '../dialog/tree.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'

/** What the product is made of, checked and compiled. */
export type Project = {
  readonly knowledge: Knowledge
  readonly questions: readonly Question[]
  readonly trees: Readonly<Record<string, Tree>>
}

/** The project as `npm run build:dialogs` wrote it, with a hash of what it was made from. */
export type CompiledProject = Project & { readonly source: string }
