import type { GuideInput, SpokenReply } from '../guide.ts'
import { offeredOptions } from '../offered-options.ts'
import { readInput } from '../read-input.ts'
import type { SavedTurn } from './from-activities.ts'

/**
 * What the client did in a saved turn, at the place that the conversation has now. In channels with text alone a press
 * arrives as the label of its button; a label that has changed since is known by its place among the buttons of then.
 * `of` is kept only for a button of an earlier reply.
 *
 * @param before the saved turn before it
 * @param shown what is shown now before this turn
 */
export function readSaved(
  { input }: SavedTurn,
  before: SavedTurn | undefined,
  shown: readonly SpokenReply[],
): GuideInput {
  switch (input.kind) {
    case 'start':
      return input
    case 'choose': {
      const { option, of } = input
      const isOld = of !== undefined && !shown.some(({ key }) => key === of)
      return { kind: 'choose', option, ...(isOld && { of }) }
    }
    case 'text': {
      const { text, typed } = input
      if (typed) return readInput(text, undefined, [])
      const offered = offeredOptions(shown)
      const place = before?.buttons.indexOf(text) ?? -1
      const moved = before?.buttons.length === offered.length ? offered[place] : undefined
      const read = readInput(text, undefined, offered)
      return read.kind === 'text' && moved ? { kind: 'choose', option: moved.id } : read
    }
  }
}
