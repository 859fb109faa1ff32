import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Activity } from 'botbuilder'
import type { BotIdentity } from '../../src/channels/bot-identity.ts'
import { type BotServer, createBotServer } from '../../src/channels/bot-server.ts'
import type { Guide } from '../../src/channels/guide.ts'
import type { ConversationStore } from '../../src/storage/conversation-store.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import type { SlotFiller } from '../../src/understanding/model-help.ts'
import { type ConnectorStub, startConnectorStub } from './connector-stub.ts'
import { fakeGuide } from './fake-guide.ts'
import { logToLines } from './log-to-lines.ts'

export type Setup = {
  guide?: Guide
  identity?: BotIdentity
  chatUrl?: string
  fillSlots?: SlotFiller
  wrapStore?: (store: ConversationStore) => ConversationStore
}

/** A real bot server with a real database and a connector on this machine; one conversation, `linde`. */
export type BotUnderTest = {
  address: string
  connector: ConnectorStub
  /** What the bot said so far, paragraph by paragraph. */
  said(): string[]
  logged(): string
  /** Every byte of the data folder, as one text. */
  stored(): string
  /** An activity of the conversation, with an id of its own. */
  activity(fields: Record<string, unknown>): Record<string, unknown>
  /** Sends an activity of the conversation and gives the HTTP status. */
  send(fields: Record<string, unknown>): Promise<number>
  say(text: string): Promise<number>
  arrive(): Promise<number>
  /** A request as any program could make it. */
  post(body: string, headers?: Record<string, string>): Promise<Response>
  passHours(hours: number): void
  /** What is kept of a conversation; undefined for nothing. */
  kept(channelId: string, conversation: string): Promise<unknown>
  /** Stops the server and starts another one on the same data folder. */
  restart(): Promise<void>
  /** As `restart`, and nothing that was under way is finished. */
  kill(): Promise<void>
  close(): Promise<void>
}

export async function startBot(setup: Setup = {}): Promise<BotUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-'))
  const connector = await startConnectorStub()
  const { log, lines } = logToLines()
  let time = Date.parse('2026-03-02T09:00:00Z')
  let count = 0
  let running = await start()

  async function start(): Promise<{ server: BotServer; store: ConversationStore; address: string }> {
    const now = () => new Date(time)
    const { conversations: opened } = await openStorage({
      folder,
      lifetime: 24 * 3_600_000,
      now,
      random: randomBytes,
      log,
    })
    const store = setup.wrapStore?.(opened) ?? opened
    const server = createBotServer({
      guide: setup.guide ?? fakeGuide,
      store,
      now,
      log,
      identity: setup.identity,
      chatUrl: setup.chatUrl,
      fillSlots: setup.fillSlots,
    })
    return { server, store, address: await server.listen(0, '127.0.0.1') }
  }

  async function stop(): Promise<void> {
    await running.server.close()
    await running.store.close()
  }

  const bot: BotUnderTest = {
    get address() {
      return running.address
    },
    connector,
    said: () => connector.replies.flatMap((reply) => wordsOf(reply).split('\n\n')),
    logged: () => lines.join(''),
    stored: () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('\n'),
    activity: (fields) => ({
      type: 'message',
      id: `activity-${++count}`,
      channelId: 'emulator',
      serviceUrl: connector.serviceUrl,
      conversation: { id: 'linde' },
      from: { id: 'client-1', name: 'Sanne de Vries' },
      recipient: { id: 'bot-1', name: 'Bot' },
      ...fields,
    }),
    async send(fields) {
      const response = await bot.post(JSON.stringify(bot.activity(fields)))
      await response.text()
      return response.status
    },
    say: (text) => bot.send({ text }),
    arrive: () => bot.send({ type: 'conversationUpdate', membersAdded: [{ id: 'client-1' }] }),
    post: (body, headers = { 'Content-Type': 'application/json' }) =>
      fetch(`${running.address}/api/messages`, { method: 'POST', body, headers }),
    passHours(hours) {
      time += hours * 3_600_000
    },
    kept: (channelId, id) => running.store.load(JSON.stringify([channelId, id])),
    async kill() {
      await running.store.close()
      void running.server.close()
      running = await start()
    },
    async restart() {
      await stop()
      running = await start()
    },
    async close() {
      await stop()
      await connector.close()
      rmSync(folder, { recursive: true })
    },
  }
  return bot
}

/** What a message says, on a card or as text. */
export function wordsOf({ text, attachments }: Pick<Activity, 'text' | 'attachments'>): string {
  return text ?? attachments?.map(({ content }) => content.fallbackText).join('\n\n') ?? ''
}
