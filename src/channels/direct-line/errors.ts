import type { ErrorRequestHandler, Response } from 'express'
import { StorageError } from '../../storage/storage-error.ts'
import { DeliveryError } from '../converse.ts'
import { describeError } from '../describe-error.ts'
import { type Refusal, refusalOf, refusalOfBody } from '../refusal.ts'
import { notesOf } from '../request-log.ts'

/** The code that Direct Line gives for a refusal; those not named here are `ServiceError` from 500 on, else `BadArgument`. */
const codes: Partial<Record<Refusal, string>> = {
  'no-token': 'Unauthorized',
  'bad-token': 'Unauthorized',
  'bad-secret': 'Unauthorized',
  'token-expired': 'TokenExpired',
  'other-conversation': 'Forbidden',
  'conversation-ended': 'NotFound',
  'foreign-origin': 'Forbidden',
  'not-this-machine': 'Forbidden',
  'no-direct-line-secret': 'Forbidden',
  'nothing-here': 'NotFound',
  'unknown-organisation': 'NotFound',
  'wrong-verb': 'NotSupported',
  'no-uploads': 'NotSupported',
  'no-attachments': 'NotSupported',
  'stream-without-upgrade': 'NotSupported',
  'body-too-large': 'MessageSizeTooBig',
  'too-fast': 'RateLimited',
  'too-many-requests': 'RateLimited',
  'too-many-conversations': 'RateLimited',
  'too-many-streams': 'RateLimited',
}

/** A refusal as Direct Line tells it: the status, and the body. */
export function directLineError(refusal: Refusal): {
  readonly status: number
  readonly body: { readonly error: { readonly code: string; readonly message: string } }
} {
  const { status, sentence } = refusalOf(refusal)
  const code = codes[refusal] ?? (status >= 500 ? 'ServiceError' : 'BadArgument')
  return { status, body: { error: { code, message: sentence } } }
}

/** Ends a request with a refusal. @param seconds after which it may be tried again */
export function refuseDirectLine(response: Response, refusal: Refusal, seconds?: number): void {
  const { status, body } = directLineError(refusal)
  notesOf(response).refusal = refusal
  if (status === 401) response.set('WWW-Authenticate', 'Bearer')
  if (seconds !== undefined) response.set('Retry-After', String(seconds))
  response.status(status).json(body)
}

/** Something that a handler cannot go on without, refused. */
export class Refused extends Error {
  override name = 'Refused'
  readonly refusal: Refusal
  readonly seconds: number | undefined

  constructor(refusal: Refusal, seconds?: number) {
    super(refusal)
    this.refusal = refusal
    this.seconds = seconds
  }
}

/** Turns what a handler threw into an answer that says little; the log says more. */
export const refuseOnDirectLineError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error)
  if (error instanceof Refused) return refuseDirectLine(response, error.refusal, error.seconds)
  const refusal = classify(error)
  if (directLineError(refusal).status >= 500) {
    notesOf(response).log.error(describeError(error), refusalOf(refusal).sentence)
  }
  refuseDirectLine(response, refusal)
}

/** The log is the way to the client here: what cannot be written there cannot be delivered. */
function classify(error: unknown): Refusal {
  const isOfStorage = error instanceof DeliveryError || error instanceof StorageError
  return isOfStorage ? 'storage-failed' : refusalOfBody(error)
}
