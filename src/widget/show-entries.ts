import { type ComponentChild, Fragment, h } from 'preact'
import type { WireReply, WireTurn } from '../channels/direct-line/wire.ts'
import type { ChatActions, ChatState } from './chat-state.ts'
import { alarmLines, linkLines } from './link-text.ts'
import { pictogram } from './pictogram.ts'
import { showAdvice } from './show-advice.ts'
import { linesOf, speakButton } from './show-question.ts'
import type { Entry } from './transcript.ts'

/**
 * What was said, the oldest first. Of a question that was answered only the question stays; one that is asked again stands
 * once, where it was asked last.
 */
export function showEntries(state: ChatState, actions: ChatActions): ComponentChild {
  const { entries, words } = state
  const last = entries.reduce((found, entry, at) => (entry.kind === 'turn' ? at : found), -1)
  return h(
    'ol',
    { class: 'log', 'aria-label': words.conversation },
    entries.map((entry, at) => {
      if (entry.kind === 'told') return h('li', { key: entry.id, class: 'me' }, showTold(state, entry))
      const shown = entry.turn.replies.flatMap(
        (reply, of) =>
          showReply(state, actions, reply, `${entry.id}/${of}`, {
            isLast: at === last,
            isAskedAgain: isAskedAgain(entries.slice(at + 1), reply),
          }) ?? [],
      )
      return shown.length > 0 && h('li', { key: entry.id, class: 'turn' }, shown)
    }),
  )
}

function isAskedAgain(later: readonly Entry[], { kind, key }: WireReply): boolean {
  const next = later.find((entry): entry is Entry & { turn: WireTurn } => entry.kind === 'turn')
  return kind === 'question' && next !== undefined && next.turn.replies.some((reply) => reply.key === key)
}

function showTold({ words }: ChatState, { text, isSent }: Extract<Entry, { kind: 'told' }>): ComponentChild {
  return h(
    Fragment,
    null,
    h('p', { class: 'mine' }, h('span', { class: 'unseen' }, `${words.you}: `), text),
    !isSent && h('p', { class: 'sending' }, words.sending),
  )
}

function showReply(
  { words, canSpeak, speaking }: ChatState,
  actions: ChatActions,
  reply: WireReply,
  id: string,
  { isLast, isAskedAgain }: { isLast: boolean; isAskedAgain: boolean },
): ComponentChild {
  const lines = linesOf(reply.text)
  switch (reply.kind) {
    // The question of now stands below what was said, with its answers.
    case 'question':
      return isLast || isAskedAgain ? null : h('p', { class: 'asked' }, lines[0])
    case 'notice':
      return h(
        'section',
        { class: 'notice', 'aria-label': words.urgent, tabIndex: -1 },
        alarmLines(lines, reply.links ?? []),
      )
    case 'advice':
      return h(
        'article',
        { class: isLast ? 'advice now' : 'advice', key: id },
        showAdvice(reply, words.urgent),
        canSpeak && speakButton(words, speaking === id, () => actions.speak(id, reply.text)),
        isLast && keepButtons(words, actions, reply, id),
      )
    default:
      return h(
        'div',
        { class: reply.unfolds === undefined ? 'said' : 'said quiet', tabIndex: -1 },
        linkLines(lines, reply.links ?? []),
        canSpeak && reply.unfolds === undefined
          ? speakButton(words, speaking === id, () => actions.speak(id, reply.text))
          : null,
      )
  }
}

/** Ways to take the advice along. */
function keepButtons(
  words: ChatState['words'],
  actions: ChatActions,
  reply: WireReply,
  id: string,
): ComponentChild {
  return h(
    'section',
    { class: 'keep', 'aria-label': words.keep },
    h('h3', null, words.keep),
    h(
      'p',
      { class: 'row' },
      h(
        'button',
        { type: 'button', class: 'print', onClick: () => actions.print() },
        pictogram('print'),
        words.print,
      ),
      h(
        'button',
        { type: 'button', class: 'post', onClick: () => actions.mail(reply.text) },
        pictogram('sent'),
        words.mail,
      ),
      (reply.dates ?? []).length > 0 &&
        h(
          'button',
          { type: 'button', class: 'dates', onClick: () => actions.keepDates(id) },
          pictogram('calendar'),
          words.calendar,
        ),
    ),
  )
}
