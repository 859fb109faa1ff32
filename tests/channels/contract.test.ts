import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { WireTurn } from '../../src/channels/direct-line/wire.ts'
import type {
  Guide,
  GuideInput,
  GuideTurn,
  SpokenOption,
  SpokenReply,
  Venue,
} from '../../src/channels/guide.ts'
import { chatTerminal } from '../../src/channels/terminal/chat-terminal.ts'
import { makeGuide } from '../../src/wiring/make-guide.ts'
import { readTranscript } from '../conversation/read-transcript.ts'
import { project } from '../real-project.ts'
import { texts } from '../real-world.ts'
import { type BotUnderTest, startBot } from './bot-under-test.ts'
import { startDirectLine } from './direct-line/direct-line-under-test.ts'
import { startPage } from './page-under-test.ts'
import { fromMarkdown, seeCard } from './words-of-card.ts'

/** What a client reads in one turn: the words, line by line, and what can be chosen. */
type Seen = { readonly lines: readonly string[]; readonly options: readonly string[] }

/** One way to the client, from its own side, and how it differs from the others. */
type Channel = {
  readonly name: string
  readonly talk: (guide: Guide, inputs: readonly Did[]) => Promise<readonly Seen[]>
  readonly differs: Differs
}

type Differs = {
  /** Others may read along in Teams: it says so. */
  readonly venue?: Venue
  /** Where the bot can take its own messages away, it says that it did. */
  readonly takesAway?: boolean
  /** A program that can be closed ends when the client stops. */
  readonly ends?: boolean
  /** A typed number is a press where there is nothing to press. */
  readonly numbers?: boolean
  /** A page shows one turn and nothing of before, so what is asked, or the advice, stands below what was said. */
  readonly again?: boolean
}

/** What the client does: types, or presses an option that is shown. */
type Did = { readonly type: string } | { readonly press: SpokenOption; readonly number: number }

const moment = new Date('2026-03-02T09:00:00Z')
const whyTitles = new Set(Object.values(texts.texts).map(({ card }) => card.why))

const channels: readonly Channel[] = [
  { name: 'the terminal', talk: talkInTerminal, differs: { ends: true, numbers: true } },
  {
    name: 'a channel with text and buttons only',
    talk: (guide, did) => talkToBot(guide, did, 'sms', seeText),
    differs: {},
  },
  {
    name: 'cards in the Emulator',
    talk: (guide, did) => talkToBot(guide, did, 'emulator', seeCards),
    differs: { takesAway: true },
  },
  {
    name: 'cards in Teams',
    talk: (guide, did) => talkToBot(guide, did, 'msteams', seeCards),
    differs: { takesAway: true, venue: { kind: 'teams' } },
  },
  { name: 'the page without script', talk: talkOnPage, differs: { again: true, venue: { kind: 'page' } } },
  { name: 'Direct Line', talk: talkOverDirectLine, differs: { venue: { kind: 'chat' } } },
]

const folder = join(import.meta.dirname, '..', 'conversation', 'transcripts')
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))

describe.each(channels)('$name says what the conversation says', ({ talk, differs }) => {
  test.each(names)('%s', async (file) => {
    const { organisation, locale, exchanges } = readTranscript(join(folder, file))
    const guide = makeGuide(project, texts, { organisation, locale })
    const inputs = exchanges.map(({ input }) => input)
    const { said, did } = follow(guide, inputs, differs)
    const seen = await talk(guide, did)
    expect(seen).toEqual(said)
    expect(seen.length).toBeGreaterThan(1)
  })
})

