import type { Organisation } from '../knowledge/knowledge.ts'
import type { Slots } from '../knowledge/matches.ts'
import { unknown } from '../knowledge/vocabulary.ts'
import { liveQuestions } from './live-questions.ts'
import type { Question } from './questions.ts'
import { isQuestion, type QuestionNode, type Tree } from './tree.ts'

/** A question that stands open, with the node that says which of its options are shown. */
type OpenQuestion = { readonly question: Question; readonly node: QuestionNode }

/**
 * The first question that the slots leave open, or undefined when no answer can change the advice any more. Answers
 * given ahead are followed where they fit, and a question that they made needless is passed over.
 *
 * @param slots the case with all that follows from it: the outcome of `derive`
 * @param asked ids of the questions answered so far
 */
export function nextQuestion(
  tree: Tree,
  questions: readonly Question[],
  organisation: Organisation,
  slots: Slots,
  asked: readonly string[] = [],
): OpenQuestion | undefined {
  for (const open of walk(tree, questions, organisation, slots, asked)) return open
  return undefined
}

/** The questions that would still be asked if the client answered "I do not know" to each of them, in order. */
export function openQuestions(
  tree: Tree,
  questions: readonly Question[],
  organisation: Organisation,
  slots: Slots,
  asked: readonly string[] = [],
): readonly Question[] {
  return [...walk(tree, questions, organisation, slots, asked)].map(({ question }) => question)
}

/**
 * The option that agrees with the slots in all that it sets, and of several the one that sets most: somebody who is
 * afraid also does not talk to them. `unknown` when none does, or when the tree does not know it.
 */
export function optionFor(question: Question, node: QuestionNode, slots: Slots): string {
  if (question.options === 'bodies') {
    const body = slots[question.slot] ?? unknown
    return node.next[body] === undefined ? unknown : body
  }
  let best: string = unknown
  let most = 0
  for (const option of question.options) {
    if (node.next[option.id] === undefined) continue
    const sets = Object.entries(option.sets)
    if (sets.length > most && sets.every(([slot, value]) => slots[slot] === value)) {
      best = option.id
      most = sets.length
    }
  }
  return best
}

/** Down the tree along what is known; each question that is open comes out and counts as "I do not know" after that. */
function* walk(
  tree: Tree,
  questions: readonly Question[],
  organisation: Organisation,
  known: Slots,
  answered: readonly string[],
): Generator<OpenQuestion> {
  let slots = known
  const asked = new Set(answered)
  for (let node = tree.nodes[tree.root]; node && isQuestion(node); ) {
    const { question: id, next } = node
    const question = questions.find((candidate) => candidate.id === id)
    if (!question)
      throw new Error(`Question ${id} of the tree of ${tree.organisation} is not in dialogs/questions.`)
    if (
      isOpen(question, slots, asked) &&
      liveQuestions(questions, organisation, slots, asked).includes(question)
    ) {
      yield { question, node }
      slots = { ...slots, [question.slot]: unknown }
      asked.add(id)
    }
    const to: number | undefined = next[optionFor(question, node, asWalked(slots))] ?? next[unknown]
    node = to === undefined ? undefined : tree.nodes[to]
  }
}

function isOpen(question: Question, slots: Slots, asked: ReadonlySet<string>): boolean {
  const value = slots[question.slot]
  return question.again ? value === unknown && !asked.has(question.id) : value === undefined
}

/**
 * What follows from several answers goes before each of them: who may not be sent to a talk inside walks the way of
 * who does not want one, and who works there the way of the workplace, whatever law was named.
 */
function asWalked(slots: Slots): Slots {
  const { inside, staff, domain } = slots
  if (inside !== 'closed' && staff !== 'true' && domain !== 'workplace') return slots
  return {
    ...slots,
    ...(inside === 'closed' && { direct: 'false' }),
    ...(staff === 'true' && { domain: 'workplace' }),
    ...(staff === 'false' && domain === 'workplace' && { domain: 'other' }),
  }
}
