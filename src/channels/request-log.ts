import { randomUUID } from 'node:crypto'
import { ActivityTypes } from 'botbuilder'
import type { RequestHandler, Response } from 'express'
import type { ParsedActivity } from './activity.ts'
import type { Log } from './log.ts'

/** What the handlers of one request leave behind for its line in the log. */
export type RequestNotes = {
  log: Log
  type?: string
  channel?: string | undefined
  outcome?: string
  reason?: string
}

/** Gives each request a log of its own, with a request id, and writes one line when its answer is sent. */
export function logRequests(log: Log): RequestHandler {
  return (request, response, next) => {
    const began = performance.now()
    const own = log.child({ requestId: randomUUID() })
    const notes: RequestNotes = { log: own }
    response.locals.notes = notes
    response.once('close', () => {
      const { log: _, ...noted } = notes
      const milliseconds = Math.round(performance.now() - began)
      const details = { method: request.method, status: response.statusCode, milliseconds, ...noted }
      if (response.statusCode >= 400) own.warn(details, 'request refused')
      else own.info(details, 'request answered')
    })
    next()
  }
}

export function notesOf(response: Response): RequestNotes {
  return response.locals.notes
}

const knownTypes: readonly string[] = Object.values(ActivityTypes)

/** What a caller sends is free text, so only values of the protocol get into the log. */
export function noteActivity(response: Response, activity: ParsedActivity): void {
  const notes = notesOf(response)
  notes.type = knownTypes.includes(activity.type) ? activity.type : 'other'
  if ('channelId' in activity && /^[a-z]{1,20}$/.test(activity.channelId)) notes.channel = activity.channelId
}
