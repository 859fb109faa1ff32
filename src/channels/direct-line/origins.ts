import type { IncomingMessage } from 'node:http'
import { isLoopbackUrl } from '../loopback.ts'
import type { Embedding } from './embedding.ts'

export type OriginsParts = {
  /** By id of the organisation. */
  embeddings: Readonly<Record<string, Embedding>>
  /** Where others reach this server, such as `https://chat.example.nl`. */
  publicUrl?: string | undefined
  /** Pages on this machine may embed anything: only whoever develops is served. */
  isDevelopment: boolean
}

/** Says from which pages in a browser the chat may be used. A request without an origin is not of a page. */
export type Origins = {
  /** Whether any organisation, or ourselves, have pages there: all that a preflight can be asked. */
  isKnown(request: IncomingMessage): boolean
  /** Whether a page of that origin may use the chat of an organisation; of any without one. @param among narrows it down */
  mayUse(request: IncomingMessage, organisation?: string, among?: readonly string[]): boolean
  /** Whether an origin may be trusted in a token. */
  isListed(origin: string, organisation: string | undefined): boolean
  /** The directive of a content security policy that says who may put the chat in a frame. */
  frameAncestorsOf(organisation: string | undefined): string
}

export function createOrigins({ embeddings, publicUrl, isDevelopment }: OriginsParts): Origins {
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host
  const all = [...new Set(Object.values(embeddings).flatMap(({ origins }) => origins))]

  function listOf(organisation: string | undefined): readonly string[] {
    if (organisation === undefined) return all
    return Object.hasOwn(embeddings, organisation) ? (embeddings[organisation]?.origins ?? []) : []
  }

  /** Our own pages: the browser calls the server by the name under which it got the page, with https if we have that. */
  function isOwn(origin: string, { headers }: IncomingMessage): boolean {
    if (origin === publicOrigin) return true
    const own = URL.parse(origin)
    return own !== null && own.host !== '' && own.host === headers.host && own.host !== publicHost
  }

  function isListed(origin: string, organisation: string | undefined): boolean {
    return listOf(organisation).includes(origin) || (isDevelopment && isLoopbackUrl(origin))
  }

  function mayUse(request: IncomingMessage, organisation?: string, among?: readonly string[]): boolean {
    const { origin } = request.headers
    if (origin === undefined || isOwn(origin, request)) return true
    return isListed(origin, organisation) && (among === undefined || among.includes(origin))
  }

  return {
    isKnown: (request) => mayUse(request),
    mayUse,
    isListed,
    frameAncestorsOf(organisation) {
      const here = isDevelopment ? ['http://localhost:*', 'http://127.0.0.1:*'] : []
      return ['frame-ancestors', "'self'", ...listOf(organisation), ...here].join(' ')
    },
  }
}
