import { z } from 'zod'

const id = z.string().min(1).max(2000)
const account = z.looseObject({ id, name: z.string().max(2000).nullish() })
const mention = z.looseObject({
  type: z.literal('mention'),
  mentioned: z.looseObject({ id }),
  text: z.string(),
})

const address = z.object({
  id: id.nullish(),
  channelId: z.string().regex(/^[\w.-]{1,100}$/),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(2000),
  conversation: z.looseObject({ id }),
  from: account,
  recipient: account,
  locale: z.string().max(100).nullish().catch(undefined),
  deliveryMode: z.string().nullish(),
  replyToId: id.nullish(),
})

const message = address.extend({
  type: z.literal('message'),
  text: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  value: z.unknown().optional(),
  entities: z
    .array(z.unknown())
    .nullish()
    .transform((entities) => (entities ?? []).filter((entity) => mention.safeParse(entity).success)),
})

const conversationUpdate = address.extend({
  type: z.literal('conversationUpdate'),
  membersAdded: z
    .array(account)
    .nullish()
    .transform((members) => members ?? []),
})

/** In Teams: the app was installed or removed. */
const installationUpdate = address.extend({
  type: z.literal('installationUpdate'),
  action: z.string().max(100).nullish(),
})

/** A request of a client program that waits for its answer, such as the press of a button on a card. */
const invoke = address.extend({
  type: z.literal('invoke'),
  name: z.string().min(1).max(200),
  value: z.unknown().optional(),
})

/** What a search in a message extension asks. */
const query = z.looseObject({
  commandId: z.string().max(200),
  parameters: z.array(z.looseObject({ name: z.string().max(200), value: z.unknown() })).max(20),
})

const other = z.looseObject({ type: z.string().min(1), serviceUrl: z.string().optional() })

const known = z.discriminatedUnion('type', [message, conversationUpdate, installationUpdate, invoke])
const knownTypes: ReadonlySet<string> = new Set(known.options.map(({ shape }) => shape.type.value))

/** An activity that the bot answers, with only the fields that it uses. */
export type KnownActivity = z.infer<typeof known>
/** An activity of another type: accepted, and ignored. */
export type OtherActivity = { type: 'other'; serviceUrl?: string | undefined }
export type ParsedActivity = KnownActivity | OtherActivity

/** Reads a request body as an activity; undefined when it is malformed. */
export function parseActivity(body: unknown): ParsedActivity | undefined {
  const outline = other.safeParse(body)
  if (!outline.success) return undefined
  const { type, serviceUrl } = outline.data
  if (!knownTypes.has(type)) return { type: 'other', serviceUrl }
  const activity = known.safeParse(body).data
  if (activity === undefined) return undefined
  if (isSearch(activity) && !query.safeParse(activity.value).success) return undefined
  return activity
}

/** Whether staff search in the message extension: nothing is said in the conversation where they compose. */
export function isSearch(activity: KnownActivity): activity is z.infer<typeof invoke> {
  return activity.type === 'invoke' && activity.name === 'composeExtension/query'
}
