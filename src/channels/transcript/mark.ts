import { z } from 'zod'

/**
 * What an activity of a `.transcript` file says beside the protocol, in its `channelData.klachtwijzer`. The first
 * activity says how the conversation begins, as the first lines of a conversation file do; a message of the client says
 * that it was typed, also where its text is the label of a button.
 *
 * ```json
 * { "channelData": { "klachtwijzer": { "organisation": "pluzorg", "locale": "nl" } } }
 * ```
 */
export type Mark = {
  readonly organisation?: string | undefined
  readonly locale?: string | undefined
  readonly typed?: boolean | undefined
}

const marked = z.looseObject({
  klachtwijzer: z.object({
    organisation: z.string().min(1).optional(),
    locale: z.string().min(1).optional(),
    typed: z.boolean().optional(),
  }),
})

/** The channel data that holds a mark. */
export function markWith(mark: Mark): { readonly klachtwijzer: Mark } {
  return { klachtwijzer: mark }
}

/** The mark in the channel data of an activity; empty when a channel wrote it. */
export function readMark(channelData: unknown): Mark {
  return marked.safeParse(channelData).data?.klachtwijzer ?? {}
}
