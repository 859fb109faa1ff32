import { type ComponentChild, Fragment, h } from 'preact'
import type { Link } from '../channels/guide.ts'

type Place = {
  readonly url: string
  readonly kind: Link['kind']
  readonly at: number
  readonly shown: string
}

/**
 * A text in which what it names of the links can be pressed where it stands last, and 112 too, unless that can be pressed
 * elsewhere.
 */
export function linkText(
  text: string,
  links: readonly Link[],
  elsewhere: readonly Link[] = [],
): ComponentChild {
  const isElsewhere = elsewhere.some(({ url }) => url === emergency.url)
  const places = [...links.filter(leadsOut), ...(isElsewhere ? [] : [emergency])]
    .flatMap((link) => placeOf(text, link) ?? [])
    .sort((a, b) => a.at - b.at || b.shown.length - a.shown.length)
  const pieces: ComponentChild[] = []
  let end = 0
  for (const place of places) {
    if (place.at < end) continue
    pieces.push(text.slice(end, place.at), inLine(place))
    end = place.at + place.shown.length
  }
  return h(Fragment, null, ...pieces, text.slice(end))
}

/** Lines in which what they name can be pressed; links of which they name nothing follow. */
export function linkLines(lines: readonly string[], links: readonly Link[]): ComponentChild {
  const unnamed = links.filter((link) => leadsOut(link) && lines.every((line) => !placeOf(line, link)))
  return h(
    Fragment,
    null,
    lines.map((line) => h('p', null, linkText(line, links))),
    unnamed.map((link) => h('p', { class: 'link' }, labelled(link, 'out'))),
  )
}

/** Lines to read first, and below them what they name, large enough to press with a shaking hand. */
export function alarmLines(lines: readonly string[], links: readonly Link[]): ComponentChild {
  const large = links.filter(leadsOut)
  return h(
    Fragment,
    null,
    lines.map((line) => h('p', null, linkText(line, [], large))),
    large.length > 0 && largeLinks(large),
  )
}

/** Links as large buttons. */
export function largeLinks(links: readonly Link[]): ComponentChild {
  return h(
    'p',
    { class: 'large' },
    links.filter(leadsOut).map((link) => labelled(link, 'press')),
  )
}

const emergency: Link = { kind: 'call', label: '112', url: 'tel:112' }

/** Numbers and addresses read from left to right in every language. */
function inLine({ url, kind, shown }: Place): ComponentChild {
  const pieces = kind === 'call' ? [shown] : shown.split(/(?=[@/])/)
  const content = pieces.flatMap((each, at) => (at === 0 ? [each] : [h('wbr', null), each]))
  return h('a', { class: kind, href: url, dir: 'ltr', ...leave(url) }, ...content)
}

function labelled({ url, label }: Link, className: string): ComponentChild {
  return h('a', { class: className, href: url, ...leave(url) }, label)
}

/** A page opens beside the chat, which stays. */
function leave(url: string) {
  return /^https?:/i.test(url) ? { target: '_blank', rel: 'noopener noreferrer' } : {}
}

/** Nothing but these is ever made a link, whatever the knowledge holds. */
function leadsOut({ url }: Link): boolean {
  return /^(tel:|mailto:|https?:\/\/)/i.test(url)
}

const inWord = /[\p{L}\p{N}+@/.-]$/u

/** Where a link is named last, and is no piece of a longer word. Without lookbehind, which older phones do not know. */
function placeOf(text: string, { kind, url }: Link): Place | undefined {
  const named = new RegExp(`${shownAs(kind, url)}(?![.-]?[\\p{L}\\p{N}@/])`, 'gu')
  let last: Place | undefined
  for (let found = named.exec(text); found; found = named.exec(text)) {
    if (!inWord.test(text.slice(0, found.index))) last = { url, kind, at: found.index, shown: found[0] }
  }
  return last
}

/** How a link stands in a text, as a pattern: a number with spaces, a site without protocol. */
function shownAs(kind: Link['kind'], url: string): string {
  if (kind === 'mail') return exact(url.replace('mailto:', ''))
  if (kind === 'web') return exact(url.replace(/^https?:\/\//, '').replace(/\/$/, ''))
  const national = url.replace('tel:', '').replace(/^\+31/, '0')
  return [...national].map(exact).join('[ -]?')
}

function exact(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
