import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { json } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import type { Activity, ResourceResponse } from 'botbuilder'

/**
 * The service of a channel that takes the bot's messages: Bot Connector API v3.1. Every call may throw: a
 * `ConnectorError` where the channel refuses, the error of the connection where it is not reached.
 */
export type Connector = {
  /** Sends a message, as an answer where it says to which; gives its id where the channel does. */
  send(activity: Partial<Activity>): Promise<ResourceResponse | undefined>
  /** Puts another message in the place of the one with its id. */
  update(activity: Partial<Activity>): Promise<ResourceResponse | undefined>
  remove(conversation: Place, message: string): Promise<void>
  close(): void
}

/** Where a conversation is held. */
export type Place = { readonly serviceUrl: string; readonly conversationId: string }

/** The channel did not do what was asked; `statusCode` is what it answered. The message quotes nothing. */
export class ConnectorError extends Error {
  override name = 'ConnectorError'
  readonly statusCode: number
  constructor(method: string, statusCode: number) {
    super(`the channel answered a ${method} with ${statusCode}`)
    this.statusCode = statusCode
  }
}

/** How long one call may take, in milliseconds. */
const callLimit = 15_000
const tries = 3
/** How long to wait before the second try, in milliseconds, when the channel does not say; doubled for the third. */
const firstPause = 500
/** The longest wait that a channel can ask for and get, in milliseconds: the client waits too. */
const longestPause = 5_000
/** Teams asks to try again after these: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
const passing: ReadonlySet<number> = new Set([412, 429, 502, 503, 504])

/**
 * Calls the service itself, over connections that are kept open. The SDK's own client makes a pipeline of a dozen steps
 * for each call, and costs more than all the rest of a turn.
 * @param tokenFor gives the bot's token for the channel; undefined where channels ask for none
 */
export function createConnector(tokenFor: (() => Promise<string>) | undefined): Connector {
  const kept = { keepAlive: true, timeout: callLimit, proxyEnv: process.env }
  const http = new HttpAgent(kept)
  const https = new HttpsAgent(kept)

  async function call(method: string, url: URL, content?: unknown): Promise<ResourceResponse | undefined> {
    const body = content === undefined ? undefined : Buffer.from(JSON.stringify(content))
    for (let count = 1; ; count += 1) {
      const answer = await attempt(method, url, body)
      const status = answer.statusCode ?? 0
      if (status >= 200 && status < 300) return readId(answer)
      answer.resume()
      if (!passing.has(status) || count === tries) throw new ConnectorError(method, status)
      await pause(pauseAfter(answer, count))
    }
  }

  /** Once more when a kept connection was closed by the other side at the very moment that it was used. */
  async function attempt(method: string, url: URL, body: Buffer | undefined): Promise<IncomingMessage> {
    const token = await tokenFor?.()
    const headers = {
      Accept: 'application/json',
      'User-Agent': 'klachtwijzer',
      ...(body && { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    }
    const start = () =>
      url.protocol === 'http:'
        ? requestHttp(url, { method, headers, agent: http, timeout: callLimit })
        : requestHttps(url, { method, headers, agent: https, timeout: callLimit })
    const calling = start()
    try {
      return await answerOf(calling, body)
    } catch (error) {
      if (!calling.reusedSocket || !isClosedByOther(error)) throw error
      return answerOf(start(), body)
    }
  }

  return {
    send: (activity) => call('POST', placeOf(activity, activity.replyToId), activity),
    update: (activity) => call('PUT', placeOf(activity, activity.id), activity),
    async remove(conversation, message) {
      await call('DELETE', urlOf(conversation, message))
    },
    close() {
      http.destroy()
      https.destroy()
    },
  }
}

function placeOf({ serviceUrl = '', conversation }: Partial<Activity>, message: string | undefined): URL {
  return urlOf({ serviceUrl, conversationId: conversation?.id ?? '' }, message)
}

/** @throws TypeError when the service URL is none */
function urlOf({ serviceUrl, conversationId }: Place, message: string | undefined): URL {
  const base = serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`
  const path = ['v3', 'conversations', conversationId, 'activities', ...(message ? [message] : [])]
  return new URL(base + path.map(encodeURIComponent).join('/'))
}

function answerOf(calling: ClientRequest, body: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    calling.once('response', resolve)
    calling.once('error', reject)
    calling.once('timeout', () => calling.destroy(new Error(`no answer within ${callLimit} milliseconds`)))
    calling.end(body)
  })
}

/** Some channels answer with nothing, or with something that is no JSON. */
async function readId(answer: IncomingMessage): Promise<ResourceResponse | undefined> {
  try {
    const read: unknown = await json(answer)
    const id = typeof read === 'object' && read !== null && 'id' in read ? read.id : undefined
    return typeof id === 'string' ? { id } : undefined
  } catch {
    return undefined
  }
}

function isClosedByOther(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

/** In milliseconds, by the channel's `Retry-After` in seconds where it gives one. */
function pauseAfter({ headers }: IncomingMessage, count: number): number {
  const asked = Number(headers['retry-after'])
  return Number.isFinite(asked) && asked > 0
    ? Math.min(asked * 1000, longestPause)
    : firstPause * 2 ** (count - 1)
}
