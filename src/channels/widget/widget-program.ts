import type { WireStart } from '../direct-line/wire.ts'

/** A file that a browser gets, packed once. */
export type Asset = {
  readonly type: 'js' | 'css' | 'json'
  readonly body: Buffer
  readonly brotli: Buffer
  readonly gzip: Buffer
}

/** The browser's program, built and packed. */
export type WidgetProgram = {
  /** By name, with a hash of what is in it: a browser may keep them for ever. */
  readonly assets: Readonly<Record<string, Asset>>
  /** The loader that stands in pages of others, without its settings. */
  readonly loader: string
  /** Names in `assets`. */
  readonly names: {
    readonly chat: string
    readonly chatStyle: string
    readonly demo: string
    readonly demoStyle: string
    /** The words of the chat, by locale. */
    readonly words: Readonly<Record<string, string>>
  }
  /** The words of the pages, by locale. */
  readonly words: Readonly<Record<string, WidgetWords>>
  /** The chat as it begins, as HTML. */
  renderChat(data: {
    readonly view: ChatPageView
    readonly words: unknown
    readonly start: WireStart
  }): string
  /** Packs a file that is made later. */
  pack(type: Asset['type'], text: string): Asset
}

/** All words of the widget, in one language. */
export type WidgetWords = typeof import('../../../locales/nl/widget.json', { with: {
  'resolution-mode': 'import',
}})

/** What the program in the page needs to know of it; see `ChatView` in `src/widget`. */
export type ChatPageView = {
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  readonly name: string
  readonly logo?: string | undefined
  readonly exitUrl: string
  readonly scriptFree: string
  readonly isEmbedded: boolean
  readonly words: Readonly<Record<string, string>>
}
