import { type CardElement, Container } from '@microsoft/teams.cards'
import type { Part } from '../guide.ts'
import { fold, heading, line, linkButtons } from './card-pieces.ts'

/** One part of a long reply as elements of a card. `foldTitle` names the fold with the sources. */
export function partElements(part: Part, foldTitle: string, foldId: string): readonly CardElement[] {
  const { role, lines, items, links, ordered } = part
  const elements = [
    ...lines.map((each) => line(each, looksOf(role))),
    ...items.flatMap((item) => [line(ordered ? item.text : `• ${item.text}`), ...linkButtons(item.links)]),
    ...linkButtons(links),
  ]
  switch (role) {
    case 'urgent':
      return [new Container(...elements).withOptions({ style: 'attention', spacing: 'Medium' })]
    case 'go':
      return [...titled(part, 'Medium'), ...elements]
    case 'honest':
      return [new Container(...elements).withOptions({ style: 'warning', spacing: 'Medium' })]
    case 'sources':
      return fold(foldId, foldTitle, elements)
    default:
      return [...titled(part, 'Default'), ...elements]
  }
}

function titled({ heading: text }: Part, size: 'Medium' | 'Default'): readonly CardElement[] {
  return text === undefined ? [] : [heading(text, size)]
}

function looksOf(role: Part['role']): { isSubtle?: boolean; size?: 'Small' } {
  return role === 'national' || role === 'after' || role === 'sources'
    ? { isSubtle: true, size: 'Small' }
    : {}
}
