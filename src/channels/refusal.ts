import type { ErrorRequestHandler, Response } from 'express'
import { ForeignServiceUrlError, KeysUnavailableError, UnknownCallerError } from './caller-token.ts'
import { DeliveryError } from './converse.ts'
import { describeError } from './describe-error.ts'
import { notesOf } from './request-log.ts'

/** Every way in which a request is refused: the status, and one sentence for the developer of the caller. */
const refusals = {
  'not-an-activity': [400, 'not an activity of the Bot Framework protocol'],
  'not-json': [400, 'the body is not JSON'],
  'unreadable-form': [400, 'the body is not a form of ours'],
  'unknown-caller': [401, 'the caller is not known'],
  'foreign-service-url': [403, 'replies go only to the serviceUrl of the token'],
  'insecure-service-url': [403, 'replies go only to a serviceUrl with https'],
  'distant-service-url': [403, 'without an app id the bot replies to a serviceUrl on this machine only'],
  'not-this-machine': [403, 'without an app id the bot answers this machine only'],
  'pages-only': [403, 'with KLACHTWIJZER_PUBLIC_URL and without an app id only pages and chat are served'],
  'metrics-elsewhere': [
    403,
    'the counts are for this machine; set KLACHTWIJZER_METRICS_TOKEN to read them elsewhere',
  ],
  'no-token': [401, 'the token of a conversation is missing: send Authorization: Bearer and the token'],
  'bad-token': [401, 'the token is not one of this server, or was changed'],
  'bad-secret': [401, 'the secret is not DIRECT_LINE_SECRET of this server'],
  'token-expired': [403, 'the token has expired; tokens are refreshed with POST tokens/refresh before that'],
  'other-conversation': [403, 'the token is of another conversation'],
  'conversation-ended': [410, 'the client left this conversation, and all of it was erased; begin another'],
  'foreign-origin': [
    403,
    'pages of this origin may not use this chat; knowledge/embedding.yaml lists those that may',
  ],
  'no-direct-line-secret': [
    403,
    'the server gives no tokens here: set DIRECT_LINE_SECRET, or use POST /chat/ORGANISATION/token from a page',
  ],
  'nothing-here': [404, 'nothing here; this is Direct Line 3.0'],
  'unknown-organisation': [404, 'no organisation has this id'],
  'wrong-verb': [405, 'this address does not take that method'],
  'no-uploads': [415, 'files are not taken; send words'],
  'no-attachments': [415, 'attachments are not taken; send words'],
  'stream-without-upgrade': [426, 'this address is for a WebSocket'],
  'bad-activity': [400, 'not an activity of the Bot Framework protocol'],
  'bad-watermark': [400, 'the watermark is not one that this server gave'],
  'bad-token-request': [
    400,
    'user.id is a text that begins with dl_, trustedOrigins a list of origins, format replies or cards',
  ],
  'untrusted-origin': [
    400,
    'an origin in trustedOrigins is not listed for the organisation in knowledge/embedding.yaml',
  ],
  'too-many-requests': [429, 'too many requests from this address; send this one again later'],
  'too-many-conversations': [429, 'too many conversations were begun from this address; try again later'],
  'too-many-streams': [429, 'too many open streams from this address, or in all; try again later'],
  'azure-refused': [
    502,
    'Azure Direct Line gave no token: check AZURE_DIRECT_LINE_SECRET and the bot in Azure',
  ],
  'azure-silent': [504, 'Azure Direct Line did not answer in time; try again later'],
  'not-found': [404, 'nothing here; channels use POST /api/messages'],
  'wrong-method': [405, 'send activities with POST'],
  'body-too-large': [413, 'the body is too large'],
  'wrong-type': [415, 'the content type must be application/json'],
  'wrong-encoding': [415, 'the encoding of the body is not supported'],
  'too-fast': [429, 'too many activities in this conversation; send this one again later'],
  'too-many-strangers': [429, 'too many requests from this address that were refused'],
  'internal-error': [500, 'something went wrong here'],
  'not-delivered': [502, 'the channel did not take the replies'],
  'keys-unavailable': [503, 'the keys to know a caller by cannot be had now; send it again later'],
  stopping: [503, 'the server is stopping'],
  'storage-failed': [503, 'the storage cannot be read or written'],
} as const satisfies Record<string, readonly [number, string]>

export type Refusal = keyof typeof refusals

/** The status of a refusal, and its sentence. */
export function refusalOf(refusal: Refusal): { readonly status: number; readonly sentence: string } {
  const [status, sentence] = refusals[refusal]
  return { status, sentence }
}

/** Ends a request with the status and the sentence of a refusal. */
export function refuse(response: Response, refusal: Refusal): void {
  const [status, sentence] = refusals[refusal]
  notesOf(response).refusal = refusal
  if (status === 401) response.set('WWW-Authenticate', 'Bearer')
  response.status(status).json({ error: sentence })
}

/** Refuses what may be tried again after so many seconds. */
export function refuseFor(seconds: number, response: Response, refusal: Refusal): void {
  refuse(response.set('Retry-After', String(seconds)), refusal)
}

/** Turns what a handler threw into a refusal that says little; the log says more. */
export const refuseOnError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error)
  const refusal = classify(error)
  const [status, sentence] = refusals[refusal]
  if (status >= 500) notesOf(response).log.error(describeError(error), sentence)
  refuse(response, refusal)
}

function classify(error: unknown): Refusal {
  if (error instanceof DeliveryError) return 'not-delivered'
  if (error instanceof UnknownCallerError) return 'unknown-caller'
  if (error instanceof ForeignServiceUrlError) return 'foreign-service-url'
  if (error instanceof KeysUnavailableError) return 'keys-unavailable'
  return refusalOfBody(error)
}

/** Why a body could not be read, by the status on the error of what reads it; anything else is a fault here. */
export function refusalOfBody(error: unknown): Refusal {
  switch (statusOf(error)) {
    case 400:
      return 'not-json'
    case 413:
      return 'body-too-large'
    case 415:
      return 'wrong-encoding'
    default:
      return 'internal-error'
  }
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && 'status' in error ? error.status : undefined
}
