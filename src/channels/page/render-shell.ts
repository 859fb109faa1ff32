import { type Html, html } from './html.ts'
import { formOf, type PageView, startOf } from './page-view.ts'

export type Shell = {
  /** What the page is about; it stands in the history of the browser, so it never tells an answer. */
  readonly title: string
  /** A start page: the only kind that search engines may keep. */
  readonly isStart?: boolean
  readonly main: Html
}

/** A whole document around what a page says. There is no script in it, and no style. */
export function renderShell(view: PageView, { title, isStart = false, main }: Shell): Html {
  const { frame, stylesheet } = view
  const { words } = frame
  return html`<!doctype html>
<html lang="${frame.locale}" dir="${frame.direction}">
<head>
<meta charset="utf-8">
<title>${title} – ${words.name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<meta name="referrer" content="no-referrer">
${isStart ? startHead(view) : html`<meta name="robots" content="noindex">`}
<link rel="stylesheet" href="${stylesheet}">
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header class="bar">
<p class="name">${words.name}</p>
<a class="exit" href="${words.exitUrl}" rel="noreferrer">${words.exit}</a>
</header>
<main id="main" tabindex="-1">
${isStart && html`<p class="note">${words.exitNote}</p>`}
${languages(view, isStart)}
${main}
</main>
<footer>
<p>${words.privacy}</p>
${!isStart && html`<p>${words.exitNote}</p>`}
</footer>
</body>
</html>
`
}

function startHead(view: PageView): Html {
  const { frame } = view
  const alternates = frame.languages.map(
    ({ locale }) => html`
<link rel="alternate" hreflang="${locale}" href="${startOf(view, locale)}">`,
  )
  return html`<meta name="description" content="${frame.words.description}">${alternates}`
}

/** The other languages: links where nothing was told yet, and else buttons that take along what was. */
function languages(view: PageView, isStart: boolean): Html | undefined {
  const { frame, token } = view
  const others = frame.languages.filter(({ locale }) => locale !== frame.locale)
  if (others.length === 0 || (token === undefined && !isStart)) return undefined
  const content = others.map(({ id, locale, label }) =>
    isStart
      ? html`<a class="language" href="${startOf(view, locale)}" lang="${locale}" hreflang="${locale}">${label}</a>`
      : html`<button class="language" name="choose" value="${id}" lang="${locale}">${label}</button>`,
  )
  return html`<nav class="languages" aria-label="${frame.words.languages}">${
    isStart ? content : formOf(view, 'quiet', html`${content}`)
  }</nav>`
}
