import { type Html, html } from '../page/html.ts'

export type Document = {
  readonly locale: string
  readonly direction: string
  readonly title: string
  readonly description?: string | undefined
  /** Addresses of the styles and the program. */
  readonly style: string
  readonly script: string
  /** A page that search engines may keep, and its address in other languages. */
  readonly alternates?: readonly { readonly locale: string; readonly url: string }[] | undefined
  readonly body: Html
}

/** A whole document with a program; neither script nor style stands in it. */
export function renderDocument({ body, ...head }: Document): Html {
  return html`<!doctype html>
<html lang="${head.locale}" dir="${head.direction}">
<head>
<meta charset="utf-8">
<title>${head.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<meta name="referrer" content="no-referrer">
${head.description !== undefined && html`<meta name="description" content="${head.description}">`}${(
  head.alternates ?? []
).map(
  ({ locale, url }) => html`
<link rel="alternate" hreflang="${locale}" href="${url}">`,
)}
<link rel="stylesheet" href="${head.style}">
<script src="${head.script}" defer></script>
</head>
<body>
${body}
</body>
</html>
`
}
