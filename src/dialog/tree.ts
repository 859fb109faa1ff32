/**
 * The question tree of one organisation, with equal subtrees shared. A node asks a question, or ends: then no further
 * answer can change the advice.
 */
export type Tree = {
  readonly organisation: string
  /** Where the walk begins: an index in `nodes`. */
  readonly root: number
  readonly nodes: readonly TreeNode[]
}

/** A node that asks a question. */
export type QuestionNode = {
  /** Id of the question. */
  readonly question: string
  /** Options to show, in order; `rest` stands for all that lead to the same place as "I do not know". */
  readonly shown: readonly string[]
  /** The next node per option, those that are not shown and `unknown` included. */
  readonly next: Readonly<Record<string, number>>
}

/** A node at which the advice is settled. */
export type EndNode = {
  /** The rule that settles the case. */
  readonly rule: string
  /** The supplements that hold as well. */
  readonly supplements: readonly string[]
}

/** A node, which has either a `question` or a `rule`. */
export type TreeNode = QuestionNode | EndNode

/** The option that stands for all that lead to the same place as "I do not know". */
export const rest = 'rest'

/** Whether a node asks a question, and does not end. */
export function isQuestion(node: TreeNode): node is QuestionNode {
  return 'question' in node
}
