import type { Guide, GuideInput, SpokenReply } from '../guide.ts'

/** What the client does in a turn, and when. An input that depends on what was shown is worked out from it. */
export type Move<Input extends GuideInput> = {
  readonly input: Input | ((shown: readonly SpokenReply[]) => Input)
  readonly now: Date
}

/** A turn as it was played. */
export type PlayedTurn<Input extends GuideInput> = {
  readonly input: Input
  readonly now: Date
  readonly replies: readonly SpokenReply[]
  /** What a channel may add by itself: what it says of its own messages after "wis alles". */
  readonly maybe: readonly SpokenReply[]
}

/**
 * Plays a conversation from its start, as a channel does: what is erased is gone, so that the client is greeted anew.
 *
 * @param organisation the one at whose place the client is; absent: as the guide was made
 */
export function play<Input extends GuideInput>(
  guide: Guide,
  locale: string | undefined,
  moves: readonly Move<Input>[],
  organisation?: string,
): readonly PlayedTurn<Input>[] {
  const played: PlayedTurn<Input>[] = []
  let state: unknown
  for (const { input: move, now } of moves) {
    const input = typeof move === 'function' ? move(played.at(-1)?.replies ?? []) : move
    const asked: GuideInput = state === undefined ? { ...input, locale, organisation } : input
    const turn = guide.turn(state, asked, now)
    const maybe = turn.erase ? [true, false].map((all) => guide.unsaid(turn.state, all)) : []
    played.push({ input, now, replies: turn.replies, maybe })
    state = turn.erase ? undefined : turn.state
  }
  return played
}
