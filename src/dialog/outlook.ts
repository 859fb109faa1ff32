import type { Organisation, When } from '../knowledge/knowledge.ts'
import { holds, type Slots } from '../knowledge/matches.ts'
import { unknown } from '../knowledge/vocabulary.ts'
import type { Question, QuestionOption } from './questions.ts'

/** A question with the options that it has at one organisation. */
export type UsableQuestion = { readonly question: Question; readonly options: readonly QuestionOption[] }

/**
 * All that the rest of a path can depend on: what is left of each rule, supplement and implication, also of those for
 * which nothing is asked, when every slot that can still change is left open. Paths with equal outlooks lead to equal
 * subtrees.
 *
 * @param slots the outcome of `derive`
 * @param asked ids of the questions asked so far
 */
export function outlookOf(
  organisation: Organisation,
  usable: readonly UsableQuestion[],
  slots: Slots,
  asked: ReadonlySet<string>,
): unknown {
  const changeable = changeableSlots(usable, slots, asked)
  const left = (when: When) =>
    when
      .filter((tests) => tests.every((test) => changeable.has(test.slot) || holds(test, slots)))
      .map((tests) => tests.filter((test) => changeable.has(test.slot)))
      .map((tests) => tests.map((test) => [test.slot, test.values, test.not, holds(test, slots)]))
  const leftOf = (entries: readonly { readonly id: string; readonly when: When }[]) =>
    entries
      .map(({ id, when }) => [id, left(when)] as const)
      .filter(([, alternatives]) => alternatives.length > 0)
  const rules = leftOf(organisation.rules)
  const certain = rules.findIndex(([, alternatives]) => alternatives.some((tests) => tests.length === 0))
  return [
    certain === -1 ? rules : rules.slice(0, certain + 1),
    leftOf(organisation.supplements),
    organisation.implies.map((implication) => left([implication.when])),
  ]
}

/** The slots whose value can still change on the way to an end, also through a question that is not askable yet. */
function changeableSlots(
  usable: readonly UsableQuestion[],
  slots: Slots,
  asked: ReadonlySet<string>,
): ReadonlySet<string> {
  const unasked = usable.filter(({ question }) => !asked.has(question.id))
  const settable = new Set(
    unasked.flatMap(({ options }) => options.flatMap((option) => Object.keys(option.sets))),
  )
  const canOpen = ({ when }: Question): boolean =>
    Object.entries(when).every(([slot, value]) => slots[slot] === value || settable.has(slot))
  const changeable = new Set(
    unasked
      .filter(({ question }) => (slots[question.slot] ?? unknown) === unknown && canOpen(question))
      .map(({ question }) => question.slot),
  )
  if (changeable.has('role') || changeable.has('domain')) changeable.add('staff')
  const mayClose = ['direct', 'safety', 'topic'].some((slot) => changeable.has(slot))
  if (mayClose && slots.inside !== 'closed') changeable.add('inside')
  return changeable
}
