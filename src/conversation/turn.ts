import type { Next } from './next-reply.ts'
import type { Reply } from './reply.ts'
import type { State } from './state.ts'

/** What has to happen outside besides showing the replies. `erase`: forget all that is stored. */
export type Effect = 'erase'

export type Turn = {
  readonly state: State
  readonly replies: readonly Reply[]
  readonly effects: readonly Effect[]
  /** True when nothing is being asked: the advice was given, or the client stopped. Input stays welcome. */
  readonly end: boolean
}

/** The turn that shows what comes next, after the replies given. */
export function show(state: State, replies: readonly Reply[], next: Next): Turn {
  return {
    state: { ...state, at: next.at },
    replies: [...replies, next.reply],
    effects: [],
    end: next.at.kind !== 'asking',
  }
}

/** A turn after an advice that answers without showing the whole advice again: the last reply carries its options. */
export function stayAtAdvice(state: State, replies: readonly Reply[], options: readonly string[]): Turn {
  const last = replies.at(-1)
  const shown = last?.kind === 'text' ? [...replies.slice(0, -1), { ...last, options }] : replies
  return { state: { ...state, at: { kind: 'advised' } }, replies: shown, effects: [], end: true }
}
