import type { SpokenReply } from '../language/speak.ts'

export type { SpokenReply } from '../language/speak.ts'

/** One thing the client can choose: `id` is stable, `label` is what the client reads. */
export type SpokenOption = SpokenReply['options'][number]

export type GuideInput =
  | { kind: 'start'; locale?: string }
  | { kind: 'text'; text: string }
  | { kind: 'choose'; option: string }

/** `erase` asks the channel to forget the conversation; `state` is then not kept. */
export type GuideTurn = { state: unknown; replies: readonly SpokenReply[]; end: boolean; erase: boolean }

/** The conversation as the channels see it: words in, words out. */
export type Guide = {
  /**
   * One turn. `state` is undefined in a new conversation, and else what an earlier turn gave, through JSON;
   * a state of an older version is the guide's to handle. A typed number reaches the guide as text: it counts
   * the options of the last turn from 1, in the order in which they were offered.
   */
  turn(state: unknown | undefined, input: GuideInput, now: Date): GuideTurn
  /** What to say when a turn failed: a next step and a telephone number. Never throws. */
  apology(state: unknown | undefined): SpokenReply
}
