import type { Slots } from '../knowledge/matches.ts'
import { unknown } from '../knowledge/vocabulary.ts'
import type { Question } from './questions.ts'
import { isQuestion, type QuestionNode, rest, type Tree } from './tree.ts'
import { optionFor } from './walk-tree.ts'

/** The length of the paths of a tree, in questions. */
type TreeMeasure = {
  /** Counted questions until an advice, when all options that are shown are equally likely. */
  readonly mean: number
  /** Counted questions until an advice for somebody who says "I do not know" everywhere. */
  readonly worstUnsure: number
  /** All questions on the longest path, those that do not count included. */
  readonly longest: number
}

/** How many questions a tree asks. */
export function measureTree(tree: Tree, questions: readonly Question[]): TreeMeasure {
  const known = new Map<number, Omit<TreeMeasure, 'worstUnsure'>>()
  const visit = (at: number): Omit<TreeMeasure, 'worstUnsure'> => {
    const before = known.get(at)
    if (before) return before
    const node = tree.nodes[at]
    const measured = node && isQuestion(node) ? measure(node) : { mean: 0, longest: 0 }
    known.set(at, measured)
    return measured
  }
  const measure = (node: QuestionNode) => {
    const likely = [...node.shown, unknown].map((id) => visit(toOf(node, id)).mean)
    return {
      mean: weight(questionOf(questions, node)) + likely.reduce((sum, mean) => sum + mean, 0) / likely.length,
      longest: 1 + Math.max(...Object.values(node.next).map((to) => visit(to).longest)),
    }
  }
  return { ...visit(tree.root), worstUnsure: countQuestions(tree, questions, {}) }
}

/** The counted questions that one client answers: with what the slots say, and "I do not know" where they are silent. */
export function countQuestions(tree: Tree, questions: readonly Question[], slots: Slots): number {
  let count = 0
  for (let node = tree.nodes[tree.root]; node && isQuestion(node); ) {
    const question = questionOf(questions, node)
    count += weight(question)
    node = tree.nodes[toOf(node, optionFor(question, node, slots))]
  }
  return count
}

function weight(question: Question): number {
  return question.counted ? 1 : 0
}

function toOf(node: QuestionNode, option: string): number {
  const to = node.next[option === rest ? unknown : option]
  if (to === undefined) throw new Error(`Option ${option} of question ${node.question} leads nowhere.`)
  return to
}

function questionOf(questions: readonly Question[], node: QuestionNode): Question {
  const found = questions.find((question) => question.id === node.question)
  if (!found) throw new Error(`Question ${node.question} is not in dialogs/questions.`)
  return found
}
