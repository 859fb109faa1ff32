import { type ComponentChild, h } from 'preact'
import type { ChatActions, ChatState } from './chat-state.ts'
import { pictogram } from './pictogram.ts'
import { lastTurn } from './transcript.ts'

/** Longer texts would not fit in a message in every script. */
const longestText = 4000

/** Typing is possible at every moment, also without a connection: what is sent then goes later. */
export function composer({ words, draft, entries }: ChatState, actions: ChatActions): ComponentChild {
  const isAsked = lastTurn(entries)?.turn.replies.some(({ kind }) => kind === 'question')
  const send = (event: Event) => {
    event.preventDefault()
    if (draft.trim() !== '') actions.say(draft.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event)
  }
  return h(
    'form',
    { class: 'type', onSubmit: send },
    h('label', { for: 'text' }, isAsked ? words.type : words.typeAdvised),
    h(
      'div',
      { class: 'line' },
      h('textarea', {
        id: 'text',
        rows: 1,
        maxLength: longestText,
        autoComplete: 'off',
        spellcheck: false,
        dir: 'auto',
        enterkeyhint: 'send',
        value: draft,
        onInput: (event: Event) => actions.draft((event.target as HTMLTextAreaElement).value),
        onKeyDown,
      }),
      h('button', { class: 'send' }, pictogram('send'), h('span', { class: 'send-label' }, words.send)),
    ),
  )
}
