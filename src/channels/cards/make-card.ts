import { AdaptiveCard, type CardElement, Container } from '@microsoft/teams.cards'
import type { SpokenReply } from '../guide.ts'
import { fold, line, lines, linkButtons } from './card-pieces.ts'
import { asideRows, optionRows, type PressManner } from './option-rows.ts'
import { partElements } from './part-elements.ts'

/** The schema that Teams shows on all its clients. */
const schemaVersion = '1.5'

/** What stands in the place of options that count no more. */
export type Closed = { readonly chosen: string | undefined }

export type CardMaking = {
  readonly turn: number
  readonly press: PressManner
  readonly closed?: Closed | undefined
}

/**
 * Replies as one Adaptive Card. Its fallback text and what is spoken say the same, for screen readers and for clients
 * that cannot show it.
 */
export function makeCard(replies: readonly SpokenReply[], making: CardMaking): AdaptiveCard {
  const text = replies.map((reply) => reply.text).join('\n\n')
  const body = elementsFrom(replies, 0, making)
  return new AdaptiveCard(...body).withOptions({ version: schemaVersion, fallbackText: text, speak: text })
}

/** The replies from one on. What can wait after a sign of danger is folded away: the number to call stays in view. */
function elementsFrom(
  replies: readonly SpokenReply[],
  at: number,
  making: CardMaking,
): readonly CardElement[] {
  const reply = replies[at]
  if (reply === undefined) return []
  const own = replyElements(reply, at, making)
  const rest = elementsFrom(replies, at + 1, making)
  return reply.unfolds === undefined || rest.length === 0
    ? [...own, ...rest]
    : [...own, ...fold(`rest-${at}`, reply.unfolds, rest)]
}

function replyElements(reply: SpokenReply, at: number, making: CardMaking): readonly CardElement[] {
  const { kind, text, parts, links = [], why, sourcesHeading = '' } = reply
  const said = parts
    ? parts.flatMap((part, index) => partElements(part, sourcesHeading, `fold-${at}-${index}`))
    : [
        ...(kind === 'question' ? asked(text, making.closed !== undefined) : lines(text)),
        ...linkButtons(links),
      ]
  const body =
    kind === 'notice' ? [new Container(...said).withOptions({ style: 'attention' })] : spaced(said, at)
  if (making.closed) return [...body, ...closingOf(reply, making.closed)]
  return [
    ...body,
    ...optionRows(reply, making.turn, making.press),
    ...(why ? fold(`why-${at}`, why.heading, lines(why.text)) : []),
    ...asideRows(reply, making.turn, making.press),
  ]
}

/** The question itself stands out; how to answer it does not, and goes when it was answered. */
function asked(text: string, isClosed: boolean): readonly CardElement[] {
  const [question = '', ...more] = text.split('\n')
  const loud = lines(question, { weight: 'Bolder', size: 'Medium' })
  return isClosed ? loud : [...loud, ...lines(more.join('\n'))]
}

/** Each reply after the first begins with more space. */
function spaced(elements: readonly CardElement[], at: number): readonly CardElement[] {
  if (at === 0 || elements.length === 0) return elements
  return [new Container(...elements).withOptions({ spacing: 'Medium' })]
}

function closingOf({ closing }: SpokenReply, { chosen }: Closed): readonly CardElement[] {
  if (closing === undefined) return []
  const isOffered = chosen !== undefined && Object.hasOwn(closing.chosen, chosen)
  const said = isOffered ? closing.chosen[chosen] : undefined
  return [line(said ?? closing.passed, { weight: 'Bolder', color: 'Accent' })]
}
