import type { Request, Response } from 'express'
import type { Random } from '../../storage/cipher.ts'
import type { SlotFiller } from '../../understanding/model-help.ts'
import { describeError } from '../describe-error.ts'
import type { Apology, Frame, Guide, PageWords } from '../guide.ts'
import type { Metrics } from '../metrics.ts'
import { askModel } from '../model/ask-model.ts'
import type { RateLimits } from '../rate-limits.ts'
import type { Refusal } from '../refusal.ts'
import { notesOf } from '../request-log.ts'
import { clientAddress } from './client-address.ts'
import type { Html } from './html.ts'
import { pageStyle } from './page-style.ts'
import { createPageTokens } from './page-token.ts'
import type { PageView } from './page-view.ts'
import { inputOf, type PageForm, readForm } from './read-form.ts'
import { renderApology, renderWiped, type Sent } from './render-end.ts'
import { renderTurn } from './render-page.ts'

/** Where the pages stand. */
export const pagePath = '/wijzer'

/** The name of this channel in the counts and the log. */
export const pageChannel = 'page'

export type PageParts = {
  guide: Guide
  now: () => Date
  limits: RateLimits
  metrics: Metrics
  /** 32 bytes, for nothing but this. */
  secret: Buffer
  /** How long a page can be gone on with, in milliseconds. */
  lifetime: number
  random: Random
  /** A language model, where one is configured. */
  fillSlots?: SlotFiller | undefined
}

/** What a client is told when a page cannot be had: see `Apology`. */
export type PageApology = Exclude<Apology, 'personal'>

export type PageTurns = {
  /** Shows the start: of one organisation, or the choice of organisations. */
  start(request: Request, response: Response): void
  /** Takes one turn with the form in the body, which has been parsed. */
  take(request: Request, response: Response): Promise<void>
  /** Says that it did not work, and what to do next. */
  apologise(request: Request, response: Response, status: number, about: PageApology, form?: PageForm): void
}

const venue = { kind: 'page' } as const

/** Everything the pages do. No state is kept between two requests: it travels in the form, encrypted. */
export function createPageTurns({ guide, now, limits, metrics, ...parts }: PageParts): PageTurns {
  const tokens = createPageTokens(parts.secret, parts.lifetime, now, parts.random)
  let known: Frame | undefined
  /** Languages and organisations, which never change. */
  const knownFrame = (): Frame => {
    known ??= guide.frame(undefined, now())
    return known
  }

  function start(request: Request, response: Response): void {
    const frame = startFrame(request)
    const organisation = organisationOf(request)
    const { replies } = guide.turn(
      undefined,
      { kind: 'start', locale: frame.locale, organisation },
      now(),
      venue,
    )
    const isUnknown = request.params.organisation !== undefined && organisation === undefined
    if (!isUnknown) response.removeHeader('X-Robots-Tag')
    const said = isUnknown ? [unknownOrganisation(frame.words), ...replies] : replies
    send(response.vary('Accept-Language'), 200, renderTurn(viewOf(request, frame), said, true))
  }

  async function take(request: Request, response: Response): Promise<void> {
    const form = readForm(request.body)
    const pace = await limits.countPage(clientAddress(request))
    if (pace.isTooFast) {
      note(response, 'too-fast', 'too-fast')
      return apologise(request, response.set('Retry-After', String(pace.seconds)), 429, 'fast', form)
    }
    const before = form && stateIn(request, form)
    if (form === undefined || before === undefined) {
      note(response, 'apologised')
      return apologise(request, response, form === undefined ? 400 : 410, 'expired', form)
    }
    try {
      const page = await answer(request, form, before.state)
      note(response, 'answered')
      send(response, 200, page)
    } catch (error) {
      notesOf(response).log.error(describeError(error), 'a turn of a page failed; the client got an apology')
      note(response, 'apologised', 'internal-error')
      apologise(request, response, 500, 'fault', form)
    }
  }

  async function answer(request: Request, form: PageForm, before: unknown): Promise<Html> {
    const given = inputOf(form)
    const input = given && (await askModel(guide, parts.fillSlots, before, given, now()))
    const turn = input && guide.turn(before, input, now(), venue)
    const state = turn === undefined ? before : turn.state
    const view = viewOf(request, guide.frame(state, now()))
    if (turn?.erase) return renderWiped(view)
    return renderTurn({ ...view, token: tokens.seal(state) }, turn?.replies ?? [])
  }

  /** The conversation so far; as the start page began it when the form holds none; undefined when it cannot be read. */
  function stateIn(request: Request, { token, taal }: PageForm): { readonly state: unknown } | undefined {
    if (token !== undefined) return tokens.open(token)
    const input = { kind: 'start', locale: taal, organisation: organisationOf(request) } as const
    return { state: guide.turn(undefined, input, now(), venue).state }
  }

  function apologise(
    request: Request,
    response: Response,
    status: number,
    about: PageApology,
    form?: PageForm,
  ): void {
    const frame = startFrame(request, form)
    const apology = guide.apology(undefined, about, frame.locale, organisationOf(request))
    const mayRetry = about === 'fault' || about === 'fast'
    const page = renderApology(
      viewOf(request, frame),
      frame.words[titles[about]],
      apology,
      mayRetry ? sentIn(form) : undefined,
    )
    send(response, status, page)
  }

  /** The words around a page on which nothing was told yet. */
  function startFrame(request: Request, form?: PageForm): Frame {
    const wished = [form?.taal, request.query.taal, ...request.acceptsLanguages()]
    const { languages } = knownFrame()
    const locale = wished
      .flatMap((each) => [String(each).toLowerCase(), String(each).slice(0, 2).toLowerCase()])
      .find((each) => languages.some(({ locale }) => locale === each))
    return guide.frame(undefined, now(), locale, organisationOf(request))
  }

  /** The organisation in the address, when it is one that has a start page. */
  function organisationOf({ params }: Request): string | undefined {
    const named = String(params.organisation).toLowerCase()
    return knownFrame().organisations.find(({ id }) => id === named)?.id
  }

  function viewOf(request: Request, frame: Frame): PageView {
    const organisation = organisationOf(request)
    return {
      frame,
      action: organisation === undefined ? pagePath : `${pagePath}/${organisation}`,
      stylesheet: `${pagePath}/${pageStyle.name}`,
    }
  }

  function note(response: Response, outcome: string, refusal?: Refusal): void {
    const notes = notesOf(response)
    notes.channel = pageChannel
    notes.outcome = outcome
    if (refusal !== undefined) notes.refusal = refusal
    metrics.countTurn(pageChannel, outcome)
  }

  return { start, take, apologise }
}

const titles = {
  fault: 'titleFault',
  fast: 'titleFast',
  expired: 'titleExpired',
  long: 'titleLong',
} as const satisfies Record<PageApology, keyof PageWords>

function unknownOrganisation({ unknownOrganisation: text }: PageWords) {
  return { kind: 'text', key: 'text/unknown-organisation', text, options: [] } as const
}

function sentIn(form: PageForm | undefined): Sent | undefined {
  if (form === undefined) return undefined
  const { taal: _, ...sent } = form
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined))
}

function send(response: Response, status: number, page: Html): void {
  response.status(status).type('html').send(page.toString())
}
