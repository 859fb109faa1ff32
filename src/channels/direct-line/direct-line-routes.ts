import type { IncomingMessage } from 'node:http'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import type { Metrics } from '../metrics.ts'
import { clientAddress } from '../page/client-address.ts'
import type { Pace, RateLimits } from '../rate-limits.ts'
import type { Refusal } from '../refusal.ts'
import { notesOf } from '../request-log.ts'
import type { OpenConversation } from './conversation.ts'
import { directLinePath } from './direct-line-path.ts'
import { Refused, refuseDirectLine, refuseOnDirectLineError } from './errors.ts'
import type { Grant, Grants } from './grant.ts'
import { type Incoming, parseIncoming } from './incoming.ts'
import { readWatermark } from './read-watermark.ts'
import { activityId, directLineChannel } from './render-entry.ts'
import { activitySet, readEntries } from './streams.ts'
import type { Talk } from './talk.ts'
import { readBody, type Tokens, tokenAnswer } from './token-routes.ts'
import { bearerOf, type Visitors } from './visitors.ts'

export type RoutesParts = {
  grants: Grants
  tokens: Tokens
  visitors: Visitors
  open: (grant: Grant) => OpenConversation
  talk: Talk
  limits: RateLimits
  metrics: Metrics
  /** Where others reach this server, such as `https://chat.example.nl`; absent: where the request came. */
  publicUrl?: string | undefined
}

const start = z.object({ locale: z.string().max(100).optional().catch(undefined) }).catch({})

/** Direct Line 3.0, below its path. @param guards what comes before everything, such as CORS */
export function createDirectLineRoutes(guards: readonly RequestHandler[], parts: RoutesParts): Router {
  const { grants, tokens, visitors, open, talk, limits, metrics, publicUrl } = parts

  /** The answer that tells a client all that it needs to read. */
  function connection(request: Request, grant: Grant, after: number) {
    const renewed = tokenAnswer(grants, grant)
    const query = new URLSearchParams({ watermark: String(after), t: grants.toStreamToken(grant) })
    const stream = `${directLinePath}/conversations/${grant.conversation}/stream?${query}`
    return { ...renewed, streamUrl: `${socketBase(request, publicUrl)}${stream}` }
  }

  const refresh: RequestHandler = async (request, response) => {
    const grant = visitors.renewableGrantOf(request)
    orTooFast(await limits.countRead(clientAddress(request)))
    response.json(tokenAnswer(grants, grant))
  }

  const begin: RequestHandler = async (request, response) => {
    const grant = isToken(request) ? visitors.grantOf(request) : await tokens.forSecret(request)
    orTooFast(await limits.countRead(clientAddress(request)))
    const { locale } = start.parse(request.body ?? {})
    const isNew = await beginOnce(request, response, open(grant), locale)
    response.status(isNew ? 201 : 200).json(connection(request, grant, 0))
  }

  /** A secret may begin a conversation too; from then on the token counts. */
  function isToken(request: Request): boolean {
    const bearer = bearerOf(request)
    return bearer === undefined || grants.fromToken(bearer) !== undefined
  }

  async function beginOnce(
    request: Request,
    response: Response,
    conversation: OpenConversation,
    locale: string | undefined,
  ): Promise<boolean> {
    if (!(await talk.isNew(conversation))) return false
    orTooFast(await limits.countConversation(clientAddress(request)), 'too-many-conversations')
    await talk.begin(conversation, locale, notesOf(response).log)
    return true
  }

  const reconnect: RequestHandler = async (request, response) => {
    const { grant } = visitors.admit(request, request.params.id)
    orTooFast(await limits.countRead(clientAddress(request)))
    response.json(connection(request, grant, readWatermark(request.query.watermark)))
  }

  const read: RequestHandler = async (request, response) => {
    const { grant, log } = visitors.admit(request, request.params.id)
    orTooFast(await limits.countRead(clientAddress(request)))
    notesOf(response).isRoutine = true
    const page = await log.read(readWatermark(request.query.watermark))
    response.json(activitySet(readEntries(page), page.last, grant))
  }

  const post: RequestHandler = async (request, response) => {
    const incoming = parseIncoming(request.body)
    const isLeaving = incoming?.type === 'endOfConversation'
    const { id: named } = request.params
    const conversation = isLeaving ? visitors.admitToLeave(request, named) : visitors.admit(request, named)
    if (incoming === undefined) throw new Refused('bad-activity')
    const notes = notesOf(response)
    notes.channel = directLineChannel
    if (isLeaving) {
      // Somebody who goes too fast must still be able to leave.
      orTooFast(await limits.countRead(clientAddress(request)))
      await talk.end(conversation, notes.log)
      response.json({ id: activityId(conversation.grant.conversation, 0) })
      return
    }
    if (incoming.hasAttachments) throw new Refused('no-attachments')
    orTooFast(await limits.countPage(clientAddress(request), workOf(incoming)))
    await beginOnce(request, response, conversation, incoming.locale)
    if (incoming.type !== 'message') {
      notes.outcome = 'ignored'
      response.json({ id: activityId(conversation.grant.conversation, 0) })
      return
    }
    try {
      const { id, outcome } = await talk.post(conversation, incoming, notes.log)
      notes.outcome = outcome
      response.json({ id })
    } catch (error) {
      notes.outcome = error instanceof Refused ? 'too-fast' : 'failed'
      throw error
    } finally {
      metrics.countTurn(directLineChannel, notes.outcome)
    }
  }

  const upload: RequestHandler = (request, response) => {
    visitors.admit(request, request.params.id)
    // What follows is not read.
    refuseDirectLine(response.set('Connection', 'close'), 'no-uploads')
  }

  const router = Router()
  router.use(...guards)
  router.post('/tokens/generate', readBody, tokens.generate)
  router.post('/tokens/refresh', refresh)
  router.post('/conversations', readBody, begin)
  router.get('/conversations/:id', reconnect)
  router.get('/conversations/:id/activities', read)
  router.post('/conversations/:id/activities', readBody, post)
  router.post('/conversations/:id/upload', upload)
  router.get('/conversations/:id/stream', refuseWith('stream-without-upgrade'))
  router.all(
    ['/tokens/generate', '/tokens/refresh', '/conversations', '/conversations/:id/upload'],
    refuseWith('wrong-verb', 'POST'),
  )
  router.all('/conversations/:id/activities', refuseWith('wrong-verb', 'GET, POST'))
  router.all(['/conversations/:id', '/conversations/:id/stream'], refuseWith('wrong-verb', 'GET'))
  router.use(refuseWith('nothing-here'))
  router.use(refuseOnDirectLineError)
  return router
}

/** Words that come as the work of one turn: reading takes as much longer as there are more. */
const charactersPerTurn = 500

function workOf({ text = '' }: Incoming): number {
  return 1 + Math.floor(text.length / charactersPerTurn)
}

function orTooFast(pace: Pace, refusal: Refusal = 'too-many-requests'): void {
  if (pace.isTooFast) throw new Refused(refusal, pace.seconds)
}

function refuseWith(refusal: Refusal, allow?: string): RequestHandler {
  return (_request, response) => {
    if (allow !== undefined) response.set('Allow', allow)
    refuseDirectLine(response, refusal)
  }
}

/** Where a client opens its WebSocket: where it called, or where the proxy before us is reached. */
function socketBase({ headers }: IncomingMessage, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl.replace(/^http/, 'ws').replace(/\/$/, '')
  const isSecure = headers['x-forwarded-proto'] === 'https'
  return `${isSecure ? 'wss' : 'ws'}://${headers.host ?? 'localhost'}`
}
