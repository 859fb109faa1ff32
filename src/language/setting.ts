import type { Knowledge } from '../knowledge/knowledge.ts'
import type { LocalTime } from '../routing/opening-at.ts'
import type { Speech } from './texts.ts'

/** Where words are spoken that differ from place to place: in Teams others may read along. */
export type Venue = {
  readonly kind: 'teams'
  /** The chat outside Teams, for who would rather not talk there. */
  readonly chatUrl?: string | undefined
}

/** All that words depend on beside the reply itself. */
export type Setting = {
  readonly locale: string
  readonly knowledge: Knowledge
  readonly speech: Speech
  /** Decides what is open now. */
  readonly now: LocalTime
  readonly venue?: Venue | undefined
}
