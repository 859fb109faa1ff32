import { z } from 'zod'
import { type Press, readPress } from '../read-input.ts'
import { type Mark, readMark } from './mark.ts'
import { activitySchema, botsIn, isSpoken, type SavedActivity, sideOf } from './saved-activity.ts'
import { buttonsOf, wordsOf } from './words-of.ts'

/** What the client did. Whether a text is the label of a button shows when the conversation is played; see `readSaved`. */
type SavedInput =
  | { readonly kind: 'start' }
  | { readonly kind: 'text'; readonly text: string; readonly typed: boolean }
  | { readonly kind: 'choose'; readonly option: string; readonly of?: string | undefined }

/** A turn as a `.transcript` file holds it. */
export type SavedTurn = {
  /** Which activity of the file the client's is, from 1. */
  readonly activity: number
  /** When, as ISO date and time; undefined where the file does not say. */
  readonly at: string | undefined
  readonly input: SavedInput
  /** The lines that the bot said. */
  readonly said: readonly string[]
  /** The labels of the last buttons that were shown outside of cards. */
  readonly buttons: readonly string[]
}

/** A saved conversation. The first turn is the start. */
export type SavedConversation = {
  readonly organisation: string | undefined
  /** As the channel gives it: `nl`, `en-US`. */
  readonly locale: string | undefined
  /** When it began, as ISO date and time. */
  readonly began: string
  readonly turns: readonly SavedTurn[]
}

/** What keeps a file from being read, and the activity that it is about, from 1. */
type SavedProblem = {
  readonly code:
    | 'no-list'
    | 'no-activity'
    | 'no-sender'
    | 'press-unknown'
    | 'time-unknown'
    | 'time-outside'
    | 'no-time'
    | 'nobody-speaks'
  readonly activity: number
}

/** How Universal Actions of Adaptive Cards send what a button holds. */
const invoke = z.looseObject({ action: z.looseObject({ data: z.unknown() }) })

/** What the bot's own trace tells in the Emulator; see `explain` in src/conversation. */
const trace = z.looseObject({ case: z.looseObject({ slots: z.looseObject({ organisation: z.string() }) }) })

const list = z.union([z.array(z.unknown()), z.looseObject({ transcript: z.array(z.unknown()) })])

/**
 * Reads the content of a Bot Framework `.transcript` file: a list of activities, or an object with that list as
 * `transcript`. A press is known in each of the ways in which channels send it. What is no conversation is passed over:
 * traces, typing, updates of members, and types of activity that are not known here.
 *
 * @returns the conversation, or everything that keeps it from being read
 */
export function fromActivities(
  content: unknown,
): SavedConversation | { readonly problems: readonly SavedProblem[] } {
  const parsed = list.safeParse(content)
  if (!parsed.success) return { problems: [{ code: 'no-list', activity: 0 }] }
  const raw = Array.isArray(parsed.data) ? parsed.data : parsed.data.transcript
  const read = raw.map((one) => activitySchema.safeParse(one).data)
  const malformed = read.flatMap((one, at) =>
    one ? [] : [{ code: 'no-activity' as const, activity: at + 1 }],
  )
  if (malformed.length > 0) return { problems: malformed }
  return toConversation(read.filter((one) => one !== undefined))
}

function toConversation(
  activities: readonly SavedActivity[],
): SavedConversation | { readonly problems: readonly SavedProblem[] } {
  const bots = botsIn(activities)
  const problems: SavedProblem[] = []
  const turns: Turn[] = [{ activity: 1, at: undefined, input: { kind: 'start' }, said: [], buttons: [] }]
  for (const [index, one] of activities.entries()) {
    const activity = index + 1
    const code = timeProblem(one.timestamp)
    if (code) problems.push({ code, activity })
    const side = isSpoken(one) ? sideOf(one, bots) : undefined
    if (side === 'bot') hear(turns.at(-1), one)
    else if (side === 'client') {
      const input = inputOf(one)
      if (input) turns.push({ activity, at: one.timestamp ?? undefined, input, said: [], buttons: [] })
      else problems.push({ code: 'press-unknown', activity })
    } else if (isSpoken(one)) problems.push({ code: 'no-sender', activity })
  }
  const began = activities.find(({ timestamp }) => timestamp)?.timestamp ?? undefined
  if (problems.length > 0) return { problems }
  if (turns.length === 1 && turns[0]?.said.length === 0) {
    return { problems: [{ code: 'nobody-speaks', activity: 0 }] }
  }
  if (began === undefined) return { problems: [{ code: 'no-time', activity: 1 }] }
  return { ...headOf(activities, bots), began, turns }
}

type Turn = Omit<SavedTurn, 'said' | 'buttons'> & { said: readonly string[]; buttons: readonly string[] }

/** Adds to a turn what the bot says in it. */
function hear(turn: Turn | undefined, one: SavedActivity): void {
  if (!turn) return
  turn.said = [...turn.said, ...wordsOf(one)]
  const buttons = buttonsOf(one)
  if (buttons.length > 0) turn.buttons = buttons
}

function inputOf({ type, text, value, channelData }: SavedActivity): SavedInput | undefined {
  const pressed = readPress(type === 'invoke' ? invoke.safeParse(value).data?.action.data : value)
  if (pressed) return readChoice(pressed)
  const isEmpty = (text ?? '').trim() === ''
  if (type === 'invoke' || (isEmpty && value !== undefined && value !== null)) return undefined
  return { kind: 'text', text: text ?? '', typed: readMark(channelData).typed === true }
}

/** Option ids and keys of replies are single words that can be seen, as they stand in a conversation file. */
function readChoice({ choose, of }: Press): SavedInput | undefined {
  if (/[\s\p{Cc}\p{Cf}]/u.test(`${choose}${of ?? ''}`)) return undefined
  return { kind: 'choose', option: choose, ...(of !== undefined && { of }) }
}

/** How the conversation began: as its first activity says, or else as the bot's trace and the channel tell. */
function headOf(
  activities: readonly SavedActivity[],
  bots: ReadonlySet<string>,
): Pick<SavedConversation, 'organisation' | 'locale'> {
  const isClient = (one: SavedActivity) => isSpoken(one) && sideOf(one, bots) === 'client'
  const first = activities.findIndex(isClient)
  const before = first === -1 ? activities : activities.slice(0, first)
  const mark: Mark = readMark(activities[0]?.channelData)
  const traced = before.flatMap((one) =>
    one.type === 'trace' ? (trace.safeParse(one.value).data ?? []) : [],
  )
  const fromClient = activities.filter((one) => one.type === 'conversationUpdate' || isClient(one))
  return {
    organisation: mark.organisation ?? traced[0]?.case.slots.organisation,
    locale: mark.locale ?? fromClient.find(({ locale }) => locale)?.locale ?? undefined,
  }
}

/** The years of which a day can stand in a conversation file, and be meant. */
const earliest = Date.UTC(1900, 0, 1)
const latest = Date.UTC(3000, 0, 1)

/** What is wrong with a time; an absent one is told elsewhere. */
function timeProblem(timestamp: string | null | undefined): 'time-unknown' | 'time-outside' | undefined {
  if (!timestamp) return undefined
  const time = Date.parse(timestamp)
  if (Number.isNaN(time)) return 'time-unknown'
  return time < earliest || time >= latest ? 'time-outside' : undefined
}
