import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express, type RequestHandler } from 'express'
import { parseActivity } from './activity.ts'
import { BotAdapter, type BotIdentity } from './bot-adapter.ts'
import { createBotApplication } from './bot-application.ts'
import { type ConverseParts, createConverse } from './converse.ts'
import type { Log } from './log.ts'
import { isLoopbackAddress, isLoopbackHeader, isLoopbackHost, isLoopbackUrl } from './loopback.ts'
import { refuse, refuseOnError } from './refusal.ts'
import { logRequests, noteActivity, notesOf } from './request-log.ts'

export type BotServerParts = ConverseParts & {
  log: Log
  /** Without one the bot serves this machine alone. */
  identity?: BotIdentity | undefined
}

export type BotServer = {
  app: Express
  /**
   * Starts listening, on any free port for 0. Gives the address, as `http://127.0.0.1:3978`. Rejects when the port is
   * taken, or when the host is not this machine and there is no identity.
   */
  listen(port: number, host: string): Promise<string>
  /** Takes no more requests, and resolves when the turns in flight are done. */
  close(): Promise<void>
}

/** Builds the bot's HTTP server: `POST /api/messages` for channels and `GET /healthz` for whoever watches over it. */
export function createBotServer(parts: BotServerParts): BotServer {
  const { identity, log } = parts
  const application = createBotApplication(createConverse(parts))
  const adapter = new BotAdapter(identity)
  const isTrusted = identity === undefined ? isLoopbackUrl : () => true

  const receive: RequestHandler = async (request, response) => {
    const activity = parseActivity(request.body)
    if (activity === undefined) return refuse(response, 400, 'not an activity of the Bot Framework protocol')
    noteActivity(response, activity)
    if (activity.serviceUrl !== undefined && !isTrusted(activity.serviceUrl)) {
      return refuse(response, 403, 'without an app id the bot replies to a serviceUrl on this machine only')
    }

    const authorization = request.headers.authorization ?? ''
    const notes = notesOf(response)
    if (activity.type === 'other') {
      await adapter.authenticate(request.body, authorization)
      notes.outcome = 'ignored'
      response.status(200).end()
      return
    }
    const answer = await adapter.receive(activity, authorization, async (context) => {
      notes.outcome = await application.run(context, notes.log)
    })
    response.status(answer?.status ?? 200).send(answer?.body)
  }

  const app = express().disable('x-powered-by').disable('etag')
  app.use(logRequests(log))
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  app
    .route('/api/messages')
    .post(
      refuseStrangersUnless(identity !== undefined),
      requireJson,
      express.json({ limit: '256kb' }),
      receive,
    )
    .all((_request, response) => refuse(response.set('Allow', 'POST'), 405, 'send activities with POST'))
  app.use((_request, response) => refuse(response, 404, 'nothing here; channels use POST /api/messages'))
  app.use(refuseOnError)

  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, app)
  return {
    app,
    listen(port, host) {
      return new Promise((resolve, reject) => {
        if (identity === undefined && !isLoopbackHost(host)) {
          return reject(
            new Error(
              `Without an app id the bot listens on this machine only, and ${host} is not. Set MicrosoftAppId, or HOST=127.0.0.1.`,
            ),
          )
        }
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          resolve(addressOf(server.address() as AddressInfo))
        })
      })
    },
    async close() {
      // A connection that was busy at the close stays open for the next request of its client, unless it is closed here.
      const idling = setInterval(() => server.closeIdleConnections(), 20)
      await new Promise<void>((resolve) => server.close(() => resolve()))
      clearInterval(idling)
      await application.idle()
    },
  }
}

// The Host header keeps out web pages that had their own name point to this machine.
function refuseStrangersUnless(isKnown: boolean): RequestHandler {
  return (request, response, next) => {
    const { headers, socket } = request
    if (isKnown || (isLoopbackAddress(socket.remoteAddress) && isLoopbackHeader(headers.host))) return next()
    refuse(response, 403, 'without an app id the bot answers this machine only')
  }
}

const requireJson: RequestHandler = (request, response, next) => {
  if (request.is('application/json')) return next()
  refuse(response, 415, 'the content type must be application/json')
}

function addressOf({ address, port, family }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
