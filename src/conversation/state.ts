import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Case } from '../knowledge/vocabulary.ts'

/** Raise it when a state of before can no longer be read as it is; `readState` then carries over what it can. */
export const stateVersion = 2

/** One answer given, with all that it replaced, so that it can be taken back whole. */
export type Step = {
  readonly question: string
  /** The case and the questions answered as they were before. */
  readonly case: Case
  readonly asked: readonly string[]
}

/** Where the conversation is, with the ids of the options that the client sees. */
export type Place =
  | { readonly kind: 'asking'; readonly question: string; readonly options: readonly string[] }
  | { readonly kind: 'advised' }
  | { readonly kind: 'ended' }

/** All that is kept of a conversation: slots, never sentences. Plain data that survives JSON. */
export type State = {
  readonly version: typeof stateVersion
  /** Version of the knowledge with which the last turn was made. */
  readonly knowledge: string
  readonly locale: string
  /** The organisation at whose place the bot stands; absent when the client is asked. */
  readonly preset?: string | undefined
  readonly case: Case
  /** Ids of the questions answered so far. */
  readonly asked: readonly string[]
  /** The last answers, at most `mostSteps`. */
  readonly steps: readonly Step[]
  readonly at: Place
  /** Inputs in a row that were not understood. */
  readonly misses: number
  /** "I do not know" in a row. */
  readonly unsure: number
  /** Other topics that the client named beside the one that is talked about; each gets its turn. */
  readonly waiting?: readonly string[] | undefined
}

const mostSteps = 20

/** The state of a conversation in which nothing was said yet. */
export function newState(knowledge: Knowledge, locale: string, preset: string | undefined): State {
  return {
    version: stateVersion,
    knowledge: knowledge.version,
    locale,
    ...(preset !== undefined && { preset }),
    case: { slots: preset === undefined ? {} : { organisation: preset }, dates: {} },
    asked: [],
    steps: [],
    at: { kind: 'ended' },
    misses: 0,
    unsure: 0,
  }
}

/** The state after an answer, which can be taken back with `takeBack`. */
export function withAnswer(state: State, question: string, told: Case, asked: readonly string[]): State {
  const step: Step = { question, case: state.case, asked: state.asked }
  return { ...state, case: told, asked, steps: [...state.steps, step].slice(-mostSteps) }
}

/** The state as it was before the last answer; undefined when there is none to take back. */
export function takeBack(state: State): State | undefined {
  const last = state.steps.at(-1)
  if (!last) return undefined
  return {
    ...state,
    case: last.case,
    asked: last.asked,
    steps: state.steps.slice(0, -1),
    misses: 0,
    unsure: 0,
  }
}
