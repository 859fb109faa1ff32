import { z } from 'zod'
import { organisationOf } from '../knowledge/knowledge.ts'
import { allowedValues, type Case, unknown } from '../knowledge/vocabulary.ts'
import { nextReply } from './next-reply.ts'
import { newState, type State, stateVersion } from './state.ts'
import type { World } from './world.ts'

const told = z.object({
  slots: z.record(z.string(), z.string()),
  dates: z.record(z.string(), z.string()),
})

/** The part of a state that every version has. */
const anyState = z.object({
  version: z.number(),
  knowledge: z.string(),
  locale: z.string(),
  preset: z.string().optional(),
  case: told,
})

const currentState = anyState.extend({
  version: z.literal(stateVersion),
  asked: z.array(z.string()),
  steps: z.array(z.object({ question: z.string(), case: told, asked: z.array(z.string()) })),
  at: z.union([
    z.object({ kind: z.literal('asking'), question: z.string(), options: z.array(z.string()) }),
    z.object({ kind: z.literal('advised') }),
    z.object({ kind: z.literal('ended') }),
  ]),
  misses: z.number(),
  unsure: z.number(),
  waiting: z.array(z.string()).optional(),
})

/**
 * Reads a stored state. A state of another version, or made with other knowledge, is carried over: answers that still
 * mean something stay, the place in the conversation is worked out anew, and `renewed` says so. What is no state at all
 * gives undefined.
 */
export function readState(
  value: unknown,
  world: World,
  today: string,
): { readonly state: State; readonly renewed: boolean } | undefined {
  const current = currentState.safeParse(value)
  if (current.success && current.data.knowledge === world.knowledge.version) {
    return { state: current.data, renewed: false }
  }
  const old = anyState.safeParse(value)
  if (!old.success) return undefined
  const { locale, preset } = old.data
  const known = preset !== undefined && world.knowledge.organisations[preset] ? preset : undefined
  const fresh = newState(world.knowledge, locale, known)
  const state: State = { ...fresh, case: stillMeaningful(old.data.case, world) }
  return { state: { ...state, at: nextReply(world, state, today).at }, renewed: true }
}

/** The answers whose slot and value the knowledge of today still has. */
function stillMeaningful(given: Case, world: World): Case {
  const { organisation: named } = given.slots
  const organisation = organisationOf(world.knowledge, named)
  const own = organisation.questions.map((id) => world.questions.find((question) => question.id === id)?.slot)
  const isKept = (slot: string, value: string): boolean => {
    if (value === unknown) return true
    if (slot === 'organisation') return organisation.id === value
    if (slot === 'part') return organisation.parts.some((part) => part.id === value)
    if (slot === 'decidedBy') return organisation.bodies[value] !== undefined
    return own.includes(slot) || (allowedValues(slot)?.includes(value) ?? false)
  }
  const slots = Object.entries(given.slots).filter(([slot, value]) => isKept(slot, value))
  return { slots: Object.fromEntries(slots), dates: given.dates }
}
