import type { WireChange, WirePress, WireReply, WireTurn } from '../channels/direct-line/wire.ts'

/** One thing said: by the bot, or by the client. */
export type Entry =
  | { readonly kind: 'turn'; readonly id: string; readonly turn: WireTurn }
  | {
      readonly kind: 'told'
      /** The client's own id of the activity. */
      readonly id: string
      readonly text: string
      readonly isSent: boolean
    }

/** An activity of Direct Line, as far as it is read here. */
export type Activity = {
  readonly id?: string
  readonly type: string
  readonly text?: string
  readonly value?: unknown
  readonly from?: { readonly id?: string; readonly role?: string }
  readonly channelData?: { readonly clientActivityID?: string; readonly klachtwijzer?: WireTurn }
}

/** Id of the words that stand in the page from the beginning. */
export const firstId = 'first'

/** Adds what came in to what was said; what is known already changes nothing. */
export function takeActivity(entries: readonly Entry[], activity: Activity): readonly Entry[] {
  const turn = activity.channelData?.klachtwijzer
  if (turn !== undefined) return takeTurn(entries, activity.id ?? '', turn)
  const isUser = activity.from?.role === 'user' || activity.channelData?.clientActivityID !== undefined
  return isUser && activity.type === 'message' ? takeTold(entries, activity) : entries
}

function takeTurn(entries: readonly Entry[], id: string, turn: WireTurn): readonly Entry[] {
  if (entries.some((entry) => entry.id === id)) return entries
  const added: Entry = { kind: 'turn', id, turn }
  const [first, ...others] = entries
  // The page holds the first words already, and the log begins with them.
  return first?.id === firstId && turn.turn === 1 ? [added, ...others] : [...entries, added]
}

function takeTold(entries: readonly Entry[], activity: Activity): readonly Entry[] {
  const id = activity.channelData?.clientActivityID ?? activity.id ?? ''
  if (entries.some((entry) => entry.id === id)) {
    return entries.map((entry) =>
      entry.id === id && entry.kind === 'told' ? { ...entry, isSent: true } : entry,
    )
  }
  return [...entries, { kind: 'told', id, text: tellOf(entries, activity), isSent: true }]
}

/** What waits to be sent comes after all that was said. */
export function unsentLast(entries: readonly Entry[]): readonly Entry[] {
  const waits = (entry: Entry) => entry.kind === 'told' && !entry.isSent
  return [...entries.filter((entry) => !waits(entry)), ...entries.filter(waits)]
}

/** What the client said or pressed, in words. */
export function tellOf(entries: readonly Entry[], { text, value }: Pick<Activity, 'text' | 'value'>): string {
  const { choose, of, change } = (value ?? {}) as Partial<WirePress & WireChange>
  const turns = turnsOf(entries).map(({ turn }) => turn)
  if (choose !== undefined) return labelOf(turns, choose, of) ?? text ?? choose
  if (change !== undefined) {
    const answers = turns.flatMap(({ frame }) => frame.answers)
    return answers.find(({ slot }) => slot === change)?.question ?? change
  }
  return text ?? ''
}

function labelOf(turns: readonly WireTurn[], choose: string, of: string | undefined): string | undefined {
  const replies = turns.flatMap((turn) => [...turn.replies].reverse())
  const offered = [...replies.filter(({ key }) => key === of), ...replies].flatMap(offersOf)
  const always = turns.flatMap(({ frame }) => [...frame.commands, ...frame.languages])
  return [...offered, ...always].find(({ id }) => id === choose)?.label
}

function offersOf({ options, aside = [] }: WireReply) {
  return [...options, ...aside]
}

type TurnEntry = Extract<Entry, { kind: 'turn' }>

/** What the bot said, the last first. Without methods of arrays that older phones do not know. */
function turnsOf(entries: readonly Entry[]): readonly TurnEntry[] {
  return entries.flatMap((entry) => (entry.kind === 'turn' ? [entry] : [])).reverse()
}

/** The last thing the bot said. */
export function lastTurn(entries: readonly Entry[]): TurnEntry | undefined {
  return turnsOf(entries)[0]
}

/** Whether the client said something that the bot has not answered. */
export function isWaiting(entries: readonly Entry[]): boolean {
  return entries[entries.length - 1]?.kind === 'told'
}
