import { optionsOf } from '../dialog/compile-tree.ts'
import type { Question } from '../dialog/questions.ts'
import { nextQuestion } from '../dialog/walk-tree.ts'
import type { Organisation } from '../knowledge/knowledge.ts'
import { generalHelp, organisationOf } from '../knowledge/knowledge.ts'
import { allHold, type Slots } from '../knowledge/matches.ts'
import { unknown } from '../knowledge/vocabulary.ts'
import { decide } from '../routing/decide.ts'
import { derive } from '../routing/derive.ts'
import type { AskedTerm, Reply } from './reply.ts'
import type { Place, State } from './state.ts'
import type { World } from './world.ts'

/** Longer lists of organisations are not shown: the client types the name. */
const mostOrganisations = 8

/** What may be pressed after an advice. */
export const afterAdvice = ['why', 'back', 'restart', 'human', 'forget'] as const

export type Next = { readonly at: Place; readonly reply: Reply }

/** The question to ask now, or the advice when no answer can change it any more. */
export function nextReply(world: World, state: State, today: string): Next {
  const named = state.case.slots.organisation
  if (named === undefined) return ask('organisation', organisationOptions(world, state))
  const organisation = organisationOf(world.knowledge, named)
  const slots = derive(state.case, organisation, { date: today, holidays: world.knowledge.holidays })
  const tree = world.trees[organisation.id]
  const asked = state.steps.map((step) => step.question)
  const open = tree && nextQuestion(tree, world.questions, organisation, slots, asked)
  if (!open) {
    const advice = decide(world.knowledge, state.case, today)
    return {
      at: { kind: 'advised' },
      reply: { kind: 'advice', organisation: organisation.id, advice, options: afterAdvice },
    }
  }
  return ask(
    open.question.id,
    [...open.node.shown, unknown],
    organisation,
    termOf(open.question, organisation, slots),
  )
}

/** Asks one question anew, whatever the answers so far: to change an answer. All its options are offered. */
export function askAgain(world: World, state: State, question: string, today: string): Next | undefined {
  if (question === 'organisation') return ask('organisation', organisationOptions(world, state))
  const found = world.questions.find((candidate) => candidate.id === question)
  if (!found) return undefined
  const organisation = organisationOf(world.knowledge, state.case.slots.organisation)
  const options = optionsOf(found, organisation).map((option) => option.id)
  if (options.length === 0) return undefined
  const slots = derive(state.case, organisation, { date: today, holidays: world.knowledge.holidays })
  return ask(found.id, [...options, unknown], organisation, termOf(found, organisation, slots))
}

/** The term in which a typed date counts, for a question about time. */
export function termOf(question: Question, organisation: Organisation, slots: Slots): AskedTerm | undefined {
  if (!question.date) return undefined
  const term = organisation.terms.find((candidate) => {
    const wanted = question.date === 'lodged' ? candidate.decides : candidate.actor === 'client'
    return wanted && allHold(candidate.when, slots)
  })
  if (!term) return undefined
  return { period: term.period, workingDays: term.workingDays === true, from: term.from }
}

/** "Just talk" comes first as long as nobody said what they wish. */
function organisationOptions(world: World, state: State): readonly string[] {
  const all = Object.keys(world.knowledge.organisations).filter((id) => id !== generalHelp)
  const listed = all.length <= mostOrganisations ? all : []
  return [...(state.case.slots.wish === undefined ? ['talk'] : []), ...listed, 'other', unknown]
}

function ask(
  question: string,
  options: readonly string[],
  organisation?: Organisation,
  term?: AskedTerm,
): Next {
  return {
    at: { kind: 'asking', question },
    reply: {
      kind: 'question',
      organisation: organisation?.id ?? generalHelp,
      question,
      options,
      ...(term && { term }),
    },
  }
}
