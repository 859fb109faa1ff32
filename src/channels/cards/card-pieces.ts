import {
  ActionSet,
  type CardElement,
  Container,
  OpenUrlAction,
  RichTextBlock,
  TextBlock,
  TextRun,
  type TextRunOptions,
  ToggleVisibilityAction,
} from '@microsoft/teams.cards'
import type { Link } from '../guide.ts'
import { toMarkdown } from '../to-markdown.ts'

/** A line of text, shown as it is: a text run knows no Markdown. */
export function line(text: string, looks: TextRunOptions = {}): CardElement {
  return new RichTextBlock().withInlines(new TextRun(text, looks))
}

/** The lines of a text; an empty line is only space. */
export function lines(text: string, looks: TextRunOptions = {}): readonly CardElement[] {
  return text
    .split('\n')
    .filter((each) => each.trim() !== '')
    .map((each) => line(each, looks))
}

/** A heading that a screen reader announces as one. */
export function heading(text: string, size: 'Medium' | 'Default' = 'Default'): CardElement {
  return new TextBlock(toMarkdown(text), {
    style: 'heading',
    wrap: true,
    size,
    weight: 'Bolder',
    spacing: 'Medium',
  })
}

/** Buttons that call, mail or open a page, each on its own line: beside each other they are cut off on a telephone. */
export function linkButtons(links: readonly Link[]): readonly CardElement[] {
  const once = links.filter(({ url }, at) => links.findIndex((other) => other.url === url) === at)
  return once.map(({ label, url }) => new ActionSet(new OpenUrlAction(url, { title: label })))
}

/** A line to press that shows or hides what is under it. `id` is unique within the card. */
export function fold(id: string, title: string, inside: readonly CardElement[]): readonly CardElement[] {
  return [
    new Container(line(`▸ ${title}`, { color: 'Accent', size: 'Small' })).withOptions({
      selectAction: new ToggleVisibilityAction({ title, targetElements: [id] }),
      spacing: 'Medium',
    }),
    new Container(...inside).withOptions({ id, isVisible: false, spacing: 'Small' }),
  ]
}
