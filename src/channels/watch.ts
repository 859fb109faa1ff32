import { createHash, timingSafeEqual } from 'node:crypto'
import { type RequestHandler, Router } from 'express'
import { isThisMachine } from './loopback.ts'
import type { Metrics } from './metrics.ts'
import type { RateLimits } from './rate-limits.ts'
import { refuse, refuseFor } from './refusal.ts'
import { notesOf } from './request-log.ts'

export type WatchParts = {
  metrics: Metrics
  limits: RateLimits
  isReady: () => Promise<boolean>
  isStopping: () => boolean
  /** With one, the counts are for whoever shows it; without, for this machine. */
  metricsToken: string | undefined
  /** Others than this machine are served, perhaps through a proxy that looks like this machine: no counts without a token. */
  isPublic: boolean
}

/** What whoever watches over the server may ask: does it live, is it ready, what did it count. */
export function createWatch(parts: WatchParts): Router {
  const { metrics, limits, isReady, isStopping, metricsToken, isPublic } = parts

  const showMetrics: RequestHandler = async (request, response) => {
    if (metricsToken === undefined) {
      if (isPublic || !isThisMachine(request)) return refuse(response, 'metrics-elsewhere')
    } else if (!isSame(request.headers.authorization ?? '', `Bearer ${metricsToken}`)) {
      const pace = await limits.countStranger(request.socket.remoteAddress)
      if (pace.isTooFast) return refuseFor(pace.seconds, response, 'too-many-strangers')
      return refuse(response, 'unknown-caller')
    }
    const { type, text } = await metrics.read()
    response.type(type).send(text)
  }

  const router = Router()
  router.use(['/healthz', '/readyz', '/metrics'], (_request, response, next) => {
    notesOf(response).isRoutine = true
    response.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  router.get('/readyz', async (_request, response) => {
    if (isStopping()) return refuse(response, 'stopping')
    if (!(await isReady())) return refuse(response, 'storage-failed')
    response.json({ status: 'ready' })
  })
  router.get('/metrics', showMetrics)
  return router
}

/** Compares in the same time wherever the difference is. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}
