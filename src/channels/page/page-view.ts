import type { Frame } from '../guide.ts'
import { type Html, html } from './html.ts'

/** Where a page stands, and what every piece of it needs to know. */
export type PageView = {
  readonly frame: Frame
  /** The address of the conversation, such as `/wijzer/pluzorg`. */
  readonly action: string
  readonly stylesheet: string
  /** The conversation so far; absent on a start page, which never grows old. */
  readonly token?: string | undefined
}

/** A form that posts to the conversation and carries it. */
export function formOf({ frame, action, token }: PageView, className: string, content: Html): Html {
  return html`<form class="${className}" method="post" action="${action}" accept-charset="utf-8">
<input type="hidden" name="taal" value="${frame.locale}">${
    token !== undefined && html`<input type="hidden" name="token" value="${token}">`
  }
${content}
</form>`
}

/** The start page of the same organisation, in a language. */
export function startOf({ action }: PageView, locale: string): string {
  return `${action}?taal=${encodeURIComponent(locale)}`
}
