import { showPhone } from '../../language/show-phone.ts'
import type { Link } from '../guide.ts'
import { type Html, html } from './html.ts'

/** Lines in which the numbers, addresses and pages that they name can be pressed; links of which they name nothing follow. */
export function linkLines(lines: readonly string[], links: readonly Link[]): Html {
  const unnamed = links.filter(
    (link) => leadsOut(link) && lines.every((line) => findWhole(line, shownOf(link)) < 0),
  )
  return html`${lines.map((line) => html`<p>${linkText(line, links)}</p>\n`)}${unnamed.map(
    (link) => html`<p class="link">${labelled(link, 'out')}</p>\n`,
  )}`
}

/** Lines to read first, and below them what they name, large enough to press with a shaking hand. */
export function alarmLines(lines: readonly string[], links: readonly Link[]): Html {
  const large = links.filter(leadsOut)
  return html`${lines.map((line) => html`<p>${linkText(line, [], large)}</p>\n`)}${
    large.length > 0 &&
    html`<p class="large">${large.map((link) => html`${labelled(link, 'press')}\n`)}</p>\n`
  }`
}

/** A text in which what it names of the links can be pressed where it stands last, and 112 too, unless it can be pressed elsewhere. */
export function linkText(text: string, links: readonly Link[], elsewhere: readonly Link[] = []): Html {
  const isElsewhere = elsewhere.some(({ url }) => url === emergency.url)
  const places = [...links.filter(leadsOut), ...(isElsewhere ? [] : [emergency])]
    .map((link) => ({ link, shown: shownOf(link), at: findWhole(text, shownOf(link)) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at || b.shown.length - a.shown.length)
  const pieces: (Html | string)[] = []
  let end = 0
  for (const { link, shown, at } of places) {
    if (at < end) continue
    pieces.push(text.slice(end, at), inLine(link, shown))
    end = at + shown.length
  }
  return html`${pieces}${text.slice(end)}`
}

const emergency: Link = { kind: 'call', label: '112', url: 'tel:112' }

/** Numbers and addresses read from left to right in every language. */
function inLine({ url, kind }: Link, shown: string): Html {
  const pieces = kind === 'call' ? [shown] : shown.split(/(?<=[@/])/)
  return html`<a class="${kind}" href="${url}" dir="ltr">${pieces.map((each, at) => (at === 0 ? each : html`<wbr>${each}`))}</a>`
}

function labelled({ url, label }: Link, className: 'out' | 'press'): Html {
  return html`<a class="${className}" href="${url}">${label}</a>`
}

/** Nothing but these is ever made a link, whatever the knowledge holds. */
function leadsOut({ url }: Link): boolean {
  return /^(tel:|mailto:|https?:\/\/)/i.test(url)
}

/** How a link stands in a text: a number with spaces, a site without protocol. */
function shownOf({ kind, url }: Link): string {
  switch (kind) {
    case 'call':
      return showPhone(url.replace('tel:', ''))
    case 'mail':
      return url.replace('mailto:', '')
    case 'web':
      return url.replace(/^https?:\/\//, '').replace(/\/$/, '')
  }
}

const inWord = /[\p{L}\p{N}+@/.-]$/u
const wordGoesOn = /^[.-]?[\p{L}\p{N}@/]/u

/** Where a word stands last, and is no piece of a longer one; -1 when nowhere. */
function findWhole(text: string, word: string): number {
  for (let at = text.lastIndexOf(word); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(word, at - 1)) {
    const isPiece = inWord.test(text.slice(0, at)) || wordGoesOn.test(text.slice(at + word.length))
    if (!isPiece) return at
  }
  return -1
}
