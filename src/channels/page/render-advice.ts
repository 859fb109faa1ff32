import type { Item, Part, SpokenReply } from '../guide.ts'
import { type Html, html } from './html.ts'
import { alarmLines, linkLines, linkText } from './link-text.ts'

/** An advice, to read and to print: where to go is the heading of the page. */
export function renderAdvice({ parts = [], sourcesHeading = '' }: SpokenReply, urgent: string): Html {
  return html`${parts.map((part) => renderPart(part, sourcesHeading, urgent))}`
}

function renderPart(part: Part, sourcesHeading: string, urgent: string): Html {
  const { role, heading, lines, links } = part
  const content = html`${linkLines(lines, links)}${itemsOf(part)}`
  switch (role) {
    case 'urgent':
      return html`<section class="notice" aria-label="${urgent}">${alarmLines(lines, links)}</section>\n`
    case 'go':
      return html`<h1>${heading}</h1>\n${content}`
    case 'sources':
      return html`<details class="sources"><summary>${sourcesHeading}</summary>${content}</details>\n`
    default:
      return html`<section class="${role}">${heading !== undefined && html`<h2>${heading}</h2>\n`}${content}</section>\n`
  }
}

function itemsOf({ items, ordered }: Part): Html | undefined {
  if (items.length === 0) return undefined
  return ordered ? html`<ol>${items.map(toStep)}</ol>\n` : html`<ul>${items.map(toItem)}</ul>\n`
}

function toItem({ text, links }: Item): Html {
  return html`<li>${linkText(text, links)}</li>\n`
}

/** An ordered list numbers its items itself. */
function toStep({ text, links }: Item): Html {
  return toItem({ text: text.replace(/^\d+\.\s+/, ''), links })
}
