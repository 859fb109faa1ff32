import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { ChatData } from '../channels/widget/chat-data.ts'
import { Chat } from './chat.ts'
import { type ChatActions, firstState } from './chat-state.ts'

/** Nothing can be done on the server. */
const none = () => {}
const actions = new Proxy({}, { get: () => none }) as ChatActions

/** The chat as it begins, as HTML: the program of the page takes over from there. */
export function renderChat(data: ChatData): string {
  return renderToString(h(Chat, { state: firstState(data), actions }))
}
