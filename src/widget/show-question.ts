import { type ComponentChild, h } from 'preact'
import type { WireReply } from '../channels/direct-line/wire.ts'
import type { ChatActions, ChatState } from './chat-state.ts'
import { fill } from './fill.ts'
import { pictogram } from './pictogram.ts'
import { drawingOf } from './pictograms.ts'

/** Options that have a digit to choose them with. */
const digits = 9

/** What is asked now. Each answer is a whole line to press, and a digit chooses while the focus is in the question. */
export function showQuestion(
  { words, canSpeak, speaking, view, locale, entries }: ChatState,
  actions: ChatActions,
  reply: WireReply,
  turn: number,
  isBusy: boolean,
): ComponentChild {
  const { key, text, options, why } = reply
  const [question = '', ...hints] = linesOf(text)
  const choose = (option: string) => !isBusy && actions.choose(option, key, turn)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    // Whoever types on goes on typing: the letter lands where the focus is by then.
    if (/^\p{L}$/u.test(event.key)) document.getElementById('text')?.focus()
    const option = options[Number(event.key) - 1]
    if (!/^[1-9]$/.test(event.key) || option === undefined) return
    event.preventDefault()
    choose(option.id)
  }
  const count = h('span', { class: 'unseen' }, ` ${fill(words.choices, { count: options.length })}`)
  const spoken = [question, ...options.map(({ label }) => label)].join('.\n')
  return h(
    'div',
    { class: 'question', role: 'group', 'aria-labelledby': 'asked', 'aria-busy': isBusy, onKeyDown },
    h('h2', { id: 'asked', tabIndex: -1, 'data-focus': true }, question, count),
    hints.length > 0 && h('p', { class: 'hint' }, hints.join(' ')),
    h(
      'form',
      // Before the program is there, an answer goes on on the page without script, which begins with the same question.
      {
        class: 'options',
        method: 'post',
        action: view.scriptFree.split('?')[0],
        target: view.isEmbedded ? '_blank' : undefined,
        onSubmit: (event: Event) => event.preventDefault(),
      },
      entries.length === 1 && h('input', { type: 'hidden', name: 'taal', value: locale }),
      options.map(({ id, label }, at) =>
        h(
          'button',
          {
            class: 'option',
            name: 'choose',
            value: id,
            key: id,
            'aria-disabled': isBusy,
            onClick: () => choose(id),
          },
          pictogram(drawingOf(key, id)),
          h('span', { class: 'label' }, label),
          at < digits && h('span', { class: 'digit', 'aria-hidden': 'true' }, at + 1),
        ),
      ),
    ),
    h(
      'div',
      { class: 'beside' },
      canSpeak && speakButton(words, speaking === key, () => actions.speak(key, spoken)),
      why && h('details', { class: 'why' }, h('summary', null, why.heading), h('p', null, why.text)),
    ),
  )
}

/** Starts and stops reading aloud. */
export function speakButton(
  words: ChatState['words'],
  isSpeaking: boolean,
  onClick: () => void,
): ComponentChild {
  return h(
    'button',
    { type: 'button', class: 'aloud', 'aria-pressed': isSpeaking, onClick },
    pictogram(isSpeaking ? 'close' : 'sound'),
    isSpeaking ? words.aloudStop : words.aloud,
  )
}

/** The lines of a text that hold something. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}
