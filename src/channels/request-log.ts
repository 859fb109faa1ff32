import { randomUUID } from 'node:crypto'
import { ActivityTypes, Channels } from 'botbuilder'
import type { RequestHandler, Response } from 'express'
import type { ParsedActivity } from './activity.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Refusal } from './refusal.ts'

/** What the handlers of one request leave behind for its line in the log. */
export type RequestNotes = {
  log: Log
  type?: string
  channel?: string
  outcome?: string
  refusal?: Refusal
  /** Nobody needs to read of it at the usual level. */
  isRoutine?: boolean
}

/**
 * Gives each request an id, which the caller gets in `X-Request-Id`, and a log of its own; when its answer is sent it is
 * counted, and one line is written.
 */
export function logRequests(log: Log, metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const began = performance.now()
    const requestId = randomUUID()
    const own = log.child({ requestId })
    const notes: RequestNotes = { log: own }
    response.locals.notes = notes
    response.set('X-Request-Id', requestId)
    response.once('close', () => {
      const { log: _, isRoutine, ...noted } = notes
      const milliseconds = Math.round(performance.now() - began)
      // The caller went away before its answer: nginx calls that 499.
      const status = response.writableFinished ? response.statusCode : 499
      metrics.countRequest(status)
      if (notes.refusal !== undefined) metrics.countRefusal(notes.refusal)
      const level = isRoutine ? 'debug' : status >= 400 ? 'warn' : 'info'
      const message = status >= 400 ? 'request refused' : 'request answered'
      own[level]({ method: request.method, status, milliseconds, ...noted }, message)
    })
    next()
  }
}

export function notesOf(response: Response): RequestNotes {
  return response.locals.notes
}

const knownTypes: readonly string[] = Object.values(ActivityTypes)
/** The channels that a line in the log, or a count, may name. */
export const knownChannels: readonly string[] = [...Object.values(Channels), 'other']

/** What a caller sends is free text, so only values of the protocol get into the log. */
export function noteActivity(response: Response, activity: ParsedActivity): void {
  const notes = notesOf(response)
  notes.type = knownTypes.includes(activity.type) ? activity.type : 'other'
  if ('channelId' in activity) {
    notes.channel = knownChannels.includes(activity.channelId) ? activity.channelId : 'other'
  }
}
