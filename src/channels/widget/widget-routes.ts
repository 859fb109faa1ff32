import { type Request, type RequestHandler, type Response, Router } from 'express'
import type { Embedding } from '../direct-line/embedding.ts'
import type { WireStart } from '../direct-line/wire.ts'
import type { Frame, Guide } from '../guide.ts'
import { clientAddress } from '../page/client-address.ts'
import { pagePath } from '../page/page-turns.ts'
import type { RateLimits } from '../rate-limits.ts'
import { refuse, refuseFor } from '../refusal.ts'
import { type Asset, hashedName, packAsset } from './asset.ts'
import { loaderFile } from './loader-file.ts'
import { renderChatPage } from './render-chat-page.ts'
import { renderDemo } from './render-demo.ts'
import { sendAsset, sendPage } from './send-packed.ts'
import { setWidgetHeaders } from './widget-headers.ts'
import type { WidgetProgram } from './widget-program.ts'

export type WidgetParts = {
  guide: Guide
  now: () => Date
  limits: Pick<RateLimits, 'countView'>
  program: WidgetProgram
  /** Organisations that have the chat on their pages, by id. */
  embeddings: Readonly<Record<string, Embedding>>
  /** The first words and the token of a new conversation. */
  startOf: (options: { organisation?: string | undefined; locale?: string | undefined }) => WireStart
  /** The directive of a policy that says which pages may frame the chat of an organisation. */
  frameAncestorsOf: (organisation: string | undefined) => string
  /** Where others reach this server, such as `https://chat.example.nl`. */
  publicUrl?: string | undefined
}

const assetPath = '/assets'
/** A page changes with the server: an organisation's site shows the new loader within this many seconds. */
const loaderSeconds = 600

/**
 * The chat in a browser: `/widget.js` for pages of others, `/embed/ORG` for the frame that it opens, `/chat` and
 * `/chat/ORG` as whole pages, `/` to try it and to copy the snippet, and the files of the program.
 *
 * @param isServed false for callers that get nothing, as those of other machines without an app id
 */
