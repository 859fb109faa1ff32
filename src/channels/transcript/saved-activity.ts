import { z } from 'zod'

const account = z.looseObject({
  id: z.string().nullish(),
  role: z.union([z.string(), z.number()]).nullish(),
})

/** An activity of a `.transcript` file, with the fields that are read. */
export const activitySchema = z.looseObject({
  type: z.string().min(1),
  name: z.string().nullish(),
  timestamp: z.string().nullish(),
  from: account.nullish(),
  recipient: account.nullish(),
  membersAdded: z.array(account).nullish(),
  locale: z.string().nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  channelData: z.unknown().optional(),
  attachments: z.array(z.looseObject({ content: z.unknown().optional() })).nullish(),
  suggestedActions: z
    .looseObject({ actions: z.array(z.looseObject({ title: z.string().optional() })).nullish() })
    .nullish(),
})

/** An activity as a tool saved it. */
export type SavedActivity = z.infer<typeof activitySchema>

/** Whether something is said or pressed: messages, and the presses of cards that arrive as an invoke. */
export function isSpoken({ type, name }: SavedActivity): boolean {
  return type === 'message' || (type === 'invoke' && name === 'adaptiveCard/action')
}

type Side = 'bot' | 'client'

/** Some tools write the roles as numbers. */
const sides: ReadonlyMap<unknown, Side> = new Map<unknown, Side>([
  ['bot', 'bot'],
  ['skill', 'bot'],
  [0, 'bot'],
  ['user', 'client'],
  [1, 'client'],
])

/** Who speaks, by the role of either account, or by an account that has one elsewhere; undefined when it cannot be told. */
export function sideOf({ from, recipient }: SavedActivity, bots: ReadonlySet<string>): Side | undefined {
  const told = sides.get(from?.role)
  if (told) return told
  if (from?.id && bots.has(from.id)) return 'bot'
  const other = sides.get(recipient?.role) ?? (recipient?.id && bots.has(recipient.id) ? 'bot' : undefined)
  return other && (other === 'bot' ? 'client' : 'bot')
}

/** The ids of all accounts that some activity calls a bot. */
export function botsIn(activities: readonly SavedActivity[]): ReadonlySet<string> {
  const accounts = activities.flatMap(({ from, recipient, membersAdded }) => [
    from,
    recipient,
    ...(membersAdded ?? []),
  ])
  return new Set(accounts.flatMap((one) => (one?.id && sides.get(one.role) === 'bot' ? one.id : [])))
}
