import { type ComponentChild, Fragment, h } from 'preact'
import type { WireReply } from '../channels/direct-line/wire.ts'
import type { Item, Part } from '../channels/guide.ts'
import { alarmLines, largeLinks, linkLines, linkText } from './link-text.ts'

/** An advice in its parts, to read and to print: where to go is its heading, and how to reach it can be pressed. */
export function showAdvice({ parts = [], sourcesHeading = '' }: WireReply, urgent: string): ComponentChild {
  return h(
    Fragment,
    null,
    parts.map((part) => showPart(part, sourcesHeading, urgent)),
  )
}

function showPart(part: Part, sourcesHeading: string, urgent: string): ComponentChild {
  const { role, heading, lines, links } = part
  const content = h(Fragment, null, linkLines(lines, links), itemsOf(part))
  switch (role) {
    case 'urgent':
      return h('section', { class: 'notice', 'aria-label': urgent }, alarmLines(lines, links))
    case 'go':
      return h(Fragment, null, h('h2', { class: 'go', tabIndex: -1, 'data-focus': true }, heading), content)
    case 'reach':
      return h('section', { class: role }, h('h3', null, heading), content, callsOf(part))
    case 'sources':
      return h('details', { class: role }, h('summary', null, sourcesHeading), content)
    // How to go on by typing: here there are buttons for it.
    case 'after':
      return null
    default:
      return h('section', { class: role }, heading !== undefined && h('h3', null, heading), content)
  }
}

/** The numbers and addresses of whom to go to, as large buttons. */
function callsOf({ items, links }: Part): ComponentChild {
  const calls = [...links, ...items.flatMap((item) => item.links)].filter(({ kind }) => kind !== 'web')
  return calls.length > 0 && largeLinks(calls)
}

function itemsOf({ items, ordered }: Part): ComponentChild {
  // An ordered list numbers its items itself.
  const textOf = ({ text }: Item) => (ordered ? text.replace(/^\d+\.\s+/, '') : text)
  const shown = items.map((item) => h('li', null, linkText(textOf(item), item.links)))
  return items.length > 0 && h(ordered ? 'ol' : 'ul', null, shown)
}