export function createWidgetRoutes(parts: WidgetParts, isServed: (request: Request) => boolean): Router {
  const { guide, now, limits, program, embeddings, startOf, frameAncestorsOf } = parts
  /** Languages and organisations, which never change. */
  const known = once(() => guide.frame(undefined, now()))
  const languages = once(() =>
    known().languages.map(({ locale }) => ({
      locale,
      direction: guide.frame(undefined, now(), locale).direction,
    })),
  )
  const loader = once(() => loaderFile(program, embeddings, languages()))
  const { assets, styleOf } = withColours(program, embeddings)

  function localeOf(request: Request): string {
    const wished = [request.query.taal, ...request.acceptsLanguages()].map((each) =>
      String(each).toLowerCase(),
    )
    const found = wished
      .flatMap((each) => [each, each.slice(0, 2)])
      .find((each) => languages().some(({ locale }) => locale === each))
    return found ?? known().locale
  }

  function organisationIn(named: unknown): string | undefined {
    return known().organisations.find(({ id }) => id === String(named).toLowerCase())?.id
  }

  const showChat =
    (isEmbedded: boolean): RequestHandler =>
    (request, response) => {
      const organisation = organisationIn(request.params.organisation)
      if (isEmbedded && organisation === undefined) return offerChat(request, response)
      if (!isEmbedded && request.params.organisation !== undefined && organisation === undefined) {
        return response.redirect(303, `/chat?taal=${localeOf(request)}`)
      }
      const locale = localeOf(request)
      const frame = guide.frame(undefined, now(), locale, organisation)
      const embedding = organisation === undefined ? undefined : embeddings[organisation]
      const path = organisation === undefined ? '' : `/${organisation}`
      setWidgetHeaders(
        response,
        isEmbedded ? frameAncestorsOf(organisation) : "frame-ancestors 'none'",
        embedding?.logo === undefined ? [] : [new URL(embedding.logo).origin],
      )
      if (!isEmbedded) response.removeHeader('X-Robots-Tag')
      const style = styleOf(organisation)
      // Asked for as soon as the first bytes are there, which on a slow line is long before the last.
      response.set(
        'Link',
        `<${assetPath}/${style}>; rel=preload; as=style, <${assetPath}/${program.names.chat}>; rel=preload; as=script`,
      )
      const page = renderChatPage({
        program,
        assetPath,
        style,
        view: {
          locale,
          direction: frame.direction,
          name: embedding?.name ?? nameOf(frame, organisation),
          ...(embedding?.logo !== undefined && { logo: embedding.logo }),
          exitUrl: frame.words.exitUrl,
          scriptFree: `${pagePath}${path}?taal=${locale}`,
          isEmbedded,
          words: wordAddresses,
        },
        start: startOf({ organisation, locale }),
        title: organisation === undefined ? frame.words.titleStart : frame.words.titleStartAt,
        ...(!isEmbedded && {
          description: frame.words.description,
          alternates: languages().map((each) => ({
            locale: each.locale,
            url: `/chat${path}?taal=${each.locale}`,
          })),
        }),
      })
      sendPage(request, response.vary('Accept-Language'), 200, page.toString())
    }

  const wordAddresses = Object.fromEntries(
    Object.entries(program.names.words).map(([locale, name]) => [locale, `${assetPath}/${name}`]),
  )

  function offerChat(request: Request, response: Response): void {
    response.redirect(303, `/chat?taal=${localeOf(request)}`)
  }

  const showDemo: RequestHandler = (request, response) => {
    const locale = localeOf(request)
    const shown = known().organisations.filter(({ id }) => Object.hasOwn(embeddings, id))
    const organisation = organisationIn(request.query.organisation) ?? shown[0]?.id ?? ''
    const address = parts.publicUrl ?? `${request.protocol}://${request.headers.host}`
    setWidgetHeaders(response, "frame-ancestors 'none'", [])
    const page = renderDemo({
      program,
      assetPath,
      locale,
      direction: guide.frame(undefined, now(), locale).direction,
      organisations: shown,
      organisation,
      snippet: `<script src="${address}/widget.js" data-organisation="${organisation}" async></script>`,
    })
    sendPage(request, response.vary('Accept-Language'), 200, page.toString())
  }

  const refuseOthers: RequestHandler = (request, response, next) =>
    isServed(request) ? next() : refuse(response, 'not-this-machine')

  const refuseTooMany: RequestHandler = async (request, response, next) => {
    const pace = await limits.countView(clientAddress(request))
    if (pace.isTooFast) refuseFor(pace.seconds, response, 'too-many-requests')
    else next()
  }

  const router = Router()
  router.get(
    ['/', '/chat', '/chat/:organisation', '/embed/:organisation', '/widget.js', '/assets/:name'],
    refuseOthers,
  )
  router.get('/widget.js', (request, response) => {
    response.set({
      'Cache-Control': `public, max-age=${loaderSeconds}`,
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
    })
    sendAsset(request, response, loader())
  })
  router.get(`${assetPath}/:name`, (request, response, next) => {
    const asset = assets.get(String(request.params.name))
    if (asset === undefined) return next()
    response.set({
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    })
    sendAsset(request, response, asset())
  })
  router.get('/embed/:organisation', refuseTooMany, showChat(true))
  router.get(['/chat', '/chat/:organisation'], refuseTooMany, showChat(false))
  router.get('/', refuseTooMany, showDemo)
  return router
}

/** The name above the chat, where the organisation gave none for it. */
function nameOf({ words, organisations }: Frame, organisation: string | undefined): string {
  return organisations.find(({ id }) => id === organisation)?.name ?? words.name
}

/** The files, and for each organisation with a colour of its own a style with that colour, packed when it is asked for. */
function withColours(program: WidgetProgram, embeddings: WidgetParts['embeddings']) {
  const assets = new Map<string, () => Asset>(
    Object.entries(program.assets).map(([name, asset]) => [name, () => asset]),
  )
  const styles = new Map<string, string>()
  const base = program.assets[program.names.chatStyle]?.body.toString() ?? ''
  for (const [organisation, { colour }] of Object.entries(embeddings)) {
    if (colour === undefined) continue
    const css = `${base}@media (prefers-color-scheme:light){:root{--accent:${colour};--accent-soft:color-mix(in srgb,${colour} 10%,#fff)}}`
    const name = hashedName('chat', css, 'css')
    assets.set(
      name,
      once(() => packAsset('css', css)),
    )
    styles.set(organisation, name)
  }
  return {
    assets,
    styleOf: (organisation: string | undefined) => styles.get(organisation ?? '') ?? program.names.chatStyle,
  }
}

/** Made at the first request: the start of the server does not wait for it. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
