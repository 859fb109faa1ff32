import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express, type RequestHandler, type Response } from 'express'
import { BotAdapter } from './bot-adapter.ts'
import { type BotApplicationParts, createBotApplication } from './bot-application.ts'
import type { BotIdentity } from './bot-identity.ts'
import {
  createDirectLine,
  type DirectLine,
  type DirectLineSettings,
} from './direct-line/create-direct-line.ts'
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
import type { WidgetProgram } from './widget/widget-program.ts'
import { createWidgetRoutes } from './widget/widget-routes.ts'

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
  /** With it, Direct Line is served too. */
  directLine?: DirectLineSettings | undefined
  /** With it and Direct Line, the chat for browsers is served too. */
  widget?: WidgetProgram | undefined
  /**
   * Where others than this machine reach the pages and Direct Line, such as `https://chat.example.nl`. With it and
   * without an identity, the server may listen on other hosts, and no channel of the Bot Framework is served.
   */
  publicUrl?: string | undefined
}

export type BotServer = {
  app: Express
  directLine: DirectLine | undefined
  /**
   * Starts listening, on any free port for 0. Gives the address, as `http://127.0.0.1:3978`. Rejects when the port is
   * taken, or when the host is not this machine and there is no identity.
   */
  listen(port: number, host: string): Promise<string>
  /** Takes no more requests, and resolves when the turns in flight are done. */
  close(): Promise<void>
}

/**
 * Builds the bot's HTTP server: `POST /api/messages` for channels, the pages without script under `/wijzer`, Direct Line,
 * the chat for browsers (`/`, `/chat`, `/embed`, `/widget.js`), and `GET /healthz`, `/readyz` and `/metrics` for whoever watches over it.
 */
export function createBotServer(parts: BotServerParts): BotServer {
  const { guide, identity, log, metricsToken, store, now, publicUrl } = parts
  const application = createBotApplication(parts)
  const adapter = new BotAdapter(identity)
  const limits = createRateLimits(parts.turnsPerMinute)
  const metrics = createMetrics([...knownChannels, pageChannel])
  const sayTooFast = createSayTooFast(guide, store)
  const receiver = createReceiver({
    identity,
    adapter,
    application,
    limits,
    metrics,
    sayTooFast,
    isForPagesOnly: identity === undefined && publicUrl !== undefined,
  })
  const isReady = createReadinessCheck(store, now, log)
  const underway = new Set<Response>()
  let isStopping = false
  const isPublic = identity !== undefined || publicUrl !== undefined
  const isServed = (request: IncomingMessage) => isPublic || isThisMachine(request)

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
      isPublic,
    }),
  )
  const directLine: DirectLine | undefined =
    parts.directLine &&
    createDirectLine({
      ...parts.directLine,
      guide,
      store,
      now,
      log,
      application,
      limits,
      metrics,
      sayTooFast,
      publicUrl,
      isDevelopment: !isPublic,
      isServed,
      isStopping: () => isStopping,
    })
  if (directLine !== undefined) app.use(directLine.routes)
  if (directLine !== undefined && parts.widget !== undefined) {
    const { startOf, frameAncestorsOf } = directLine
    const { embeddings } = parts.directLine ?? { embeddings: {} }
    app.use(
      createWidgetRoutes(
        { guide, now, limits, program: parts.widget, embeddings, startOf, frameAncestorsOf, publicUrl },
        isServed,
      ),
    )
  }
  if (parts.page !== undefined) {
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
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
      // Some clients offer HTTP/2 with each request, and go on with HTTP/1.1 where nobody takes it.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    app,
  )
  server.on('upgrade', (request, socket, head) => {
    if (directLine !== undefined) directLine.upgrade(request, socket, head)
    else socket.destroy()
  })
  return {
    app,
    directLine,
    listen(port, host) {
      return new Promise((resolve, reject) => {
        if (!isPublic && !isLoopbackHost(host)) {
          return reject(
            new Error(
              `Without an app id the bot listens on this machine only, and ${host} is not. Set MicrosoftAppId, KLACHTWIJZER_PUBLIC_URL, or HOST=127.0.0.1.`,
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
      const idling = setInterval(() => {
        server.closeIdleConnections()
        // The last replies go over the streams, so these close when no request is left.
        if (underway.size === 0) directLine?.closeStreams()
      }, 20)
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
