import { unknown } from '../knowledge/vocabulary.ts'
import type { Reply, Saying } from './reply.ts'
import { slotsOf } from './slots-of.ts'
import type { State } from './state.ts'
import type { World } from './world.ts'

/** A sentence as a reply, with what decides whom to name: the organisation, and whether the client works there. */
export function say(world: World, state: State, saying: Saying, today: string): Reply {
  const { organisation = unknown } = state.case.slots
  return { kind: 'text', organisation, staff: slotsOf(world, state, today).staff === 'true', ...saying }
}
