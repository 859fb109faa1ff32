import type { AdaptiveCard } from '@microsoft/teams.cards'
import type { Activity, Attachment } from 'botbuilder'
import { textOf } from '../../language/parts.ts'
import type { SpokenReply } from '../guide.ts'
import { type CardMaking, makeCard } from './make-card.ts'

const contentType = 'application/vnd.microsoft.card.adaptive'

/**
 * The most bytes of one card. Teams takes messages of about 28 KB in all its ways in; the envelope of an activity is
 * well below the rest.
 */
const mostBytes = 24_000

/** The activities that show the replies of a turn: one card, or more when it would be larger than Teams takes. */
export function renderCards(replies: readonly SpokenReply[], making: CardMaking): Partial<Activity>[] {
  return cardsFull(replies, making).map((group) => toActivity(makeCard(group, making)))
}

/** The last card of a turn once its options count no more. */
export function renderClosed(
  replies: readonly SpokenReply[],
  making: CardMaking,
  chosen: string | undefined,
): AdaptiveCard {
  return makeCard(cardsFull(replies, making).at(-1) ?? [], { ...making, closed: { chosen } })
}

/** An activity with one card. */
export function toActivity(card: AdaptiveCard): Partial<Activity> {
  return { type: 'message', summary: firstLine(card.fallbackText), attachments: [toAttachment(card)] }
}

export function toAttachment(card: AdaptiveCard): Attachment {
  return { contentType, content: card }
}

/** The replies of each card. */
function cardsFull(replies: readonly SpokenReply[], making: CardMaking): readonly (readonly SpokenReply[])[] {
  if (isSurelySmall(replies) || bytesOf(makeCard(replies, making)) <= mostBytes) return [replies]
  const [before, after] = halve(replies)
  return before.length === 0 ? [replies] : [...cardsFull(before, making), ...cardsFull(after, making)]
}

/** Between replies first; a reply alone between its parts, with its options under the last of them. */
function halve(replies: readonly SpokenReply[]): readonly [readonly SpokenReply[], readonly SpokenReply[]] {
  if (replies.length > 1) return [replies.slice(0, -1), replies.slice(-1)]
  const [reply] = replies
  const parts = reply?.parts ?? []
  if (reply === undefined || parts.length < 2) return [[], replies]
  const middle = Math.ceil(parts.length / 2)
  const { closing: _, ...first } = reply
  const before = parts.slice(0, middle)
  const after = parts.slice(middle)
  return [
    [{ ...first, parts: before, text: textOf(before), options: [] }],
    [{ ...reply, parts: after, text: textOf(after) }],
  ]
}

/**
 * Measuring a card means writing it out. Its text stands in it three times (shown, spoken, as fallback), in at most three
 * bytes a character, and each line and option has some 400 bytes around it.
 */
function isSurelySmall(replies: readonly SpokenReply[]): boolean {
  const around = (reply: SpokenReply) =>
    reply.text.split('\n').length + 3 * reply.options.length + 2 * (reply.links?.length ?? 0) + 10
  const bytes = replies.reduce((sum, reply) => sum + 9 * reply.text.length + 400 * around(reply), 0)
  return replies.every(({ parts }) => parts === undefined) && bytes < mostBytes
}

function bytesOf(card: AdaptiveCard): number {
  return Buffer.byteLength(JSON.stringify(card))
}

/** What a notification shows. */
function firstLine(text: string | undefined): string {
  return (text ?? '').split('\n', 1)[0]?.slice(0, 200) ?? ''
}
