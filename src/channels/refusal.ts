import { AuthenticationError } from 'botframework-connector'
import type { ErrorRequestHandler, Response } from 'express'
import { DeliveryError } from './converse.ts'
import { describeError } from './describe-error.ts'
import { notesOf } from './request-log.ts'

/** Ends a request with a status and one sentence for the developer of the caller. */
export function refuse(response: Response, status: number, reason: string): void {
  notesOf(response).reason = reason
  response.status(status).json({ error: reason })
}

/** Turns what a handler threw into a refusal that says little; the log says more. */
export const refuseOnError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error)
  const { status, reason } = classify(error)
  if (status >= 500) notesOf(response).log.error(describeError(error), reason)
  refuse(response, status, reason)
}

function classify(error: unknown): { status: number; reason: string } {
  if (error instanceof DeliveryError) return { status: 502, reason: 'the channel did not take the replies' }
  if (error instanceof AuthenticationError) return { status: 401, reason: 'the caller is not known' }
  switch (statusOf(error)) {
    case 400:
      return { status: 400, reason: 'the body is not JSON' }
    case 413:
      return { status: 413, reason: 'the body is too large' }
    case 415:
      return { status: 415, reason: 'the encoding of the body is not supported' }
    default:
      return { status: 500, reason: 'something went wrong here' }
  }
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && 'status' in error ? error.status : undefined
}
