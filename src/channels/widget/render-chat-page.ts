import type { WireStart } from '../direct-line/wire.ts'
import { Html, html } from '../page/html.ts'
import type { ChatView, WidgetWords } from './chat-data.ts'
import { renderDocument } from './render-document.ts'
import type { WidgetProgram } from './widget-program.ts'

export type ChatPage = {
  readonly program: WidgetProgram
  readonly assetPath: string
  readonly style: string
  readonly view: ChatView
  readonly start: WireStart
  readonly title: string
  readonly description?: string | undefined
  readonly alternates?: readonly { readonly locale: string; readonly url: string }[] | undefined
}

/** The page of the chat: its first words can be read before the program is there. */
export function renderChatPage({ program, assetPath, style, view, start, ...head }: ChatPage): Html {
  const { loader: _, demo: __, ...words } = wordsOf(program, view.locale)
  const data = { view, words, start }
  return renderDocument({
    ...head,
    locale: view.locale,
    direction: view.direction,
    style: `${assetPath}/${style}`,
    script: `${assetPath}/${program.names.chat}`,
    body: html`<div id="chat">${new Html(program.renderChat(data))}</div>
<div id="spoken" class="unseen" role="status"></div>
<div id="alarm" class="unseen" role="alert"></div>
<script type="application/json" id="start">${toData(data)}</script>`,
  })
}

/** The words of a language, or of the one that it is a manner of, or Dutch. */
export function wordsOf({ words }: WidgetProgram, locale: string): WidgetWords {
  const found = words[locale] ?? words[locale.split('-')[0] ?? ''] ?? words.nl
  if (found === undefined) throw new Error('locales/nl/widget.json is missing')
  return found
}

/** Data in a page: nothing in it can end the element in which it stands. */
function toData(value: unknown): Html {
  return new Html(JSON.stringify(value).replace(/</g, '\\u003c'))
}
