import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { isSearch, type KnownActivity, parseActivity } from './activity.ts'
import type { BotAdapter, Caller, Claimed } from './bot-adapter.ts'
import type { BotApplication } from './bot-application.ts'
import type { BotIdentity } from './bot-identity.ts'
import { UnknownCallerError } from './caller-token.ts'
import { conversationKeyOf } from './conversation-key.ts'
import { isPersonal } from './is-personal.ts'
import { isLoopbackUrl, isThisMachine } from './loopback.ts'
import type { Metrics } from './metrics.ts'
import type { RateLimits } from './rate-limits.ts'
import { type Refusal, refuse, refuseFor } from './refusal.ts'
import { noteActivity, notesOf } from './request-log.ts'
import type { createSayTooFast } from './say-too-fast.ts'

export type ReceiverParts = {
  identity: BotIdentity | undefined
  adapter: BotAdapter
  application: BotApplication
  limits: RateLimits
  metrics: Metrics
  sayTooFast: ReturnType<typeof createSayTooFast>
  /**
   * The server is public without an app id, and channels are not served: a proxy may make everybody look like this
   * machine.
   */
  isForPagesOnly: boolean
}

/** The two sides of `POST /api/messages`: before the body is read, and after. */
export function createReceiver(parts: ReceiverParts): {
  refuseStrangers: RequestHandler
  receive: RequestHandler
} {
  const { identity, adapter, application, limits, metrics, sayTooFast, isForPagesOnly } = parts

  const refuseStrangers: RequestHandler = async (request, response, next) => {
    if (isForPagesOnly) return refuse(response, 'pages-only')
    if (identity === undefined && !isThisMachine(request)) return refuse(response, 'not-this-machine')
    if (!adapter.mayKnow(authorizationOf(request))) return turnAway(request, response)
    next()
  }

  const receive: RequestHandler = async (request, response) => {
    const activity = parseActivity(request.body)
    if (activity === undefined) return refuse(response, 'not-an-activity')
    noteActivity(response, activity)
    const doubt = doubtAbout(activity.serviceUrl, identity)
    if (doubt !== undefined) return refuse(response, doubt)

    try {
      const caller = await adapter.authenticate(claimedBy(request.body), authorizationOf(request))
      if (activity.type === 'other') {
        notesOf(response).outcome = 'ignored'
        response.status(200).end()
        return
      }
      await runTurn(activity, caller, response)
    } catch (error) {
      if (error instanceof UnknownCallerError) return turnAway(request, response)
      throw error
    }
  }

  async function runTurn(activity: KnownActivity, caller: Caller, response: Response): Promise<void> {
    const notes = notesOf(response)
    const conversation = conversationKeyOf(activity)
    const counted = isSearch(activity) ? JSON.stringify(['search', activity.from.id]) : conversation
    const pace = await limits.enter(counted)
    const isToldOnce = pace.isTooFast && pace.isFirst && isHeard(activity) && !isSearch(activity)
    if (pace.isTooFast && !isToldOnce) {
      return refuseFor(pace.seconds, response, 'too-fast')
    }
    if (pace.isTooFast) notes.outcome = 'too-fast'
    try {
      const answer = await adapter.receive(activity, caller, async (context) => {
        if (!pace.isTooFast) notes.outcome = await application.run(context, notes.log)
        else if (isPersonal(context)) await sayTooFast(conversation, context)
      })
      response.status(answer?.status ?? 200).send(answer?.body)
    } catch (error) {
      notes.outcome = 'failed'
      throw error
    } finally {
      if (!pace.isTooFast) limits.leave(counted)
      metrics.countTurn(notes.channel, notes.outcome)
    }
  }

  async function turnAway(request: Request, response: Response): Promise<void> {
    const pace = await limits.countStranger(request.socket.remoteAddress)
    if (!pace.isTooFast) return refuse(response, 'unknown-caller')
    notesOf(response).isRoutine = !pace.isFirst
    refuseFor(pace.seconds, response.set('Connection', 'close'), 'too-many-strangers')
  }

  return { refuseStrangers, receive }
}

/** Whether it is the client who says or presses something, and so hears an answer. */
function isHeard({ type }: KnownActivity): boolean {
  return type === 'message' || type === 'invoke'
}

// The reply carries the bot's own token, so it never goes over plain HTTP; only an issuer on this machine has channels
// on this machine.
function doubtAbout(serviceUrl: string | undefined, identity: BotIdentity | undefined): Refusal | undefined {
  if (serviceUrl === undefined) return undefined
  if (identity === undefined) return isLoopbackUrl(serviceUrl) ? undefined : 'distant-service-url'
  if (URL.parse(serviceUrl)?.protocol === 'https:') return undefined
  const isRehearsal = identity.issuer !== undefined && isLoopbackUrl(identity.issuer.metadata)
  return isRehearsal && isLoopbackUrl(serviceUrl) ? undefined : 'insecure-service-url'
}

const claim = z.object({ channelId: z.string().catch(''), serviceUrl: z.string().optional() })

/** An activity that the bot ignores need not say where it comes from; what it does say, the token must bear out. */
function claimedBy(body: unknown): Claimed {
  const { channelId, serviceUrl } = claim.parse(body)
  return { channelId, serviceUrl }
}

function authorizationOf({ headers }: Request): string {
  return headers.authorization ?? ''
}
