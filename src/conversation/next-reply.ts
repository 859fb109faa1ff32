import { optionsOf } from '../dialog/options-of.ts'
import type { Question } from '../dialog/questions.ts'
import { nextQuestion } from '../dialog/walk-tree.ts'
import { generalHelp, organisationOf } from '../knowledge/knowledge.ts'
import { unknown } from '../knowledge/vocabulary.ts'
import { decide } from '../routing/decide.ts'
import { clientTerms, decidingTerms } from '../routing/terms-of.ts'
import type { AskedTerm, Reply } from './reply.ts'
import { slotsOf } from './slots-of.ts'
import type { Place, State } from './state.ts'
import { afterAdvice } from './topics.ts'
import type { World } from './world.ts'

/** Longer lists of organisations are not shown: the client types the name. */
const mostOrganisations = 8

/** What to show, and where the conversation then is. */
export type Next = { readonly at: Place; readonly reply: Reply }

/** The question to ask now, or the advice when no answer can change it any more. */
export function nextReply(world: World, state: State, today: string): Next {
  const { organisation: named } = state.case.slots
  if (named === undefined) return ask(world, state, 'organisation', organisationOptions(world, state), today)
  const organisation = organisationOf(world.knowledge, named)
  const slots = slotsOf(world, state, today)
  const tree = world.trees[organisation.id]
  const open = tree && nextQuestion(tree, world.questions, organisation, slots, state.asked)
  if (open) return ask(world, state, open.question.id, [...open.node.shown, unknown], today)
  const advice = decide(world.knowledge, state.case, today)
  return {
    at: { kind: 'advised' },
    reply: {
      kind: 'advice',
      organisation: organisation.id,
      staff: slots.staff === 'true',
      advice,
      options: afterAdvice(world, state, today),
    },
  }
}

/** What the client sees now, shown once more. */
export function shownReply(world: World, state: State, today: string): Next {
  const { at } = state
  return at.kind === 'asking'
    ? ask(world, state, at.question, at.options, today)
    : nextReply(world, state, today)
}

/** Asks one question anew, whatever the answers so far, with all its options; undefined when there is no such question. */
export function askAnew(world: World, state: State, question: string, today: string): Next | undefined {
  if (question === 'organisation')
    return ask(world, state, question, organisationOptions(world, state), today)
  const found = world.questions.find((candidate) => candidate.id === question)
  if (!found) return undefined
  const organisation = organisationOf(world.knowledge, state.case.slots.organisation)
  const options = optionsOf(found, organisation).map(({ id }) => id)
  return options.length === 0 ? undefined : ask(world, state, question, [...options, unknown], today)
}

/** Asks in which language to go on. */
export function askLanguage(world: World, state: State, today: string): Next {
  const options = world.locales.map((locale) => `language-${locale}`)
  return ask(world, state, 'language', options, today)
}

/** The term in which a typed date counts, for the question being asked about time. */
export function termOf(world: World, state: State, question: string, today: string): AskedTerm | undefined {
  const asked: Question | undefined = world.questions.find(({ id }) => id === question)
  if (!asked?.date) return undefined
  const organisation = organisationOf(world.knowledge, state.case.slots.organisation)
  const slots = slotsOf(world, state, today)
  const terms =
    asked.date === 'lodged' ? decidingTerms(organisation, slots) : clientTerms(organisation, slots)
  const [term] = terms
  return term && { period: term.period, workingDays: term.workingDays === true, from: term.from }
}

/** "Just talk" comes first as long as nobody said what they wish. */
function organisationOptions(world: World, state: State): readonly string[] {
  const all = Object.keys(world.knowledge.organisations).filter((id) => id !== generalHelp)
  const listed = all.length <= mostOrganisations ? all : []
  return [...(state.case.slots.wish === undefined ? ['talk'] : []), ...listed, 'other', unknown]
}

function ask(world: World, state: State, question: string, options: readonly string[], today: string): Next {
  const { id: organisation } = organisationOf(world.knowledge, state.case.slots.organisation)
  const term = termOf(world, state, question, today)
  return {
    at: { kind: 'asking', question, options },
    reply: { kind: 'question', organisation, question, options, ...(term && { term }) },
  }
}
