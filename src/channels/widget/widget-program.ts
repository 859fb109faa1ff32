import type { Asset } from './asset.ts'
import type { ChatData, WidgetWords } from './chat-data.ts'

/** The browser's program, built and packed. */
export type WidgetProgram = {
  /** By name, see `hashedName`. */
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
  renderChat(data: ChatData): string
}
