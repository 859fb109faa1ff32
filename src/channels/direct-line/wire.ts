import type { Frame, SpokenReply } from '../guide.ts'

/** What a client wants to read: our replies as data, or Adaptive Cards for a Web Chat that is not ours. */
export type WireFormat = 'replies' | 'cards'

/**
 * What one turn of the bot says, in `channelData.klachtwijzer` of its message activity, when the token asks for
 * `replies`. One activity a turn; its `text` says the same in plain words.
 */
export type WireTurn = {
  /**
   * Counts the turns of the conversation from 1; a button sends it back. 0 where nothing is kept any more. An apology has
   * the number of the turn before it, whose buttons still count.
   */
  readonly turn: number
  readonly replies: readonly WireReply[]
  /** What stands around the replies after this turn. */
  readonly frame: WireFrame
  /** The conversation came to an end: it can be begun anew. */
  readonly end: boolean
  /** All was wiped: the client throws away its token and what it shows. */
  readonly erased: boolean
}

/** A reply as it is shown, without what only programs read of it. */
export type WireReply = Omit<SpokenReply, 'advice'>

/** The language, the answers so far and what can always be done. The fixed words come with the program of the client. */
export type WireFrame = Pick<Frame, 'locale' | 'direction' | 'answers' | 'commands' | 'languages'>

/**
 * Leaves at once, as the quick exit does: posted by a client, all that is kept is erased, and the conversation is over: what
 * comes in after it is refused with 410; on a stream it tells the other
 * pages of the same conversation that it was, and the stream is closed.
 */
export type WireLeave = { readonly type: 'endOfConversation' }

/** What a button sends as the `value` of a message activity; words go in its `text` and have no `value`. */
export type WirePress = {
  readonly choose: string
  /** Key of the reply that the button stood under. */
  readonly of?: string
  readonly turn?: number
}

/** Gives another answer to something told before; goes as the `value` of a message activity. */
export type WireChange = { readonly change: string }

/**
 * What the page of the widget holds for its program: the first words are in the page already, and nothing is stored. The
 * first activity that is posted begins the conversation (`POST conversations` may be left out), and its log then begins
 * with `first`, as turn 1: who reads without a watermark gets it, as after a reload. A client that shows `first` skips
 * the activity of turn 1.
 */
export type WireStart = {
  /** Bearer token of a conversation that begins with the first thing that the client does. */
  readonly token: string
  readonly conversationId: string
  /** Seconds from the making of the page. */
  readonly expiresIn: number
  /** Where Direct Line is served, such as `/v3/directline`. */
  readonly directLine: string
  readonly organisation: string | null
  readonly first: WireTurn
}
