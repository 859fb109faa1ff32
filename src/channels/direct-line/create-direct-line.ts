import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RequestHandler, Router } from 'express'
import type { ActivityLog } from '../../storage/activity-log.ts'
import type { Random } from '../../storage/cipher.ts'
import type { ConversationStore } from '../../storage/conversation-store.ts'
import type { BotApplication } from '../bot-application.ts'
import { describeError } from '../describe-error.ts'
import type { Guide } from '../guide.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { RateLimits } from '../rate-limits.ts'
import type { createSayTooFast } from '../say-too-fast.ts'
import { openConversation } from './conversation.ts'
import { createCors } from './cors.ts'
import { directLinePath } from './direct-line-path.ts'
import { createDirectLineRoutes } from './direct-line-routes.ts'
import type { Embedding } from './embedding.ts'
import { refuseDirectLine } from './errors.ts'
import type { AzureDirectLine } from './exchange-token.ts'
import { createGrants, type Grant } from './grant.ts'
import { createOrigins } from './origins.ts'
import { createStartOf, type StartOptions } from './start-of.ts'
import { createStreamUpgrade, type StreamLimits } from './stream-upgrade.ts'
import { createStreams } from './streams.ts'
import { createTalk } from './talk.ts'
import { createPageTokenRoute, createTokens } from './token-routes.ts'
import { createVisitors } from './visitors.ts'
import type { WireStart } from './wire.ts'

/** What an operator may set. */
export type DirectLineSettings = {
  /** 32 bytes, for nothing but this. */
  secret: Buffer
  random: Random
  activities: ActivityLog
  /** By id of the organisation. */
  embeddings: Readonly<Record<string, Embedding>>
  /** Whoever shows it gets tokens. */
  clientSecret?: string | undefined
  azure?: AzureDirectLine | undefined
  streamLimits?: StreamLimits | undefined
  /** How often clients on a stream must show that they are there, in milliseconds. */
  keepalive?: number | undefined
}

export type DirectLineParts = DirectLineSettings & {
  guide: Guide
  store: ConversationStore
  now: () => Date
  log: Log
  application: BotApplication
  limits: RateLimits
  metrics: Metrics
  sayTooFast: ReturnType<typeof createSayTooFast>
  publicUrl: string | undefined
  /** Only this machine is served, to whoever develops. */
  isDevelopment: boolean
  isServed: (request: IncomingMessage) => boolean
  isStopping: () => boolean
}

/** Direct Line 3.0 in this process, for the widget and for Web Chats of others. */
export type DirectLine = {
  routes: Router
  /** For the `upgrade` event of the server. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** What a page of ours holds for its program. */
  startOf: (options: StartOptions) => WireStart
  /** The directive for the `Content-Security-Policy` of a page of ours that may stand in a frame. */
  frameAncestorsOf: (organisation: string | undefined) => string
  /** Closes the streams, when the turns in flight are done. */
  closeStreams(): void
}

const usualStreams: StreamLimits = { ofAddress: 200, inAll: 20_000 }
const usualKeepalive = 30_000

export function createDirectLine(parts: DirectLineParts): DirectLine {
  const { guide, store, now, log, random, activities, metrics, isServed, isStopping } = parts
  const open = (grant: Grant) => openConversation(grant, activities, store, random)
  const grants = createGrants(parts.secret, now, random)
  const origins = createOrigins(parts)
  const visitors = createVisitors({ grants, origins, open, isServed, now })
  const streams = createStreams(parts.keepalive ?? usualKeepalive, (error) =>
    log.error(describeError(error), 'the log of a conversation could not be read for a stream'),
  )
  const talk = createTalk({ ...parts, streams })
  const tokens = createTokens({ ...parts, grants, origins })

  const refuseOthers: RequestHandler = (request, response, next) =>
    isServed(request) ? next() : refuseDirectLine(response, 'not-this-machine')
  const keepNothing: RequestHandler = (_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
    next()
  }
  const guards = [refuseOthers, keepNothing, createCors(origins)]
  const routes = Router()
  routes.use('/chat', createPageTokenRoute(guards, tokens))
  routes.use(
    directLinePath,
    createDirectLineRoutes(guards, { ...parts, grants, tokens, visitors, open, talk }),
  )

  return {
    routes,
    upgrade: createStreamUpgrade({
      streams,
      visitors,
      limits: parts.streamLimits ?? usualStreams,
      pace: parts.limits,
      metrics,
      isStopping,
    }),
    startOf: createStartOf(guide, grants, now),
    frameAncestorsOf: origins.frameAncestorsOf,
    closeStreams: streams.close,
  }
}
