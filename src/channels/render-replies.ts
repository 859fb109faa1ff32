import type { Activity } from 'botbuilder'
import type { SpokenOption, SpokenReply } from './guide.ts'
import { offeredOptions } from './offered-options.ts'
import { toMarkdown } from './to-markdown.ts'

/** From this number on, options are also numbered in the text: not every channel shows that many buttons. */
const manyOptions = 6

/**
 * One message per reply; the buttons, for all options of the turn, stand under the last. The Agents Playground shows
 * a message with buttons without its line ends, so they stand under the last paragraph alone, as a message of its own,
 * and a numbered list of them above it.
 */
export function renderReplies(replies: readonly SpokenReply[]): Partial<Activity>[] {
  const options = offeredOptions(replies)
  const texts = replies.map(({ text }) => text)
  if (options.length === 0) return texts.map(toMessage)
  const last = texts.pop() ?? ''
  const [before, final] = splitLastParagraph(last)
  const list = options.length < manyOptions ? [] : [numberLines(options)]
  const [above, below] =
    before.length > 0 ? [[[...before, ...list].join('\n\n')], final] : [[], [final, ...list].join('\n\n')]
  return [
    ...[...texts, ...above].map(toMessage),
    { ...toMessage(below), suggestedActions: { to: [], actions: options.map(toButton) } },
  ]
}

function toMessage(text: string): Partial<Activity> {
  return { type: 'message', textFormat: 'markdown', text: toMarkdown(text) }
}

function splitLastParagraph(text: string): [before: string[], last: string] {
  const at = text.trimEnd().lastIndexOf('\n\n')
  return at < 0 ? [[], text] : [[text.slice(0, at).trimEnd()], text.slice(at).trim()]
}

function numberLines(options: readonly SpokenOption[]): string {
  return options.map(({ label }, index) => `${index + 1}. ${label}`).join('\n')
}

// imBack shows the label as the client's own message, in every client of the protocol.
function toButton({ label }: SpokenOption) {
  return { type: 'imBack', title: label, value: label }
}
