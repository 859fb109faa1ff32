import type { RequestHandler } from 'express'
import { refuseDirectLine } from './errors.ts'
import type { Origins } from './origins.ts'

/** How long a browser may remember what it may send, in seconds; none keeps it longer. */
const remembered = 7_200

/**
 * Lets pages of known origins call, and no others; a token narrows it further down. The headers are those that the
 * official Web Chat sends.
 */
export function createCors(origins: Origins): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers
    response.vary('Origin')
    if (!origins.isKnown(request)) return refuseDirectLine(response, 'foreign-origin')
    if (origin !== undefined) {
      response.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': 'Retry-After, X-Request-Id',
      })
    }
    if (request.method !== 'OPTIONS') return next()
    response
      .set({
        'Access-Control-Allow-Methods': 'GET, POST',
        'Access-Control-Allow-Headers':
          'authorization, content-type, x-requested-with, x-ms-bot-agent, x-ms-bot-user-agent',
        'Access-Control-Max-Age': String(remembered),
      })
      .status(204)
      .end()
  }
}
