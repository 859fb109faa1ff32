import { decide } from '../routing/decide.ts'
import type { Reply } from './reply.ts'
import { say } from './say.ts'
import { type State, withAnswer } from './state.ts'
import type { World } from './world.ts'

/** Slots that are of the person and the place, not of what happened: they stay for the next topic. */
const ofThePerson: ReadonlySet<string> = new Set([
  'organisation',
  'part',
  'role',
  'minor',
  'domain',
  'mainProvider',
])

/** The state in which the first of several topics is talked about, and the others wait. */
export function withTopics(state: State, topics: readonly string[]): State {
  const known = new Set([state.case.slots.topic, ...(state.waiting ?? []), topics[0]])
  const others = topics.filter((topic) => !known.has(topic))
  return others.length === 0 ? state : { ...state, waiting: [...(state.waiting ?? []), ...others] }
}

/** The topics that wait: those for which this advice holds as well, and those that lead elsewhere. */
function waitingTopics(
  world: World,
  state: State,
  today: string,
): { readonly same: readonly string[]; readonly other: readonly string[] } {
  const waiting = (state.waiting ?? []).filter((topic) => topic !== state.case.slots.topic)
  if (waiting.length === 0) return { same: [], other: [] }
  const { primary } = decide(world.knowledge, state.case, today)
  const leadsHere = (topic: string) => {
    const slots = { ...state.case.slots, topic }
    return decide(world.knowledge, { ...state.case, slots }, today).primary === primary
  }
  return { same: waiting.filter(leadsHere), other: waiting.filter((topic) => !leadsHere(topic)) }
}

/** Says with an advice that nothing of what was named is forgotten. */
export function sayWaiting(world: World, state: State, today: string): readonly Reply[] {
  const { same, other } = waitingTopics(world, state, today)
  return same.length + other.length === 0
    ? []
    : [say(world, state, { say: 'more-topics', same, other }, today)]
}

/** The state in which the next topic is talked about; undefined when none waits that leads elsewhere. */
export function toNextTopic(world: World, state: State, today: string): State | undefined {
  const [topic, ...rest] = waitingTopics(world, state, today).other
  if (topic === undefined) return undefined
  const kept = Object.entries(state.case.slots).filter(([slot]) => ofThePerson.has(slot))
  const asked = state.asked.filter((id) => {
    const slot = world.questions.find((question) => question.id === id)?.slot ?? id
    return ofThePerson.has(slot)
  })
  const told = { slots: { ...Object.fromEntries(kept), topic }, dates: {} }
  return { ...withAnswer(state, 'topic', told, asked), waiting: rest, misses: 0, unsure: 0 }
}

/** What may be pressed after an advice. */
export function afterAdvice(world: World, state: State, today: string): readonly string[] {
  const isMore = waitingTopics(world, state, today).other.length > 0
  return [...(isMore ? ['next-topic'] : []), 'why', 'back', 'restart', 'human', 'forget']
}
