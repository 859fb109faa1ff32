import { type ComponentChild, h } from 'preact'
import type { ChatActions, ChatState } from './chat-state.ts'
import { pictogram } from './pictogram.ts'
import { lastTurn } from './transcript.ts'

/** How the chat looks and sounds, in which language, what was told, and how to chat unseen. */
export function showMenu(state: ChatState, actions: ChatActions): ComponentChild {
  const { words, view, canSpeak, speaksAll } = state
  return h(
    'section',
    { id: 'menu', class: 'menu', 'aria-label': words.menu },
    h('h2', { tabIndex: -1, class: 'unseen' }, words.menu),
    group(
      words.size,
      words.sizes.map((label, at) =>
        press(label, state.size === at, () => actions.size(at), { class: `size-${at}` }),
      ),
    ),
    canSpeak &&
      group(words.aloudAuto, [
        press(words.aloudOn, speaksAll, () => actions.speakAll(true)),
        press(words.aloudOff, !speaksAll, () => actions.speakAll(false)),
      ]),
    languages(state, actions),
    answers(state, actions),
    h('h3', null, words.unseen),
    h('p', null, words.unseenHow),
    h('p', { class: 'note' }, words.exitNote),
    h('h3', null, words.keys),
    h('p', null, words.keysHow),
    h('p', null, h('a', { href: view.scriptFree, target: '_blank', rel: 'noreferrer' }, words.withoutScript)),
    h(
      'button',
      { type: 'button', class: 'send', onClick: actions.toggleMenu },
      pictogram('close'),
      words.closeMenu,
    ),
  )
}

function group(heading: string, buttons: readonly ComponentChild[]): ComponentChild {
  return h(
    'div',
    { role: 'group', 'aria-label': heading },
    h('h3', { 'aria-hidden': 'true' }, heading),
    h('p', { class: 'row' }, buttons),
  )
}

function press(label: string, isPressed: boolean, onClick: () => void, more: object = {}): ComponentChild {
  return h('button', { type: 'button', 'aria-pressed': isPressed, onClick, ...more }, label)
}

/** The other languages: another page as long as nothing was said, and else an answer that always works. */
function languages(
  { entries, words, locale }: ChatState,
  { choose, toggleMenu }: ChatActions,
): ComponentChild {
  const all = lastTurn(entries)?.turn.frame.languages ?? []
  const choice = (id: string) => () => {
    toggleMenu()
    choose(id)
  }
  const isNew = entries.length === 1
  return (
    all.length > 1 &&
    h(
      'div',
      { role: 'group', 'aria-label': words.languages },
      h('h3', { 'aria-hidden': 'true' }, words.languages),
      h(
        'p',
        { class: 'row' },
        all.map(({ id, label, locale: its }) =>
          isNew
            ? h(
                'a',
                {
                  class: 'button',
                  href: `?taal=${its}`,
                  lang: its,
                  hreflang: its,
                  'aria-current': its === locale,
                },
                label,
              )
            : h(
                'button',
                { type: 'button', value: id, lang: its, 'aria-pressed': its === locale, onClick: choice(id) },
                label,
              ),
        ),
      ),
    )
  )
}

/** The answers so far, each with a way to change it. */
function answers({ entries, words }: ChatState, { change, toggleMenu }: ChatActions): ComponentChild {
  const told = lastTurn(entries)?.turn.frame.answers ?? []
  return (
    told.length > 0 &&
    h(
      'div',
      { class: 'answers' },
      h('h3', null, words.told),
      h(
        'dl',
        null,
        told.map(({ slot, question, answer }) =>
          h(
            'div',
            { key: slot },
            h('dt', null, question),
            h('dd', null, answer),
            h(
              'dd',
              null,
              h(
                'button',
                {
                  type: 'button',
                  value: slot,
                  onClick: () => {
                    toggleMenu()
                    change(slot)
                  },
                },
                words.change,
                h('span', { class: 'unseen' }, `: ${question}`),
              ),
            ),
          ),
        ),
      ),
    )
  )
}
