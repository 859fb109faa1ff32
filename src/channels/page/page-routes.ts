import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express'
import { describeError } from '../describe-error.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { notesOf } from '../request-log.ts'
import { setPageHeaders } from './page-headers.ts'
import { pageStyle } from './page-style.ts'
import { createPageTurns, type PageApology, type PageParts, pagePath } from './page-turns.ts'

export type { PageParts } from './page-turns.ts'

/**
 * The conversation as plain pages without script, under `pagePath`: `GET` shows the start, of any organisation or of the
 * one in the address, and each `POST` of a form is one turn. Whatever goes wrong, the client reads what to do next.
 *
 * @param isServed false for callers that get nothing, as those of other machines without an app id
 */
export function createPageRoutes(parts: PageParts, isServed: (request: Request) => boolean): Router {
  const turns = createPageTurns(parts)

  const refuseOthers: RequestHandler = (request, response, next) =>
    isServed(request) ? next() : refuse(response, 'not-this-machine')

  const onError: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    const { status, refusal, about } = faultOf(error)
    notesOf(response).refusal = refusal
    if (status === 500) notesOf(response).log.error(describeError(error), 'a page failed')
    turns.apologise(request, response, status, about)
  }

  const router = Router()
  router.use(refuseOthers, setPageHeaders)
  router.get(`/${pageStyle.name}`, (_request, response) => {
    response.set('Cache-Control', 'public, max-age=31536000, immutable').type('css').send(pageStyle.css)
  })
  router
    .route(['/', '/:organisation'])
    .get(turns.start)
    .post(requireForm, express.urlencoded({ extended: false, limit: '64kb', inflate: false }), turns.take)
    .all((request, response) => {
      notesOf(response).refusal = 'wrong-method'
      turns.apologise(request, response.set('Allow', 'GET, HEAD, POST'), 405, 'expired')
    })
  router.use((_request, response) => response.redirect(303, pagePath))
  router.use(onError)
  return router
}

const requireForm: RequestHandler = (request, _response, next) =>
  next(request.is('application/x-www-form-urlencoded') ? undefined : { status: 415 })

type Fault = { status: number; refusal: Refusal; about: PageApology }

/** What of a request could not be read, by the status that the reader of bodies and addresses gives it. */
function faultOf(error: unknown): Fault {
  const { status } = (error ?? {}) as { status?: unknown }
  switch (status) {
    case 413:
      return { status, refusal: 'body-too-large', about: 'long' }
    case 415:
      return { status, refusal: 'wrong-type', about: 'expired' }
    case 400:
      return { status, refusal: 'unreadable-form', about: 'expired' }
    default:
      return { status: 500, refusal: 'internal-error', about: 'fault' }
  }
}
