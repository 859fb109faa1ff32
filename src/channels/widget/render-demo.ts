import { type Html, html } from '../page/html.ts'
import { wordsOf } from './render-chat-page.ts'
import { renderDocument } from './render-document.ts'
import type { WidgetProgram } from './widget-program.ts'

export type DemoPage = {
  readonly program: WidgetProgram
  readonly assetPath: string
  readonly locale: string
  readonly direction: string
  readonly organisations: readonly { readonly id: string; readonly name: string }[]
  /** The organisation that is shown now. */
  readonly organisation: string
  /** The line to paste, with the address of this server. */
  readonly snippet: string
}

/** A made-up site with the chat on it, and the line to copy. */
export function renderDemo(page: DemoPage): Html {
  const { program, assetPath, locale, direction, organisations, organisation, snippet } = page
  const { demo: words, closeMenu: _ } = wordsOf(program, locale)
  return renderDocument({
    locale,
    direction,
    title: `${words.title} – Klachtwijzer`,
    style: `${assetPath}/${program.names.demoStyle}`,
    script: `${assetPath}/${program.names.demo}`,
    body: html`<div class="site" role="region" aria-label="${words.siteNote}">
<div class="masthead"><p class="brand">${words.siteName}</p>
<ul>${words.siteMenu.map((item) => html`<li>${item}</li>`)}</ul></div>
<div class="hero"><p>${words.site}</p><p>${words.siteText}</p><p class="made-up">${words.siteNote}</p></div>
<div class="cards"><div class="card"><h2>${words.siteNews}</h2><p>${words.siteNewsText}</p></div>
<div class="card"><h2>${words.siteCare}</h2><p>${words.siteCareText}</p></div></div>
</div>
<main class="staff">
<h1>${words.title}</h1>
<p>${words.lead}</p>
<h2>${words.choose}</h2>
<ul class="choose">${organisations.map(
      ({ id, name }) =>
        html`<li><a href="/?organisation=${id}&amp;taal=${locale}"${id === organisation && html` aria-current="true"`}>${name}</a></li>
`,
    )}</ul>
<h2>${words.snippet}</h2>
<p>${words.snippetHow}</p>
<pre tabindex="0"><code id="snippet">${snippet}</code></pre>
<button type="button" class="send" id="copy">${words.copy}</button> <span id="copied" role="status" data-said="${words.copied}"></span>
<h2>${words.other}</h2>
<ul><li><a href="/chat/${organisation}?taal=${locale}">${words.fullPage}</a></li>
<li><a href="/wijzer/${organisation}?taal=${locale}">${words.noScript}</a></li></ul>
</main>
<script src="/widget.js" data-organisation="${organisation}" data-language="${locale}" async></script>`,
  })
}
