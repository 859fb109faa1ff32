import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Case } from '../knowledge/vocabulary.ts'

/** Raise it when a state of before can no longer be read as it is; `readState` then carries over what it can. */
export const stateVersion = 1

/** One answer given, so that it can be taken back: the question and what it told. */
export type Step = {
  readonly question: string
  readonly slots: readonly string[]
  readonly dates: readonly string[]
}

/** Where the conversation is. */
export type Place =
  | { readonly kind: 'asking'; readonly question: string }
  | { readonly kind: 'advised' }
  | { readonly kind: 'ended' }

/**
 * All that is kept of a conversation: slots, never sentences. Plain data that survives JSON.
 */
export type State = {
  readonly version: typeof stateVersion
  /** Version of the knowledge with which the last turn was made. */
  readonly knowledge: string
  readonly locale: string
  readonly case: Case
  readonly steps: readonly Step[]
  readonly at: Place
  /** Inputs in a row that were not understood. */
  readonly misses: number
  /** "I do not know" in a row. */
  readonly unsure: number
}

export function newState(knowledge: Knowledge, locale: string, organisation: string | undefined): State {
  const slots: Record<string, string> = organisation === undefined ? {} : { organisation }
  return {
    version: stateVersion,
    knowledge: knowledge.version,
    locale,
    case: { slots, dates: {} },
    steps: [],
    at: { kind: 'asking', question: 'organisation' },
    misses: 0,
    unsure: 0,
  }
}

/**
 * Reads a stored state. A state of another version, or of other knowledge, is carried over: its answers stay where they
 * still mean something, the place in the conversation is worked out anew, and `renewed` says so. What is no state at
 * all gives undefined.
 */
export function readState(
  value: unknown,
  knowledge: Knowledge,
): { state: State; renewed: boolean } | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const stored = value as Partial<State>
  if (typeof stored.version !== 'number' || typeof stored.locale !== 'string' || !isCase(stored.case))
    return undefined
  if (stored.version === stateVersion && stored.knowledge === knowledge.version) {
    return { state: stored as State, renewed: false }
  }
  const slots: Record<string, string> = { ...stored.case.slots }
  const organisation = knowledge.organisations[slots.organisation ?? '']
  if (!organisation) {
    for (const slot of ['organisation', 'part', 'decidedBy']) delete slots[slot]
  } else {
    if (!organisation.parts.some((part) => part.id === slots.part)) delete slots.part
    if (!organisation.bodies[slots.decidedBy ?? '']) delete slots.decidedBy
  }
  const fresh = newState(knowledge, stored.locale, undefined)
  return { state: { ...fresh, case: { slots, dates: stored.case.dates } }, renewed: true }
}

function isCase(value: unknown): value is Case {
  if (typeof value !== 'object' || value === null) return false
  const { slots, dates } = value as Partial<Case>
  const isTexts = (record: unknown): boolean =>
    typeof record === 'object' &&
    record !== null &&
    Object.values(record).every((entry) => typeof entry === 'string')
  return isTexts(slots) && isTexts(dates)
}

/** The case without the answers of one step. */
export function withoutStep(given: Case, step: Step): Case {
  const slots = Object.fromEntries(Object.entries(given.slots).filter(([slot]) => !step.slots.includes(slot)))
  const dates = Object.fromEntries(
    Object.entries(given.dates).filter(([moment]) => !step.dates.includes(moment)),
  )
  return { slots, dates }
}
