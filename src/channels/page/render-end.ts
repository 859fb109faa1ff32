import type { SpokenReply } from '../guide.ts'
import { type Html, html } from './html.ts'
import { linkLines } from './link-text.ts'
import { formOf, type PageView, startOf } from './page-view.ts'
import { renderShell } from './render-shell.ts'

/** The page after "wis alles": nothing was kept, and how to take away what the browser keeps. */
export function renderWiped(view: PageView): Html {
  const { words } = view.frame
  return renderShell(view, {
    title: words.titleWiped,
    main: html`<h1>${words.titleWiped}</h1>
<p class="said">${words.nothingKept}</p>
<p>${words.wipedHistory}</p>
<ol class="steps"><li>${words.wipedClose}</li>
<li>${words.wipedMenu}</li>
<li>${words.wipedRemove}</li></ol>
${again(view)}`,
  })
}

/** What a client sent, to send it once more. */
export type Sent = Readonly<Partial<Record<'token' | 'choose' | 'text' | 'change', string>>>

/** A page for when the conversation cannot go on as it should: what happened, whom to call, and where to go from here. */
export function renderApology(view: PageView, title: string, apology: SpokenReply, retry?: Sent): Html {
  return renderShell(view, {
    title,
    main: html`<h1>${title}</h1>
<div class="said">${linkLines([apology.text], apology.links ?? [])}</div>
${retry && tryAgain(view, retry)}
${again(view)}`,
  })
}

function tryAgain(view: PageView, { token, ...sent }: Sent): Html {
  const fields = Object.entries(sent).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return formOf(
    { ...view, token },
    'retry',
    html`${fields}
<button class="send">${view.frame.words.retry}</button>`,
  )
}

function again(view: PageView): Html {
  const { words, locale } = view.frame
  return html`<p><a class="again" href="${startOf(view, locale)}">${words.again}</a></p>`
}
