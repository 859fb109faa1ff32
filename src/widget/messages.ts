/** What the chat in a frame tells the loader in the page around it. */
export type FromChat =
  | { readonly klachtwijzer: 'ready' | 'close' }
  | { readonly klachtwijzer: 'leave'; readonly url: string }

/** What the loader tells the chat: that it can be seen now, or that the client wants to be gone. */
export type ToChat = { readonly klachtwijzer: 'opened' | 'exit' }
