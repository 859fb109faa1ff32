import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { type KnownActivity, parseActivity } from './activity.ts'
import type { BotAdapter, BotIdentity, Caller, Claimed } from './bot-adapter.ts'
import type { BotApplication } from './bot-application.ts'
import { UnknownCallerError } from './caller-token.ts'
import { isLoopbackAddress, isLoopbackHeader, isLoopbackUrl } from './loopback.ts'
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
}

/** The two sides of `POST /api/messages`: before the body is read, and after. */
export function createReceiver(parts: ReceiverParts): {
  refuseStrangers: RequestHandler
  receive: RequestHandler
} {
  const { identity, adapter, application, limits, metrics, sayTooFast } = parts

  const refuseStrangers: RequestHandler = async (request, response, next) => {
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
    // The same name as that of the stored conversation.
    const conversation = JSON.stringify([activity.channelId, activity.conversation.id])
    const pace = await limits.enter(conversation)
    if (pace.isTooFast && !pace.isFirst) return refuseFor(pace.seconds, response, 'too-fast')
    if (pace.isTooFast) notes.outcome = 'too-fast'
    try {
      const answer = await adapter.receive(activity, caller, async (context) => {
        if (pace.isTooFast) await sayTooFast(conversation, context, notes.log)
        else notes.outcome = await application.run(context, notes.log)
      })
      response.status(answer?.status ?? 200).send(answer?.body)
    } catch (error) {
      notes.outcome = 'failed'
      throw error
    } finally {
      if (!pace.isTooFast) limits.leave(conversation)
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

/** Says whether a request comes from this machine, and not from a page elsewhere that had its own name point to it. */
export function isThisMachine({ headers, socket }: Request): boolean {
  return isLoopbackAddress(socket.remoteAddress) && isLoopbackHeader(headers.host)
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
