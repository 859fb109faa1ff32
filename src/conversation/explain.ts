import { nextQuestion } from '../dialog/walk-tree.ts'
import { type Distinction, whyAsked } from '../dialog/why-asked.ts'
import { organisationOf } from '../knowledge/knowledge.ts'
import type { Case } from '../knowledge/vocabulary.ts'
import type { Advice } from '../routing/advice.ts'
import { decide } from '../routing/decide.ts'
import { derive, type Today } from '../routing/derive.ts'
import { explainRules, type RuleExplanation } from '../routing/explain-rules.ts'
import type { State } from './state.ts'
import type { World } from './world.ts'

/** Why the conversation stands where it does: for who tests a flow. Plain data: ids and dates, no words of anybody. */
export type Explanation = {
  readonly locale: string
  /** The organisation whose rules and questions are used; `unknown` is the general help. */
  readonly organisation: string
  readonly case: Case
  /** The slots that follow from the case; see `derive`. */
  readonly derived: Readonly<Record<string, string>>
  /** The rule that wins with what is told now, also while a question stands open. */
  readonly rule: RuleExplanation['winner']
  readonly near: RuleExplanation['near']
  readonly supplements: RuleExplanation['supplements']
  /** The question being asked. `distinguishes` is empty for one that stands in no tree: the organisation, the language. */
  readonly question?: { readonly id: string; readonly distinguishes: readonly Distinction[] }
  /** The advice that was given. */
  readonly advice?: Pick<Advice, 'primary' | 'honest' | 'receipt'>
}

/**
 * Explains a state, as a turn left it.
 *
 * @param date ISO date in the Netherlands
 */
export function explain(world: World, state: State, date: string): Explanation {
  const organisation = organisationOf(world.knowledge, state.case.slots.organisation)
  const today: Today = { date, holidays: world.knowledge.holidays }
  const known = derive(state.case, organisation, today)
  const { winner, near, supplements } = explainRules(organisation, known)
  const derived = Object.entries(known).flatMap(([slot, value]) =>
    value === undefined || value === state.case.slots[slot] ? [] : [[slot, value] as const],
  )
  return {
    locale: state.locale,
    organisation: organisation.id,
    case: state.case,
    derived: Object.fromEntries(derived),
    rule: winner,
    near,
    supplements,
    ...(state.at.kind === 'asking' && { question: explainQuestion(world, state, state.at.question, today) }),
    ...(state.at.kind === 'advised' && { advice: explainAdvice(world, state, date) }),
  }
}

function explainQuestion(
  world: World,
  state: State,
  id: string,
  today: Today,
): NonNullable<Explanation['question']> {
  const organisation = organisationOf(world.knowledge, state.case.slots.organisation)
  const tree = world.trees[organisation.id]
  const { case: given, asked } = state
  const known = derive(given, organisation, today)
  const open = tree && nextQuestion(tree, world.questions, organisation, known, asked)
  if (!tree || open?.question.id !== id) return { id, distinguishes: [] }
  const standing = { given, asked }
  return { id, distinguishes: whyAsked(tree, world.questions, organisation, standing, open, today) }
}

function explainAdvice(world: World, state: State, date: string): NonNullable<Explanation['advice']> {
  const { primary, honest, receipt } = decide(world.knowledge, state.case, date)
  return { primary, honest, receipt }
}
