import type { Organisation } from '../knowledge/knowledge.ts'
import type { Slots } from '../knowledge/matches.ts'
import { type Case, unknown } from '../knowledge/vocabulary.ts'
import { findRule } from '../routing/decide.ts'
import { assumeInsideOpen, derive, type Today } from '../routing/derive.ts'
import { optionsOf } from './options-of.ts'
import type { Question } from './questions.ts'
import { type QuestionNode, rest, type Tree } from './tree.ts'
import { nextQuestion } from './walk-tree.ts'

/** An option on offer and the bodies to which it can still lead, as primary, in the order of the rules. */
export type Distinction = { readonly option: string; readonly bodies: readonly string[] }

/** Where a client stands in a tree: what was told, and the ids of the questions answered. */
type Standing = { readonly given: Case; readonly asked: readonly string[] }

type Open = { readonly question: Question; readonly node: QuestionNode }

/**
 * Why a question is asked: for every option on offer, the bodies that can still be reached under it. Questions that the
 * client answered ahead are not asked below it, so that only the way along those answers counts.
 *
 * @param open the question that stands open: the outcome of `nextQuestion`
 */
export function whyAsked(
  tree: Tree,
  questions: readonly Question[],
  organisation: Organisation,
  standing: Standing,
  open: Open,
  today: Today,
): readonly Distinction[] {
  const reached = new Map<QuestionNode, ReadonlySet<string>>()

  const reachBelow = (at: number, here: Standing): ReadonlySet<string> => {
    const known = derive(here.given, organisation, today)
    const next = nextQuestion({ ...tree, root: at }, questions, organisation, known, here.asked)
    return next ? reachOf(next, here) : new Set(ruleOf(organisation, known))
  }

  /** The rules under a question. Equal subtrees are one node, so that each is gone through once. */
  const reachOf = (next: Open, here: Standing): ReadonlySet<string> => {
    const before = reached.get(next.node)
    if (before) return before
    const rules = new Set<string>()
    reached.set(next.node, rules)
    for (const option of Object.keys(next.node.next))
      for (const rule of reachUnder(next, option, here)) rules.add(rule)
    return rules
  }

  const reachUnder = (asked: Open, option: string, here: Standing): ReadonlySet<string> => {
    const to = asked.node.next[option === rest ? unknown : option]
    return to === undefined ? new Set() : reachBelow(to, answer(asked.question, option, organisation, here))
  }

  return [...open.node.shown, unknown].map((option) => {
    const rules = reachUnder(open, option, standing)
    const bodies = organisation.rules.filter(({ id }) => rules.has(id)).map(({ advise }) => advise.primary)
    return { option, bodies: [...new Set(bodies)] }
  })
}

function answer(question: Question, option: string, organisation: Organisation, here: Standing): Standing {
  const chosen = optionsOf(question, organisation).find(({ id }) => id === option)
  const sets = chosen?.sets ?? { [question.slot]: unknown }
  return {
    given: { ...here.given, slots: { ...here.given.slots, ...sets } },
    asked: [...here.asked, question.id],
  }
}

/** The rule that decides when nothing more is asked. */
function ruleOf(organisation: Organisation, known: Slots): readonly string[] {
  const rule = findRule(organisation, assumeInsideOpen(known))
  return rule ? [rule.id] : []
}
