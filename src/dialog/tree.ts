/**
 * The question tree of one organisation, with equal subtrees shared. A node asks a question, or ends: then no further
 * answer can change the advice.
 */
export type Tree = {
  readonly organisation: string
  readonly root: number
  readonly nodes: readonly TreeNode[]
}

export type QuestionNode = {
  readonly question: string
  /** Options to show, in order; `rest` stands for all that lead to the same place as "I do not know". */
  readonly shown: readonly string[]
  /** The next node per option, those that are not shown and `unknown` included. */
  readonly next: Readonly<Record<string, number>>
}

export type EndNode = {
  /** The rule that settles the case. */
  readonly rule: string
  readonly supplements: readonly string[]
}

export type TreeNode = QuestionNode | EndNode

export const rest = 'rest'

export function isQuestion(node: TreeNode): node is QuestionNode {
  return 'question' in node
}
