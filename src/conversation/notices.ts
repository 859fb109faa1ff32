import { organisationOf } from '../knowledge/knowledge.ts'
import { allowedValues, unknown } from '../knowledge/vocabulary.ts'
import { findSupplements, routingSlots } from '../routing/decide.ts'
import type { Reply } from './reply.ts'
import type { State } from './state.ts'
import type { World } from './world.ts'

/** The state with a sign of danger in it. A graver sign is never replaced by a lesser one. */
export function withSafety(state: State, safety: string | undefined): State {
  if (safety === undefined || graver(state.case.slots.safety, safety) !== safety) return state
  return { ...state, case: { ...state.case, slots: { ...state.case.slots, safety } } }
}

/** The signs in the order of how grave they are: `danger`, `suicide`, `abuse`, `crime`. */
function graver(before: string | undefined, now: string): string {
  const order = allowedValues('safety') ?? []
  if (before === undefined || before === unknown) return now
  return order.indexOf(before) < order.indexOf(now) ? before : now
}

/**
 * The notices that an input brings, before anything else is said: those that its answers give and the state before did
 * not, and all of the sign it holds itself, also when it was given before.
 */
export function newNotices(
  world: World,
  before: State,
  after: State,
  safety: string | undefined,
  today: string,
): readonly Reply[] {
  const known = new Set(noticesOf(world, before, today))
  const own = safety === undefined ? [] : noticesOf(world, onlySafety(after, safety), today)
  const fresh = noticesOf(world, after, today).filter((notice) => !known.has(notice))
  const organisation = organisationOf(world.knowledge, after.case.slots.organisation).id
  return [...new Set([...own, ...fresh])].map((notice) => ({ kind: 'notice', organisation, notice }))
}

function onlySafety(state: State, safety: string): State {
  return { ...state, case: { ...state.case, slots: { ...state.case.slots, safety } } }
}

function noticesOf(world: World, state: State, today: string): readonly string[] {
  const organisation = organisationOf(world.knowledge, state.case.slots.organisation)
  const slots = routingSlots(state.case, organisation, { date: today, holidays: world.knowledge.holidays })
  return findSupplements(organisation, slots).flatMap(({ notices }) => notices)
}