/** The conversation itself, without any channel, and what the client did in it. */
function follow(guide: Guide, inputs: readonly GuideInput[], differs: Differs): { said: Seen[]; did: Did[] } {
  const said: Seen[] = []
  const did: Did[] = []
  let state: unknown
  let offered: readonly SpokenOption[] = []
  for (const input of inputs) {
    const meant = asClient(input, offered, differs)
    if (meant.kind === 'text') did.push({ type: meant.text })
    if (meant.kind === 'choose') did.push(pressAmong(offered, meant.option))
    const turn = guide.turn(state, meant, moment, differs.venue)
    const unsaid = turn.erase && differs.takesAway ? [guide.unsaid(turn.state, true)] : []
    const again = differs.again ? shownAgain(guide, turn) : []
    state = turn.state
    offered = turn.replies.at(-1)?.options ?? []
    said.push({
      lines: [...turn.replies, ...unsaid, ...again].flatMap(({ text }) => linesOf(text)),
      options: turn.replies.flatMap(({ options }) => options.map(({ label }) => label)),
    })
    if (turn.erase || (differs.ends && turn.end && offered.length === 0)) break
  }
  return { said, did }
}

function shownAgain(guide: Guide, { replies, state, erase }: GuideTurn): readonly SpokenReply[] {
  const { shown, isEnded } = guide.frame(state, moment)
  const kind = replies.at(-1)?.kind
  return erase || isEnded || kind === 'question' || kind === 'advice' ? [] : [shown]
}

function pressAmong(offered: readonly SpokenOption[], id: string): Did {
  const at = offered.findIndex((option) => option.id === id)
  const press = offered[at]
  if (press === undefined) throw new Error(`${id} is not offered`)
  return { press, number: at + 1 }
}

/** What a client can do: press what is shown, and type the rest. */
function asClient(input: GuideInput, offered: readonly SpokenOption[], { numbers }: Differs): GuideInput {
  if (input.kind === 'choose' && !offered.some(({ id }) => id === input.option)) {
    return { kind: 'text', text: input.option }
  }
  const option =
    numbers && input.kind === 'text' && /^\d+$/.test(input.text) && offered[Number(input.text) - 1]
  return option ? { kind: 'choose', option: option.id } : input
}

/** Lines without the marks of lists, which each channel sets in its own way. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/^(?:[-•]|\d+\.)\s+/, ''))
    .filter((line) => line !== '')
}

const prompt = 'Jij > '

async function talkInTerminal(guide: Guide, did: readonly Did[]): Promise<readonly Seen[]> {
  const input = new PassThrough()
  const output = new PassThrough()
  const shown: string[] = []
  const typed = did.map((each) => ('type' in each ? each.type : String(each.number)))
  output.on('data', (chunk) => {
    shown.push(String(chunk))
    if (!String(chunk).endsWith(prompt)) return
    const next = typed.shift()
    setImmediate(() => (next === undefined ? input.end() : input.write(`${next}\n`)))
  })
  await chatTerminal(guide, input, output, () => moment, { prompt: 'Jij', hint: '(hint)' })
  const turns = shown.join('').replace('(hint)\n', '').split(prompt)
  return turns
    .filter((turn) => turn.trim() !== '')
    .map((turn) => {
      const lines = turn.split('\n')
      const options = lines.flatMap((line) => /^ {2}\d+\. (.*)$/.exec(line)?.[1] ?? [])
      const other = lines.filter((line) => !/^ {2}\d+\. /.test(line))
      return { lines: linesOf(other.join('\n')), options }
    })
}

async function talkOnPage(guide: Guide, did: readonly Did[]): Promise<readonly Seen[]> {
  const pages = await startPage({ guide, moment })
  try {
    let page = await pages.open('/wijzer')
    const seen = [page.seen]
    for (const each of did) {
      page = 'type' in each ? await pages.type(page, each.type) : await pages.press(page, each.press.id)
      expect(page.status).toBe(200)
      seen.push(page.seen)
    }
    return seen.map(({ lines, options }) => ({ lines: lines.flatMap(linesOf), options }))
  } finally {
    await pages.close()
  }
}

/** The replies as data, as the widget gets them. */
async function talkOverDirectLine(guide: Guide, did: readonly Did[]): Promise<readonly Seen[]> {
  const server = await startDirectLine({ guide, moment })
  try {
    const talk = await server.begin({ format: 'replies' })
    const seen: Seen[] = []
    let watermark = ''
    let last: WireTurn | undefined
    const look = async () => {
      const { body } = await server.read(talk, watermark)
      watermark = body.watermark ?? ''
      const turns = (body.activities ?? []).flatMap(({ channelData }) =>
        channelData?.klachtwijzer === undefined ? [] : [channelData.klachtwijzer as WireTurn],
      )
      last = turns.at(-1)
      const replies = turns.flatMap((turn) => turn.replies)
      seen.push({
        lines: replies.flatMap(({ text }) => linesOf(text)),
        options: replies.flatMap(({ options }) => options.map(({ label }) => label)),
      })
    }
    await look()
    for (const each of did) {
      const press = 'press' in each && {
        choose: each.press.id,
        of: last?.replies.at(-1)?.key,
        turn: last?.turn,
      }
      const { status } = await server.post(talk, 'type' in each ? { text: each.type } : { value: press })
      expect(status).toBe(200)
      await look()
    }
    return seen
  } finally {
    await server.close()
  }
}

