import { type ComponentChild, Fragment, h } from 'preact'
import type { WireTurn } from '../channels/direct-line/wire.ts'
import type { ChatActions, ChatState } from './chat-state.ts'
import { composer } from './composer.ts'
import { pictogram } from './pictogram.ts'
import { drawingOf } from './pictograms.ts'
import { showEntries } from './show-entries.ts'
import { showMenu } from './show-menu.ts'
import { showQuestion } from './show-question.ts'
import { isWaiting, lastTurn } from './transcript.ts'

/** The whole chat. It holds no state of its own: the same state gives the same page, on the server as in the browser. */
export function Chat({ state, actions }: { state: ChatState; actions: ChatActions }): ComponentChild {
  const { words, view, direction, locale } = state
  return h(
    'div',
    { class: view.isEmbedded ? 'chat embedded' : 'chat', lang: locale, dir: direction },
    h(
      'div',
      { class: 'top' },
      h(
        'header',
        { class: 'bar' },
        nameOf(state),
        exitButton(state, actions),
        menuButton(state, actions),
        closeButton(state, actions),
      ),
      state.isMenuOpen && showMenu(state, actions),
    ),
    h(
      'main',
      { id: 'main', 'aria-label': words.conversation, 'data-turn': lastTurn(state.entries)?.turn.turn },
      state.phase === 'wiped' ? wiped(state, actions) : conversation(state, actions),
    ),
  )
}

function nameOf({ view: { name, logo } }: ChatState): ComponentChild {
  return h('h1', { class: 'name' }, logo && h('img', { class: 'logo', src: logo, alt: '' }), name)
}

function exitButton({ words, view }: ChatState, { leave }: ChatActions): ComponentChild {
  // A link, so that it works before the program is there.
  const onClick = (event: MouseEvent) => {
    event.preventDefault()
    leave()
  }
  return h('a', { class: 'exit', href: view.exitUrl, target: '_top', rel: 'noreferrer', onClick }, words.exit)
}

function menuButton({ words, isMenuOpen }: ChatState, { toggleMenu }: ChatActions): ComponentChild {
  return h(
    'button',
    {
      type: 'button',
      class: 'tool menu-button',
      'aria-expanded': isMenuOpen,
      'aria-controls': 'menu',
      onClick: toggleMenu,
    },
    pictogram('menu'),
    h('span', { class: 'tool-label' }, words.menu),
  )
}

function closeButton({ words, view }: ChatState, { close }: ChatActions): ComponentChild {
  return (
    view.isEmbedded &&
    h(
      'button',
      { type: 'button', class: 'tool', 'aria-label': words.close, onClick: close },
      pictogram('close'),
    )
  )
}

function conversation(state: ChatState, actions: ChatActions): ComponentChild {
  if (state.phase === 'asking') return resumeQuestion(state, actions)
  const last = lastTurn(state.entries)
  const isBusy = isWaiting(state.entries) || state.phase === 'resuming'
  const asked = last?.turn.replies.find(({ kind }) => kind === 'question')
  return h(
    Fragment,
    null,
    state.entries.length === 1 && h('div', { class: 'opening' }, unseen(state), otherLanguages(state)),
    showEntries(state, actions),
    isBusy && h('p', { class: 'waiting' }, state.words.waiting),
    asked && last && showQuestion(state, actions, asked, last.turn.turn, isBusy),
    last && always(state, actions, last.turn, isBusy),
    h('div', { class: 'foot' }, trouble(state, actions), composer(state, actions)),
    state.entries.length === 1 && beginning(state),
  )
}

/** As long as nothing was said, the page in another language; later the menu has them. */
function otherLanguages({ words, locale, entries }: ChatState): ComponentChild {
  const others = (lastTurn(entries)?.turn.frame.languages ?? []).filter((each) => each.locale !== locale)
  return (
    others.length > 0 &&
    h(
      'nav',
      { class: 'languages', 'aria-label': words.languages },
      others.map(({ label, locale: its }) =>
        h('a', { class: 'language', href: `?taal=${its}`, lang: its, hreflang: its }, label),
      ),
    )
  )
}

/** What can always be done, the same in every place. */
function always(
  { words }: ChatState,
  { choose }: ChatActions,
  { frame, replies }: WireTurn,
  isBusy: boolean,
): ComponentChild {
  const isAdvised = replies.every(({ kind }) => kind !== 'question')
  const why = isAdvised ? [{ id: 'why', label: words.why }] : []
  return h(
    'section',
    { class: 'always', 'aria-label': words.always },
    [...why, ...frame.commands].map(({ id, label }) =>
      h(
        'button',
        { type: 'button', key: id, value: id, 'aria-disabled': isBusy, onClick: () => !isBusy && choose(id) },
        pictogram(drawingOf('', id)),
        label,
      ),
    ),
  )
}

/** Said once: how to chat unseen, where one lives with those whom it is about. */
function unseen({ words }: ChatState): ComponentChild {
  return h('details', { class: 'secret' }, h('summary', null, words.unseen), h('p', null, words.unseenHow))
}

/** Said once: what is kept, and what the quick exit does and does not do. */
function beginning({ words, view }: ChatState): ComponentChild {
  return h(
    'aside',
    { class: 'beginning' },
    h('p', { class: 'note' }, words.privacy),
    h('p', { class: 'note' }, words.exitNote),
    h(
      'noscript',
      null,
      h(
        'p',
        { class: 'said' },
        words.noScript,
        ' ',
        h('a', { href: view.scriptFree, target: '_blank' }, words.noScriptLink),
      ),
    ),
  )
}

function trouble({ words, connection }: ChatState, { retry, restart }: ChatActions): ComponentChild {
  if (connection === 'online' || connection === 'back') return false
  const isOver = connection === 'expired'
  return h(
    'div',
    { class: 'trouble' },
    h('p', null, words[connection]),
    connection !== 'offline' &&
      h(
        'button',
        { type: 'button', class: 'send', onClick: isOver ? restart : retry },
        isOver ? words.again : words.retry,
      ),
  )
}

function resumeQuestion({ words }: ChatState, { resume }: ChatActions): ComponentChild {
  return h(
    'div',
    { class: 'question resume', role: 'group', 'aria-labelledby': 'asked' },
    h('h2', { id: 'asked', tabIndex: -1, 'data-focus': true }, words.resume),
    h(
      'div',
      { class: 'options' },
      h(
        'button',
        { type: 'button', class: 'option', value: 'resume', onClick: () => resume(true) },
        pictogram('talk'),
        h('span', { class: 'label' }, words.resumeYes),
      ),
      h(
        'button',
        { type: 'button', class: 'option', value: 'anew', onClick: () => resume(false) },
        pictogram('bin'),
        h('span', { class: 'label' }, words.resumeNo),
      ),
    ),
  )
}

function wiped({ words }: ChatState, { restart }: ChatActions): ComponentChild {
  return h(
    'div',
    { class: 'wiped' },
    h('h2', { tabIndex: -1, 'data-focus': true }, words.wiped),
    h('p', null, words.wipedHistory),
    h('button', { type: 'button', class: 'send', onClick: restart }, words.again),
  )
}
