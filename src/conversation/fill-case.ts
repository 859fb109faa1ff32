import { optionsOf } from '../dialog/options-of.ts'
import { rest } from '../dialog/tree.ts'
import { organisationOf } from '../knowledge/knowledge.ts'
import { allowedValues, type Case, unknown } from '../knowledge/vocabulary.ts'
import { termOf } from './next-reply.ts'
import type { Answer } from './reply.ts'
import { type State, withAnswer } from './state.ts'
import type { World } from './world.ts'

/** A state with new answers in it, and those answers to say back. */
export type Filled = { readonly state: State; readonly answers: readonly Answer[] }

/** What choosing an option of a question tells, as slots; undefined when it is no option of it. */
export function setsOf(
  world: World,
  state: State,
  questionId: string,
  option: string,
): Readonly<Record<string, string>> | undefined {
  if (questionId === 'organisation') {
    if (option === 'talk') return { wish: 'talk' }
    if (option === 'other' || option === unknown) return { organisation: unknown }
    return Object.hasOwn(world.knowledge.organisations, option) ? { organisation: option } : undefined
  }
  const question = world.questions.find(({ id }) => id === questionId)
  if (!question) return undefined
  if (option === unknown || option === rest) return { [question.slot]: unknown }
  const options = optionsOf(question, organisationOf(world.knowledge, state.case.slots.organisation))
  const named = options.find(({ id }) => id === option)
  return (named ?? options.find(({ sets }) => sets[question.slot] === option))?.sets
}

/** The state with the answer of an option to the question being asked; undefined when it is no answer to it. */
export function fillOption(world: World, state: State, option: string): Filled | undefined {
  if (state.at.kind !== 'asking') return undefined
  const { question } = state.at
  const sets = setsOf(world, state, question, option)
  if (!sets) return undefined
  const { told, asked } = merge(world, state, sets)
  const filled = withAnswer(state, question, told, [...new Set([...asked, question])])
  const [first] = Object.entries(sets).filter(([, value]) => value !== unknown)
  return {
    state: { ...filled, unsure: option === unknown ? state.unsure + 1 : 0 },
    answers: first ? [{ slot: first[0], value: first[1] }] : [],
  }
}

/** A button of a question that was answered before, pressed again: that answer is changed. The latest such question counts. */
export function fillEarlier(world: World, state: State, option: string): Filled | undefined {
  if (option === unknown || option === rest) return undefined
  for (const question of state.asked.toReversed()) {
    if (setsOf(world, state, question, option) === undefined) continue
    return fillOption(world, { ...state, at: { kind: 'asking', question, options: [option] } }, option)
  }
  return undefined
}

/** Slots that the words fill, beside those of the option just chosen; an earlier answer is corrected. */
export function fillSlots(
  world: World,
  state: State,
  said: Readonly<Record<string, string>>,
  chosen: readonly string[],
): Filled {
  const fresh = Object.entries(said).filter(
    ([slot, value]) => !chosen.includes(slot) && isSensible(world, state, said, slot, value),
  )
  const answers = fresh.map(([slot, value]) => ({ slot, value }))
  if (fresh.every(([slot, value]) => state.case.slots[slot] === value)) return { state, answers }
  const { told, asked } = merge(world, state, Object.fromEntries(fresh))
  const answered = world.questions
    .filter(({ slot }) => fresh.some(([filled]) => filled === slot))
    .map(({ id }) => id)
  const filled = withAnswer(state, answered[0] ?? '', told, [...new Set([...asked, ...answered])])
  return { state: { ...filled, unsure: 0 }, answers }
}

/** The day typed in answer to a question about time; undefined when it is no answer, such as a day still to come. */
export function fillDate(world: World, state: State, date: string, today: string): Filled | undefined {
  if (date > today || state.at.kind !== 'asking') return undefined
  const { question } = state.at
  const moment = termOf(world, state, question, today)?.from
  if (moment === undefined) return undefined
  const told: Case = { ...state.case, dates: { ...state.case.dates, [moment]: date } }
  const filled = withAnswer(state, question, told, [...new Set([...state.asked, question])])
  return { state: { ...filled, unsure: 0 }, answers: [{ slot: `dates.${moment}`, value: date }] }
}

/**
 * The case with new slots. Another organisation makes parts, bodies, terms and questions of the old one meaningless:
 * those answers go, and their questions count as not asked.
 */
function merge(
  world: World,
  state: State,
  sets: Readonly<Record<string, string>>,
): { told: Case; asked: readonly string[] } {
  const { slots: before, dates } = state.case
  const moves =
    sets.organisation !== undefined &&
    before.organisation !== undefined &&
    sets.organisation !== before.organisation
  const kept = moves ? Object.entries(before).filter(([slot]) => isCommon(slot)) : Object.entries(before)
  const asked = moves
    ? state.asked.filter((id) => isCommon(world.questions.find((question) => question.id === id)?.slot ?? id))
    : state.asked
  return { told: { slots: { ...Object.fromEntries(kept), ...sets }, dates }, asked }
}

/** Whether a slot means the same at every organisation. */
function isCommon(slot: string): boolean {
  return slot !== 'late' && slot !== 'overdue' && allowedValues(slot) !== undefined
}

function isSensible(
  world: World,
  state: State,
  said: Readonly<Record<string, string>>,
  slot: string,
  value: string,
): boolean {
  const organisation = organisationOf(world.knowledge, said.organisation ?? state.case.slots.organisation)
  if (slot === 'organisation') return value === unknown || Object.hasOwn(world.knowledge.organisations, value)
  if (slot === 'part') return organisation.parts.some((part) => part.id === value)
  if (slot === 'decidedBy') return Object.hasOwn(organisation.bodies, value)
  return slot !== 'safety'
}
