import { type Organisation, organisationOf } from '../knowledge/knowledge.ts'
import type { Slots } from '../knowledge/matches.ts'
import { derive } from '../routing/derive.ts'
import type { State } from './state.ts'
import type { World } from './world.ts'

/** The case with all that follows from it. */
export function slotsOf(world: World, state: State, today: string): Slots {
  const organisation: Organisation = organisationOf(world.knowledge, state.case.slots.organisation)
  return derive(state.case, organisation, { date: today, holidays: world.knowledge.holidays })
}
