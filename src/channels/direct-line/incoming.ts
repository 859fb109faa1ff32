import { z } from 'zod'
import { longestText, readChange, readPress } from '../read-input.ts'
import type { WireChange, WirePress } from './wire.ts'

const incoming = z.object({
  type: z.string().min(1).max(100),
  text: z
    .string()
    .nullish()
    .transform((text) => text?.slice(0, longestText).toWellFormed()),
  value: z.unknown().optional(),
  attachments: z.array(z.unknown()).nullish(),
  locale: z.string().max(100).nullish().catch(undefined),
  from: z
    .looseObject({ id: z.string().max(300) })
    .nullish()
    .catch(undefined),
  channelData: z.looseObject({ clientActivityID: z.string().min(1).max(200).optional() }).nullish(),
})

/** An activity as a client posts it, with only the fields that count. */
export type Incoming = {
  readonly type: string
  readonly text: string | undefined
  /** What a button of ours sends; nothing else is taken. */
  readonly value: WirePress | WireChange | undefined
  readonly locale: string | undefined
  readonly hasAttachments: boolean
  /** The id that the client itself gave: what is posted again has the same. */
  readonly clientId: string | undefined
  /** Who sent it, as far as its token does not say. */
  readonly from: string | undefined
}

/** Reads the body of a post; undefined when it is not an activity. */
export function parseIncoming(body: unknown): Incoming | undefined {
  const { data } = incoming.safeParse(body)
  if (data === undefined) return undefined
  return {
    type: data.type,
    text: data.text,
    value: readValue(data.value),
    locale: data.locale ?? undefined,
    hasAttachments: (data.attachments ?? []).length > 0,
    clientId: data.channelData?.clientActivityID,
    from: data.from?.id,
  }
}

function readValue(value: unknown): Incoming['value'] {
  const change = readChange(value)
  return change === undefined ? readPress(value) : { change: change.slot }
}
