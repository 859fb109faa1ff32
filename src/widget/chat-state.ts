import type { ChatData, ChatView, ChatWords } from '../channels/widget/chat-data.ts'
import { type Entry, firstId } from './transcript.ts'

export type ChatState = {
  readonly view: ChatView
  readonly words: ChatWords
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  readonly entries: readonly Entry[]
  /** `asking`: was here earlier, and may go on with that. `resuming`: what was said is on its way. */
  readonly phase: 'asking' | 'resuming' | 'open' | 'wiped'
  readonly connection: 'online' | 'offline' | 'back' | 'failed' | 'expired'
  readonly draft: string
  readonly isMenuOpen: boolean
  /** 0, 1 or 2, as `words.sizes`. */
  readonly size: number
  readonly canSpeak: boolean
  readonly speaksAll: boolean
  /** Id of what is being read aloud. */
  readonly speaking: string | undefined
}

/** Everything a client can do. */
export type ChatActions = {
  choose(option: string, of?: string, turn?: number): void
  change(slot: string): void
  say(text: string): void
  draft(text: string): void
  resume(goesOn: boolean): void
  retry(): void
  restart(): void
  leave(): void
  close(): void
  toggleMenu(): void
  size(step: number): void
  speakAll(on: boolean): void
  speak(id: string, text: string): void
  print(): void
  mail(text: string): void
  keepDates(id: string): void
}

/** How the chat begins: what stands in the page that the server sends. */
export function firstState({ view, words, start }: ChatData): ChatState {
  return {
    view,
    words,
    locale: view.locale,
    direction: view.direction,
    entries: [{ kind: 'turn', id: firstId, turn: start.first }],
    phase: 'open',
    connection: 'online',
    draft: '',
    isMenuOpen: false,
    size: 0,
    canSpeak: true,
    speaksAll: false,
    speaking: undefined,
  }
}
