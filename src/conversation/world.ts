import type { Question } from '../dialog/questions.ts'
import type { Tree } from '../dialog/tree.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Understander } from '../understanding/understand.ts'
import type { AskedTerm } from './reply.ts'

/** Everything a turn needs besides the state: plain data and prebuilt indexes, the same for every conversation. */
export type World = {
  readonly knowledge: Knowledge
  readonly questions: readonly Question[]
  readonly trees: Readonly<Record<string, Tree>>
  readonly understander: Understander
  /** The words on a button, so that what somebody types can be compared with them. */
  readonly labelOf: (
    locale: string,
    organisation: string,
    question: string,
    option: string,
    term: AskedTerm | undefined,
  ) => string
  readonly locales: readonly string[]
}
