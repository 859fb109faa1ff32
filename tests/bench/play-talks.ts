import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Step, Talk } from './talks.ts'

/** One way to talk to the bot. */
export type BenchChannel = {
  /** Holds the talks, each in a new conversation; gives the turns a second after the greeting. */
  play(talks: readonly Talk[]): Promise<number>
}

/** A conversation that was begun. */
export type Begun = { step(step: Step): Promise<void>; end(): void }

/** Conversations that go on at the same time. */
const atOnce = 8

/** Begins all conversations, and then measures how long their steps take. */
export async function playTalks(
  talks: readonly Talk[],
  begin: (post: Post) => Promise<Begun>,
): Promise<number> {
  // A server closes what was idle between two rounds.
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const post: Post = (url, body, headers) => postJson(agent, url, body, headers)
  const begun: { talk: Talk; conversation: Begun }[] = []
  await together([...talks], async (talk) => {
    begun.push({ talk, conversation: await begin(post) })
  })
  const start = performance.now()
  await together([...begun], async ({ talk, conversation }) => {
    for (const step of talk) await conversation.step(step)
  })
  const seconds = (performance.now() - start) / 1000
  for (const { conversation } of begun) conversation.end()
  agent.destroy()
  return talks.flat().length / seconds
}

async function together<T>(waiting: T[], work: (one: T) => Promise<void>): Promise<void> {
  const next = async () => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) await work(one)
  }
  await Promise.all(Array.from({ length: atOnce }, next))
}

/** Posts JSON, and gives the answer; throws when it is not one of success. */
export type Post = (url: string, body: object, headers?: Record<string, string>) => Promise<string>

function postJson(
  agent: Agent,
  url: string,
  body: object,
  more: Record<string, string> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const bytes = JSON.stringify(body)
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(bytes),
      ...more,
    }
    const sending = request(url, { method: 'POST', agent, headers }, async (response) => {
      const answer = await text(response)
      const { statusCode = 0 } = response
      if (statusCode < 300) resolve(answer)
      else reject(new Error(`${url} answers ${statusCode}: ${answer}`))
    })
    sending.once('error', reject).end(bytes)
  })
}
