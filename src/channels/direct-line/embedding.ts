/** How an organisation shows the chat on its own pages. */
export type Embedding = {
  /** The origins of those pages, such as `https://www.example.nl`; pages elsewhere are refused. */
  readonly origins: readonly string[]
  /** The name above the chat; absent: that in its regulation. */
  readonly name?: string | undefined
  /** `#rrggbb` */
  readonly colour?: string | undefined
  /** An address with https. */
  readonly logo?: string | undefined
  /** The corner of the page in which the button stands. */
  readonly position?: 'left' | 'right' | undefined
}
