import { optionsOf } from '../dialog/options-of.ts'
import type { Question } from '../dialog/questions.ts'
import { organisationOf } from '../knowledge/knowledge.ts'
import { type Moment, moments, unknown } from '../knowledge/vocabulary.ts'
import { termOf } from './next-reply.ts'
import type { AskedTerm } from './reply.ts'
import type { State } from './state.ts'
import type { World } from './world.ts'

/** One thing that the client told, as data. `slot` is what an input of kind `change` takes to ask it anew. */
export type Told =
  | {
      readonly kind: 'organisation'
      readonly slot: 'organisation'
      readonly organisation: string
      readonly part?: string | undefined
    }
  | {
      readonly kind: 'option'
      readonly slot: string
      readonly question: string
      /** The option that says it; absent for "I do not know" and "something else". */
      readonly option?: string | undefined
      readonly term?: AskedTerm | undefined
    }
  | {
      readonly kind: 'date'
      readonly slot: `dates.${Moment}`
      readonly moment: Moment
      /** ISO date. */
      readonly date: string
    }

/**
 * The answers so far, the earliest question first, each once. A sign of danger is among them only when the client chose
 * it as an answer: what was merely read in somebody's words is not shown.
 */
export function toldSoFar(world: World, state: State, today: string): readonly Told[] {
  const { slots, dates } = state.case
  const { organisation, part } = slots
  const named: readonly Told[] =
    organisation === undefined ? [] : [{ kind: 'organisation', slot: 'organisation', organisation, part }]
  const days = moments.flatMap((moment): readonly Told[] => {
    const date = dates[moment]
    return date === undefined ? [] : [{ kind: 'date', slot: `dates.${moment}`, moment, date }]
  })
  return [
    ...named,
    ...answered(world, state).map((question) => ofQuestion(world, state, question, today)),
    ...days,
  ]
}

/** The first question about each slot that holds an answer: those never asked, and then in the order of asking. */
function answered({ questions }: World, { case: { slots }, asked }: State): readonly Question[] {
  const rank = ({ slot }: Question) =>
    asked.findIndex((id) => questions.some((question) => question.id === id && question.slot === slot))
  return questions
    .filter(({ slot, id }, at) => {
      const isFirst = questions.findIndex((question) => question.slot === slot) === at
      return isFirst && slots[slot] !== undefined && (slot !== 'safety' || asked.includes(id))
    })
    .toSorted((a, b) => rank(a) - rank(b))
}

function ofQuestion(world: World, state: State, first: Question, today: string): Told {
  const { slot } = first
  return {
    kind: 'option',
    slot,
    question: first.id,
    option: chosenOption(world, state, first),
    term: termOf(world, state, first.id, today),
  }
}

/** The option whose answers all stand in the case; of several, the one that tells most. */
function chosenOption(world: World, state: State, question: Question): string | undefined {
  const { slots } = state.case
  const organisation = organisationOf(world.knowledge, slots.organisation)
  const [best] = optionsOf(question, organisation)
    .filter(({ sets }) => Object.entries(sets).every(([slot, value]) => slots[slot] === value))
    .toSorted((a, b) => Object.keys(b.sets).length - Object.keys(a.sets).length)
  if (best === undefined && question.slot === 'decidedBy' && slots.decidedBy !== unknown)
    return slots.decidedBy
  return best?.id
}
