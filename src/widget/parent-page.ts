import type { FromChat, ToChat } from './messages.ts'

/** The page around the frame. Who may embed us is the browser's to keep (`frame-ancestors`). */
export type Parent = {
  close(): void
  /** Leaves the whole page, for a neutral one. */
  leave(url: string): void
  onOpened(callback: () => void): void
  onExit(callback: () => void): void
}

/** How the chat talks with the page in which it stands. What goes there tells nothing of a conversation. */
export function createParent(isEmbedded: boolean): Parent {
  const tell = (message: FromChat) => isEmbedded && window.parent.postMessage(message, '*')
  const on = (wanted: ToChat['klachtwijzer'], callback: () => void) =>
    addEventListener('message', ({ source, data }: MessageEvent<Partial<ToChat> | undefined>) => {
      if (isEmbedded && source === window.parent && data?.klachtwijzer === wanted) callback()
    })
  tell({ klachtwijzer: 'ready' })
  return {
    close: () => tell({ klachtwijzer: 'close' }),
    leave(url) {
      tell({ klachtwijzer: 'leave', url })
      // In a frame the loader leaves; when it is not there, the frame at least does.
      if (!isEmbedded) location.replace(url)
      else setTimeout(() => location.replace(url), 500)
    },
    onOpened: (callback) => on('opened', callback),
    onExit: (callback) => on('exit', callback),
  }
}
