import type { Apology } from '../language/apologise.ts'
import type { Venue } from '../language/setting.ts'
import type { SpokenReply } from '../language/speak.ts'
import type { SpokenBody } from '../language/speak-body.ts'
import type { Frame } from '../language/speak-frame.ts'
import type { WordsForModel } from '../understanding/model-help.ts'

export type { Apology } from '../language/apologise.ts'
export type { Item, Link, Part } from '../language/parts.ts'
export type { Venue } from '../language/setting.ts'
export type { SpokenOption, SpokenReply } from '../language/speak.ts'
export type { SpokenBody } from '../language/speak-body.ts'
export type { Frame, PageWords, SpokenAnswer } from '../language/speak-frame.ts'

export type GuideInput = (
  | { kind: 'start' }
  | {
      kind: 'text'
      text: string
      /** Slots that a language model read in it; see `Guide.wordsForModel`. */
      filled?: Readonly<Record<string, string>> | undefined
    }
  | {
      kind: 'choose'
      option: string
      /** Key of the reply that the button stood under; absent where a channel cannot tell. */
      of?: string | undefined
    }
) & {
  /** The client's own language, as the channel knows it: `nl`, `en-US`. The conversation goes on in it, if it is spoken. */
  locale?: string | undefined
  /** In a new conversation: the organisation at whose place the client is. One that is not known counts as none. */
  organisation?: string | undefined
}

/** Gives another answer to something told before; `slot` is one of the answers of `Guide.frame`. */
export type GuideChange = { kind: 'change'; slot: string }

/** `erase` asks the channel to forget the conversation; `state` is then not kept. */
export type GuideTurn = { state: unknown; replies: readonly SpokenReply[]; end: boolean; erase: boolean }

/** The conversation as the channels see it: words in, words out. */
export type Guide = {
  /**
   * One turn. `state` is undefined in a new conversation, and else what an earlier turn gave, through JSON;
   * a state of an older version is the guide's to handle. A typed number reaches the guide as text: it counts
   * the options of the last turn from 1, in the order in which they were offered.
   */
  turn(state: unknown | undefined, input: GuideInput | GuideChange, now: Date, venue?: Venue): GuideTurn
  /**
   * What a language model may be asked about a message before its turn, where one is configured: nothing but everyday
   * words, and only when our own reading leaves much open. Its answer goes into the input of the turn.
   */
  wordsForModel(
    state: unknown | undefined,
    text: string,
    now: Date,
    locale?: string,
  ): WordsForModel | undefined
  /**
   * Reads the words of all languages, one at a time so that nobody waits long. Without it the first message does so at
   * once.
   */
  prepare(): Promise<void>
  /** What to say when a channel cannot go on: a next step and a telephone number. Never throws. */
  apology(state: unknown | undefined, about?: Apology, locale?: string, organisation?: string): SpokenReply
  /**
   * What a page shows beside the replies of a turn: its fixed words, what is being asked, the answers so far. Without a
   * state, in this language and at this organisation.
   */
  frame(state: unknown | undefined, now: Date, locale?: string, organisation?: string): Frame
  /** What the channel says after "wis alles" about its own messages: all were taken away, or some stayed. */
  unsaid(state: unknown, all: boolean): SpokenReply
  /** What stands in the place of such a message where it can be emptied, and not taken away. */
  wiped(state: unknown): SpokenReply
  /** For staff who try a flow: the case so far, the rule that decides, and why the next question is asked. Data, no words. */
  explain(state: unknown, now: Date): unknown
  /**
   * The bodies that match a name, a kind or an organisation, the best first; the first of all for an empty query. Their
   * words say nothing of what is open now: they are read later, by others.
   */
  findBodies(query: string, locale: string | undefined): readonly SpokenBody[]
}
