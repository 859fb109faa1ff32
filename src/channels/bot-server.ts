import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import { BotAdapter } from './bot-adapter.ts'
import { type BotApplicationParts, createBotApplication } from './bot-application.ts'
import type { BotIdentity } from './bot-identity.ts'
import type { Log } from './log.ts'
import { isLoopbackHost, isThisMachine } from './loopback.ts'
import { createMetrics } from './metrics.ts'
import { createPageRoutes, type PageParts } from './page/page-routes.ts'
import { pageChannel, pagePath } from './page/page-turns.ts'
import { createRateLimits } from './rate-limits.ts'
import { createReadinessCheck } from './readiness.ts'
import { createReceiver } from './receive-activities.ts'
import { refuse, refuseOnError } from './refusal.ts'
import { knownChannels, logRequests } from './request-log.ts'
import { createSayTooFast } from './say-too-fast.ts'
import { createWatch } from './watch.ts'

export type BotServerParts = BotApplicationParts & {
  log: Log
  /** Without one the bot serves this machine alone. */
  identity?: BotIdentity | undefined
  /** Lets others than this machine read the counts. */
  metricsToken?: string | undefined
  /** How many activities of one conversation are answered in a minute. */
  turnsPerMinute?: number | undefined
  /** With it, the pages without script are served too. */
  page?: Pick<PageParts, 'secret' | 'lifetime' | 'random'> | undefined
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

/**
 * Builds the bot's HTTP server: `POST /api/messages` for channels, the pages without script under `/wijzer`, and
 * `GET /healthz`, `/readyz` and `/metrics` for whoever watches over it.
 */
export function createBotServer(parts: BotServerParts): BotServer {
  const { guide, identity, log, metricsToken, store, now } = parts
  const application = createBotApplication(parts)
  const adapter = new BotAdapter(identity)
  const limits = createRateLimits(parts.turnsPerMinute)
  const metrics = createMetrics([...knownChannels, pageChannel])
  const sayTooFast = createSayTooFast(guide, store)
  const receiver = createReceiver({ identity, adapter, application, limits, metrics, sayTooFast })
  const isReady = createReadinessCheck(store, now, log)
  const underway = new Set<Response>()
  let isStopping = false

  const app = express().disable('x-powered-by').disable('etag')
  app.use(logRequests(log, metrics))
  app.use((_request, response, next) => {
    underway.add(response)
    response.once('close', () => underway.delete(response))
    next()
  })
  app.use(
    createWatch({
      metrics,
      limits,
      isReady,
      isStopping: () => isStopping,
      metricsToken,
      isPublic: identity !== undefined,
    }),
  )
  if (parts.page !== undefined) {
    const isServed = (request: Request) => identity !== undefined || isThisMachine(request)
    app.use(
      pagePath,
      createPageRoutes({ ...parts.page, guide, now, limits, metrics, fillSlots: parts.fillSlots }, isServed),
    )
  }
  app
    .route('/api/messages')
    .post(receiver.refuseStrangers, requireJson, express.json({ limit: '256kb' }), receiver.receive)
    .all((_request, response) => refuse(response.set('Allow', 'POST'), 'wrong-method'))
  app.use((_request, response) => refuse(response, 'not-found'))
  app.use(refuseOnError)

  // Whoever sends slowly, or nothing, gives way: headers within 10 seconds and all of it within 30, looked at each 5.
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 },
    app,
  )
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
      isStopping = true
      // Tells their clients to send nothing more on the same connection; some do so all the same.
      for (const response of underway) response.shouldKeepAlive = false
      const idling = setInterval(() => server.closeIdleConnections(), 20)
      await new Promise<void>((resolve) => server.close(() => resolve()))
      clearInterval(idling)
      await application.idle()
      adapter.close()
    },
  }
}

const requireJson: RequestHandler = (request, response, next) => {
  if (request.is('application/json')) return next()
  refuse(response, 'wrong-type')
}

function addressOf({ address, port, family }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
