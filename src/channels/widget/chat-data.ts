import type { WireStart } from '../direct-line/wire.ts'

/** All words of the widget, in one language. */
export type WidgetWords = typeof import('../../../locales/nl/widget.json', { with: {
  'resolution-mode': 'import',
}})

/** The fixed words of the chat in one language. Those of the button and the demonstration page stay on the server. */
export type ChatWords = Omit<WidgetWords, 'loader' | 'demo'>

/** What a page tells its program about itself: it stays the same while the page is open. */
export type ChatView = {
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  /** Name at the top. */
  readonly name: string
  /** Picture before the name. */
  readonly logo?: string | undefined
  /** The neutral page to which the quick exit leads. */
  readonly exitUrl: string
  /** The page without script of the same organisation. */
  readonly scriptFree: string
  /** Stands in a frame of another page. */
  readonly isEmbedded: boolean
  /** Where the words of each language are. */
  readonly words: Readonly<Record<string, string>>
}

/** What the page holds for its program, as JSON. */
export type ChatData = { readonly view: ChatView; readonly words: ChatWords; readonly start: WireStart }
