import type { Knowledge } from '../knowledge/knowledge.ts'
import type { LocalTime } from '../routing/opening-at.ts'
import type { Speech } from './texts.ts'

/** Where words are spoken that differ from place to place: in Teams others may read along, of a page nothing is kept. */
export type Venue =
  | {
      readonly kind: 'teams'
      /** The chat outside Teams, for who would rather not talk there. */
      readonly chatUrl?: string | undefined
    }
  | { readonly kind: 'page' }
  /** The chat on a site, which shows its other languages itself. */
  | { readonly kind: 'chat' }

/** All that words depend on beside the reply itself. */
export type Setting = {
  readonly locale: string
  readonly knowledge: Knowledge
  readonly speech: Speech
  /** Decides what is open now; absent for words that are read at another time, which then say only the hours. */
  readonly now?: LocalTime | undefined
  readonly venue?: Venue | undefined
}