type Sent = BotUnderTest['connector']['replies']
type See = (messages: Sent) => Seen

async function talkToBot(
  guide: Guide,
  did: readonly Did[],
  channelId: string,
  see: See,
): Promise<readonly Seen[]> {
  const bot = await startBot({ guide })
  try {
    const seen: Seen[] = []
    const next = async (fields: Record<string, unknown>) => {
      const before = bot.connector.replies.length
      const conversation = { id: 'linde', conversationType: 'personal' }
      expect(await bot.send({ channelId, conversation, ...fields })).toBe(200)
      seen.push(see(bot.connector.replies.slice(before)))
    }
    await next({ type: 'conversationUpdate', membersAdded: [{ id: 'client-1' }] })
    for (const each of did) {
      if ('type' in each) await next({ text: each.type })
      else await next(pressOf(bot.connector.replies, each.press, channelId))
    }
    return seen
  } finally {
    await bot.close()
  }
}

/** The activity with which a channel says that an option of the last message was pressed. */
function pressOf(replies: Sent, { id, label }: SpokenOption, channelId: string): Record<string, unknown> {
  const content = replies.at(-1)?.attachments?.[0]?.content
  if (content === undefined) return { text: label }
  const action = seeCard(content).options.find(({ data }) => data?.choose === id)
  if (action === undefined) throw new Error(`The card does not offer ${id}.`)
  if (channelId !== 'msteams') return { text: undefined, value: action.data }
  const { type, verb, data } = action
  return { type: 'invoke', name: 'adaptiveCard/action', value: { action: { type, verb, data } } }
}

/** Beside buttons, a long list of options stands in the text too: not every channel shows that many buttons. */
function seeText(messages: Sent): Seen {
  const options = messages
    .flatMap(({ suggestedActions }) => suggestedActions?.actions ?? [])
    .map(({ title }) => title)
  const text = messages.map((message) => fromMarkdown(message.text)).join('\n')
  return { lines: linesOf(text).filter((line) => !options.includes(line)), options }
}

/** Cards unfold why a question is asked, and offer "back" and "a person" beside it: elsewhere one types that. */
function seeCards(messages: Sent): Seen {
  const cards = messages.map(({ attachments }) => seeCard(attachments?.[0]?.content))
  return {
    lines: cards.flatMap(({ lines, folds }) => {
      const why = folds.filter(({ title }) => whyTitles.has(title)).flatMap((fold) => fold.lines)
      return lines.filter((line) => !why.includes(line)).flatMap(linesOf)
    }),
    options: cards.flatMap(({ options }) =>
      options
        .filter(({ data }) => !(String(data?.of).startsWith('question/') && isAside(data?.choose)))
        .map(({ title }) => title),
    ),
  }
}

function isAside(option: unknown): boolean {
  return option === 'back' || option === 'human'
}
