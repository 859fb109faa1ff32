import type { FromChat, ToChat } from './messages.ts'
import { onThreeShifts } from './three-shifts.ts'

/** What the server puts before this program: nothing is loaded before the button is pressed. */
export type LoaderSettings = {
  /** By organisation: colour and position of the button, empty where they are ours. */
  readonly organisations: Readonly<Record<string, readonly [colour: string, position: string]>>
  /** By language: the words on the button, and to close the chat; `rtl` or nothing. */
  readonly words: Readonly<Record<string, readonly [open: string, close: string, direction?: string]>>
}

declare const KLACHTWIJZER: LoaderSettings

const script = document.currentScript as HTMLScriptElement
const { origin } = new URL(script.src)
const organisation = (script.dataset.organisation ?? '').toLowerCase()
const known = Object.keys(KLACHTWIJZER.organisations).includes(organisation)
const [colour, position] = (known && KLACHTWIJZER.organisations[organisation]) || ['', '']
const wished = (script.dataset.language || document.documentElement.lang || navigator.language).toLowerCase()
const locales = Object.keys(KLACHTWIJZER.words)
const locale = [wished, wished.slice(0, 2)].find((tag) => locales.includes(tag)) ?? 'nl'
const [label = '', close = '', direction] = KLACHTWIJZER.words[locale] ?? []
const query = `?taal=${locale}`

const look = `
:host{all:initial}
.b,.f{position:fixed;z-index:2147483000;inset-block-end:max(16px,env(safe-area-inset-bottom));right:16px;box-sizing:border-box;font:600 18px/1.3 system-ui,sans-serif}
.l .b,.l .f{left:16px;right:auto}
.b{display:flex;gap:10px;align-items:center;min-height:56px;max-width:calc(100vw - 32px);padding:8px 22px;border:2px solid #fff;border-radius:28px;background:${colour || '#0b5563'};color:#fff;text-decoration:none;cursor:pointer}
.b:focus-visible{outline:4px solid #ffd54a;outline-offset:2px;box-shadow:0 0 0 8px #12181b}
svg{width:26px;height:26px;flex:none;fill:none;stroke:currentColor;stroke-width:2}
.f{display:flex;flex-direction:column;width:min(440px,100vw - 32px);height:min(760px,100vh - 32px);border:1px solid #71808a;border-radius:14px;overflow:hidden;background:#fbfaf7;color:#1b2327;box-shadow:0 6px 40px #0008}
.f[hidden],.b[hidden]{display:none}
iframe{flex:1;width:100%;border:0}
p{margin:24px;font-weight:400}p a,p button{display:inline-block;margin:16px 16px 0 0;padding:12px 20px;border:2px solid #0b5563;border-radius:8px;background:#0b5563;color:#fff;font:inherit;text-decoration:none}
@media(max-width:519px),(max-height:519px){.f,.l .f{inset:0;width:100%;height:100%;border:0;border-radius:0}}
@media(prefers-color-scheme:dark){.f{background:#12181b;color:#eef2f3}}
@media print{.b,.f{display:none}}`

const host = document.createElement('div')
const shadow = host.attachShadow({ mode: 'open' })
const box = add(shadow, 'div')
box.className = position === 'left' ? 'l' : 'r'
box.lang = locale
box.dir = direction ?? 'ltr'
dress()

const button = known ? add(box, 'button') : add(box, 'a')
button.className = 'b'
// A drawing without words; as markup it would meet the rules of the page around us.
const svg = button.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'))
svg.setAttribute('viewBox', '0 0 24 24')
svg.setAttribute('aria-hidden', 'true')
svg
  .appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'path'))
  .setAttribute('d', 'M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12h5')
button.append(label)

if (known) {
  button.setAttribute('aria-expanded', 'false')
  button.onclick = () => open()
} else {
  toPage(button as HTMLAnchorElement, '')
}

let frame: HTMLIFrameElement | undefined
let dialog: HTMLElement | undefined
let isReady = false

/** Policies for styles of the page around us do not stop a sheet that is made here. */
function dress(): void {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(look)
    shadow.adoptedStyleSheets = [sheet]
  } catch {
    add(shadow, 'style').textContent = look
  }
}

function add<Name extends keyof HTMLElementTagNameMap>(to: Node, name: Name): HTMLElementTagNameMap[Name] {
  return to.appendChild(document.createElement(name))
}

function open(): void {
  if (dialog === undefined) {
    dialog = add(box, 'div')
    dialog.className = 'f'
    dialog.setAttribute('role', 'dialog')
    dialog.setAttribute('aria-label', label)
    frame = add(dialog, 'iframe')
    frame.title = label
    // A frame that may not be shown is loaded as well, but never says that it is ready.
    frame.onload = () => setTimeout(() => isReady || offerPage(), 1500)
    frame.src = `${origin}/embed/${organisation}${query}`
  }
  dialog.hidden = false
  button.hidden = true
  button.setAttribute('aria-expanded', 'true')
  frame?.focus()
  tell('opened')
  addEventListener('keydown', onKey)
}

function shut(): void {
  if (dialog !== undefined) dialog.hidden = true
  button.hidden = false
  button.setAttribute('aria-expanded', 'false')
  button.focus()
  removeEventListener('keydown', onKey)
}

function offerPage(): void {
  if (dialog === undefined) return
  dialog.textContent = ''
  const text = add(dialog, 'p')
  const link = toPage(add(text, 'a'), `/${organisation}`)
  link.append(`${label} \u2197`)
  const away = add(text, 'button')
  away.append(close)
  away.onclick = shut
  link.focus()
}

function toPage(link: HTMLAnchorElement, path: string): HTMLAnchorElement {
  return Object.assign(link, { href: `${origin}/chat${path}${query}`, target: '_blank', rel: 'noopener' })
}

function tell(what: ToChat['klachtwijzer']): void {
  frame?.contentWindow?.postMessage({ klachtwijzer: what }, origin)
}

const countShift = onThreeShifts(() => tell('exit'))

function onKey(event: KeyboardEvent): void {
  if (event.key === 'Escape') shut()
  countShift(event)
}

addEventListener('message', ({ source, origin: from, data }: MessageEvent<FromChat | undefined>) => {
  if (from !== origin || source !== frame?.contentWindow) return
  if (data?.klachtwijzer === 'ready') {
    isReady = true
    if (!dialog?.hidden) tell('opened')
  }
  if (data?.klachtwijzer === 'close') shut()
  if (data?.klachtwijzer === 'leave' && /^https?:/.test(data.url)) location.replace(data.url)
})

;(document.body ?? document.documentElement).append(host)
