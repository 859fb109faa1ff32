import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import pino from 'pino'
import { createMetrics } from '../../src/channels/metrics.ts'
import { createRateLimits } from '../../src/channels/rate-limits.ts'
import { logRequests } from '../../src/channels/request-log.ts'
import { createWatch, type WatchParts } from '../../src/channels/watch.ts'

export type RunningWatch = { address: string; close(): Promise<void> }

/** The routes for whoever watches over the server, on a server of their own. */
export async function startWatch(parts: Partial<WatchParts> = {}): Promise<RunningWatch> {
  const metrics = createMetrics(['msteams', 'other'])
  const app = express()
  app.use(logRequests(pino({ level: 'silent' }), metrics))
  app.use(
    createWatch({
      metrics,
      limits: createRateLimits(),
      isReady: async () => true,
      isStopping: () => false,
      metricsToken: undefined,
      isPublic: false,
      ...parts,
    }),
  )
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
