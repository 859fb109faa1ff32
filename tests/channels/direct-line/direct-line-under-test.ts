import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BotServer, type BotServerParts, createBotServer } from '../../../src/channels/bot-server.ts'
import type { DirectLine, DirectLineSettings } from '../../../src/channels/direct-line/create-direct-line.ts'
import type { Guide } from '../../../src/channels/guide.ts'
import type { ConversationStore } from '../../../src/storage/conversation-store.ts'
import { openStorage } from '../../../src/storage/open-storage.ts'
import { fakeGuide } from '../fake-guide.ts'
import { logToLines } from '../log-to-lines.ts'

export type DirectLineSetup = {
  guide?: Guide
  server?: Partial<BotServerParts>
  settings?: Partial<DirectLineSettings>
  moment?: Date
  wrapStore?: (store: ConversationStore) => ConversationStore
}

export type Activity = {
  readonly type: string
  readonly id: string
  readonly text?: string
  readonly from: { readonly id: string; readonly role?: string }
  readonly channelData?: Record<string, unknown>
  readonly attachments?: readonly { readonly content: unknown }[]
  readonly value?: unknown
}
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: AnswerBody }
export type AnswerBody = {
  readonly token?: string
  readonly conversationId?: string
  readonly streamUrl?: string
  readonly expires_in?: number
  readonly id?: string
  readonly activities?: readonly Activity[]
  readonly watermark?: string
  readonly error?: { readonly code: string; readonly message: string }
}

/** A real server with Direct Line, and a client that knows nothing but HTTP. */
export type DirectLineUnderTest = {
  readonly address: string
  /** Where clients connect: their option `domain`. */
  readonly domain: string
  readonly directLine: DirectLine
  /** What the server was made of. */
  readonly parts: BotServerParts
  call(path: string, init?: RequestInit): Promise<Answer>
  /** A token as whoever develops gets it. */
  token(asked?: object): Promise<string>
  /** Begins a conversation and gives its token. */
  begin(asked?: object): Promise<{ id: string; token: string }>
  post(to: { id: string; token: string }, activity: object): Promise<Answer>
  read(of: { id: string; token: string }, watermark?: string): Promise<Answer>
  logged(): string
  /** Every byte of the data folder, as one text. */
  stored(): string
  /** Copies the data folder as it is on disk now. */
  copyTo(folder: string): void
  /** What the store keeps of a conversation, opened with the key of the server. */
  kept(conversation: string): Promise<unknown>
  passMinutes(minutes: number): void
  /** Stops the server and starts another one at the same port and on the same data folder. */
  restart(): Promise<void>
  /** As `restart`, and nothing that was under way is finished. */
  kill(): Promise<void>
  sweep(): Promise<void>
  close(): Promise<void>
}

export async function startDirectLine(setup: DirectLineSetup = {}): Promise<DirectLineUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-direct-line-'))
  const { log, lines } = logToLines()
  const secret = randomBytes(32)
  let time = (setup.moment ?? new Date('2026-03-02T09:00:00Z')).getTime()
  const now = () => new Date(time)
  let running = await start(0)

  /** Closed connections are known to be closed a moment later; `fetch` would use them. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 20))

  async function start(port: number) {
    const opened = await openStorage({ folder, lifetime: 24 * 3_600_000, now, random: randomBytes, log })
    const { activities } = opened
    const store = setup.wrapStore?.(opened.conversations) ?? opened.conversations
    const parts: BotServerParts = {
      guide: setup.guide ?? fakeGuide,
      store,
      now,
      log,
      turnsPerMinute: 100_000,
      directLine: { secret, random: randomBytes, activities, embeddings: {}, ...setup.settings },
      ...setup.server,
    }
    const server: BotServer = createBotServer(parts)
    const address = await server.listen(port, '127.0.0.1')
    if (server.directLine === undefined) throw new Error('the server has no Direct Line')
    return { parts, server, store, activities, address, directLine: server.directLine }
  }

  const here: DirectLineUnderTest = {
    get address() {
      return running.address
    },
    get domain() {
      return `${running.address}/v3/directline`
    },
    get parts() {
      return running.parts
    },
    get directLine() {
      return running.directLine
    },
    async call(path, init = {}) {
      const response = await fetch(new URL(path, running.address), init)
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') === true
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : {} }
    },
    async token(asked = {}) {
      const { body } = await here.call('/v3/directline/tokens/generate', post(asked))
      return body.token ?? ''
    },
    async begin(asked) {
      const token = await here.token(asked)
      const { body } = await here.call('/v3/directline/conversations', post({}, token))
      return { id: body.conversationId ?? '', token: body.token ?? '' }
    },
    post: ({ id, token }, activity) =>
      here.call(
        `/v3/directline/conversations/${id}/activities`,
        post({ type: 'message', ...activity }, token),
      ),
    read: ({ id, token }, watermark = '') =>
      here.call(`/v3/directline/conversations/${id}/activities?watermark=${watermark}`, {
        headers: { Authorization: `Bearer ${token}` },
      }),
    logged: () => lines.join(''),
    stored: () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('\n'),
    copyTo: (copy) => cpSync(folder, copy, { recursive: true }),
    kept: (conversation) => running.store.load(JSON.stringify(['directline', conversation])),
    passMinutes(minutes) {
      time += minutes * 60_000
    },
    async restart() {
      await running.server.close()
      await running.store.close()
      await settle()
      running = await start(Number(new URL(running.address).port))
    },
    async kill() {
      await running.store.close()
      await running.server.close()
      await settle()
      running = await start(Number(new URL(running.address).port))
    },
    async sweep() {
      await running.activities.sweep()
      await running.store.sweep()
    },
    async close() {
      await running.server.close()
      await running.store.close()
      rmSync(folder, { recursive: true })
    },
  }
  return here
}

/** A post of JSON. */
export function post(body: object, token?: string): RequestInit {
  return {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
  }
}

/** What the bot said, turn by turn, and what the client said, marked with `>`. */
export function wordsIn({ body }: Answer): string[] {
  return (body.activities ?? []).map(wordsOf)
}

export function wordsOf({ from, text, value, attachments }: Activity): string {
  const card = attachments
    ?.map(({ content }) => (content as { fallbackText: string }).fallbackText)
    .join('\n\n')
  const words = text ?? card ?? JSON.stringify(value)
  return from.role === 'user' ? `> ${words}` : words
}
