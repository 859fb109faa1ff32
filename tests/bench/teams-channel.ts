import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { seeCard } from '../channels/words-of-card.ts'
import type { Talk } from './talks.ts'

/** What a bot did while clients talked to it. */
export type Played = {
  readonly turns: number
  readonly seconds: number
  /** The calls that the bot itself made: cards sent, and cards changed. */
  readonly sent: number
  readonly changed: number
  /** Mean bytes of the cards it sent, and of those with which it answered a press. */
  readonly cardBytes: number
  readonly closedBytes: number
}

/** Teams as far as a bot knows it: clients that press and type, and the service that takes the bot's cards. */
export type TeamsChannel = {
  /** Talks to the bot at an address, each talk in a new conversation; throws when a turn brings no card. */
  play(address: string, talks: readonly Talk[]): Promise<Played>
  close(): Promise<void>
}

/** Conversations that go on at the same time. */
const atOnce = 8

export async function openTeamsChannel(): Promise<TeamsChannel> {
  let agent = new Agent()
  /** The last message of each conversation, as it came. */
  const shown = new Map<string, { id: string; body: string }>()
  let sent: string[] = []
  let answers: string[] = []
  let changed = 0
  let count = 0

  const server = createServer({ keepAliveTimeout: 60_000 }, async (incoming, response) => {
    const body = await text(incoming)
    const id = `message-${++count}`
    if (incoming.method === 'POST') {
      sent.push(body)
      shown.set(conversationIn(incoming), { id, body })
    } else changed += 1
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function turn(address: string, conversation: string, fields: object): Promise<string> {
    const before = shown.get(conversation)
    const activity = { ...envelope, id: `activity-${++count}`, serviceUrl, ...fields }
    const own = { ...activity, conversation: { ...envelope.conversation, id: conversation } }
    const answer = await post(`${address}/api/messages`, JSON.stringify(own), agent)
    if (shown.get(conversation) === before) throw new Error(`The bot at ${address} sent no card.`)
    return answer
  }

  async function press(address: string, conversation: string, option: string): Promise<void> {
    const { id, body } = shown.get(conversation) ?? { id: '', body: '{}' }
    const { attachments } = JSON.parse(body)
    const action = seeCard(attachments?.[0]?.content).options.find(({ data }) => data?.choose === option)
    if (action === undefined) throw new Error(`The card of the bot at ${address} does not offer ${option}.`)
    const { type, verb, data } = action
    const value = { action: { type, verb, data }, trigger: 'manual' }
    const invoke = { type: 'invoke', name: 'adaptiveCard/action', value, replyToId: id }
    answers.push(await turn(address, conversation, invoke))
  }

  async function talk(address: string, steps: Talk): Promise<void> {
    const conversation = `a:1${'x'.repeat(80)}${++count}`
    const membersAdded = [{ id: envelope.recipient.id }, { id: envelope.from.id }]
    await turn(address, conversation, { type: 'conversationUpdate', membersAdded })
    for (const step of steps) {
      if ('press' in step) await press(address, conversation, step.press)
      else await turn(address, conversation, { type: 'message', textFormat: 'plain', text: step.type })
    }
    shown.delete(conversation)
  }

  return {
    async play(address, talks) {
      sent = []
      answers = []
      changed = 0
      const waiting = [...talks]
      // A server closes what was idle between two rounds.
      agent = new Agent({ keepAlive: true, maxSockets: atOnce })
      const begin = performance.now()
      const work = async () => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await talk(address, next)
      }
      await Promise.all(Array.from({ length: atOnce }, work))
      const seconds = (performance.now() - begin) / 1000
      agent.destroy()
      const turns = talks.reduce((sum, steps) => sum + steps.length + 1, 0)
      const cards = sent.flatMap((body) => JSON.parse(body).attachments)
      const closed = answers.map((body) => JSON.parse(body).value)
      return {
        turns,
        seconds,
        sent: sent.length,
        changed,
        cardBytes: meanBytes(cards.map(({ content }) => content)),
        closedBytes: meanBytes(closed),
      }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What all activities of a personal chat in Teams carry. */
const envelope = {
  channelId: 'msteams',
  timestamp: '2026-03-02T09:00:00.000Z',
  localTimestamp: '2026-03-02T10:00:00.000+01:00',
  localTimezone: 'Europe/Amsterdam',
  locale: 'nl-NL',
  from: { id: `29:1${'x'.repeat(80)}`, name: 'Sanne de Vries', aadObjectId: crypto.randomUUID() },
  recipient: { id: `28:${crypto.randomUUID()}`, name: 'Bot' },
  conversation: { conversationType: 'personal', tenantId: crypto.randomUUID() },
  entities: [{ type: 'clientInfo', locale: 'nl-NL', country: 'NL', platform: 'Windows' }],
  channelData: { tenant: { id: crypto.randomUUID() }, source: { name: 'message' } },
}

/** From `/v3/conversations/ID/activities`, with or without the id of a message. */
function conversationIn({ url = '' }: IncomingMessage): string {
  return decodeURIComponent(url.split('/')[3] ?? '')
}

function post(url: string, body: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
    const sending = request(url, { method: 'POST', agent, headers }, async (response) => {
      const answer = await text(response)
      if (response.statusCode === 200) resolve(answer)
      else reject(new Error(`${url} answers ${response.statusCode}`))
    })
    sending.once('error', reject).end(body)
  })
}

function meanBytes(cards: readonly unknown[]): number {
  const bytes = cards.map((card) => Buffer.byteLength(JSON.stringify(card)))
  return bytes.reduce((sum, each) => sum + each, 0) / Math.max(1, bytes.length)
}
