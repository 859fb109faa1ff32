import type { Advice } from '../routing/advice.ts'

/** The term that a question about time is about. */
export type AskedTerm = { readonly period: string; readonly workingDays: boolean; readonly from: string }

/** Which sentence to say; the words stand in `locales`. */
export type Saying =
  | { readonly say: 'greeting' }
  | { readonly say: 'understood'; readonly answers: readonly Answer[] }
  | {
      readonly say:
        | 'clarify-first'
        | 'clarify-second'
        | 'clarify-person'
        | 'clarify-which'
        | 'clarify-organisation'
    }
  | { readonly say: 'human' }
  | { readonly say: 'why-question'; readonly question: string }
  | {
      readonly say: 'why-advice'
      readonly advice: Advice
      readonly answers: readonly Answer[]
    }
  | {
      /** Other topics that the client named: `same` lead to the body of this advice, `other` to another one. */
      readonly say: 'more-topics'
      readonly same: readonly string[]
      readonly other: readonly string[]
    }
  | { readonly say: 'next-topic'; readonly topic: string }
  /** What the knowledge holds of one body. */
  | { readonly say: 'asked-body'; readonly body: string }
  /** What the knowledge holds of time: the terms of the regulation. */
  | { readonly say: 'asked-terms' }
  | {
      readonly say:
        | 'asked-where'
        | 'asked-privacy'
        | 'restart'
        | 'back'
        | 'back-none'
        | 'old-card'
        | 'old-card-advised'
        | 'stop'
        | 'offer-person'
        | 'forget'
        | 'help'
        | 'language'
        | 'thanks'
        | 'change-ask'
        | 'go-on'
        | 'renewed'
    }

/** One answer of the client, to be said back: the slot and its value, or a date. */
export type Answer = { readonly slot: string; readonly value: string }

/** Slots that are not said back: signs of danger, and answers that mean nothing without their question. */
export const unsaid: ReadonlySet<string> = new Set(['safety', 'fear', 'late', 'overdue'])

/** One reply as data: which thing to say, never the words, never a card. */
export type Reply =
  | ({
      readonly kind: 'text'
      readonly organisation: string
      /** The client works there: another person is named to call. */
      readonly staff: boolean
      /** After an advice: what may be pressed next, as under the advice itself. */
      readonly options?: readonly string[]
    } & Saying)
  | { readonly kind: 'notice'; readonly organisation: string; readonly notice: string }
  | {
      readonly kind: 'question'
      readonly organisation: string
      readonly question: string
      readonly options: readonly string[]
      readonly term?: AskedTerm | undefined
    }
  | {
      readonly kind: 'advice'
      readonly organisation: string
      readonly staff: boolean
      readonly advice: Advice
      readonly options: readonly string[]
    }

/** What the client does: comes in, types, or presses a button. */
export type Input =
  | { readonly kind: 'start' }
  | {
      readonly kind: 'text'
      readonly text: string
      /** Slots that a language model read in it; they count only where our own reading left them open. */
      readonly filled?: Readonly<Record<string, string>> | undefined
    }
  | {
      readonly kind: 'choose'
      readonly option: string
      /** Key of the reply that the button stood under; absent where a channel cannot tell. */
      readonly of?: string | undefined
    }

/** The client wants to give another answer to something told before: a slot, or `dates.` and a moment. */
export type Change = { readonly kind: 'change'; readonly slot: string }

/** The name of a reply whatever its words: `question/wish`, `advice/jeugdstem`, `notice/113`, `text/greeting`. */
export function keyOf(reply: Reply): string {
  switch (reply.kind) {
    case 'text':
      return `text/${reply.say}`
    case 'notice':
      return `notice/${reply.notice}`
    case 'question':
      return `question/${reply.question}`
    case 'advice':
      return `advice/${reply.advice.primary}`
  }
}
