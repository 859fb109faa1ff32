import { createHash, timingSafeEqual } from 'node:crypto'
import express, { type Request, type RequestHandler, Router } from 'express'
import { z } from 'zod'
import type { Guide } from '../guide.ts'
import { clientAddress } from '../page/client-address.ts'
import type { RateLimits } from '../rate-limits.ts'
import { Refused, refuseOnDirectLineError } from './errors.ts'
import { type AzureDirectLine, exchangeToken } from './exchange-token.ts'
import { type Grant, type Grants, tokenSeconds } from './grant.ts'
import type { Origins } from './origins.ts'
import { bearerOf } from './visitors.ts'

export type TokenParts = {
  guide: Guide
  now: () => Date
  grants: Grants
  origins: Origins
  limits: RateLimits
  /** Whoever shows it gets tokens; without one only whoever develops does. */
  clientSecret?: string | undefined
  azure?: AzureDirectLine | undefined
  isDevelopment: boolean
}

const asked = z.object({
  user: z.object({ id: z.string().regex(/^dl_[\x21-\x7e]{1,200}$/) }).optional(),
  // A list of none is that of our own pages, whose tokens live longer: nobody else gets it.
  trustedOrigins: z
    .array(z.string().max(300))
    .max(100)
    .optional()
    .transform((origins) => (origins?.length === 0 ? undefined : origins)),
  organisation: z.string().max(200).optional(),
  format: z.enum(['replies', 'cards']).default('cards'),
  locale: z.string().max(100).optional(),
})

/** The ways to get a token. */
export type Tokens = {
  /** A grant for whoever shows the secret of this server. @throws Refused */
  forSecret(request: Request): Promise<Grant>
  /** `POST tokens/generate` */
  generate: RequestHandler
  /** `POST /chat/:organisation/token`, for pages where the organisation may be embedded. */
  forPage: RequestHandler
}

export function createTokens(parts: TokenParts): Tokens {
  const { guide, now, grants, origins, limits, clientSecret, azure, isDevelopment } = parts
  let known: ReadonlySet<string> | undefined
  /** Organisations never change while the server runs. */
  const isOrganisation = (id: string): boolean => {
    known ??= new Set(guide.frame(undefined, now()).organisations.map((each) => each.id))
    return known.has(id)
  }

  async function forSecret(request: Request): Promise<Grant> {
    await proveSecret(request)
    const { user, trustedOrigins, organisation, format, locale } = readAsked(request.body)
    if (organisation !== undefined && !isOrganisation(organisation)) throw new Refused('unknown-organisation')
    if (trustedOrigins?.some((origin) => !origins.isListed(origin, organisation))) {
      throw new Refused('untrusted-origin')
    }
    return grants.begin({ user: user?.id, format, organisation, locale, origins: trustedOrigins })
  }

  async function proveSecret(request: Request): Promise<void> {
    const given = bearerOf(request)
    if (clientSecret === undefined) {
      if (!isDevelopment) throw new Refused('no-direct-line-secret')
    } else if (given === undefined || !isSame(given, clientSecret)) {
      const pace = await limits.countStranger(clientAddress(request))
      throw pace.isTooFast ? new Refused('too-many-strangers', pace.seconds) : new Refused('bad-secret')
    }
  }

  async function countOne(request: Request): Promise<void> {
    const pace = await limits.countConversation(clientAddress(request))
    if (pace.isTooFast) throw new Refused('too-many-conversations', pace.seconds)
  }

  return {
    forSecret,
    async generate(request, response) {
      const grant = await forSecret(request)
      response.json(tokenAnswer(grants, grant))
    },
    async forPage(request, response) {
      const organisation = String(request.params.organisation).toLowerCase()
      if (!isOrganisation(organisation)) throw new Refused('unknown-organisation')
      const { origin } = request.headers
      if (origin === undefined || !origins.mayUse(request, organisation)) throw new Refused('foreign-origin')
      await countOne(request)
      const { user, format, locale } = readAsked(request.body)
      const grant = grants.begin({ user: user?.id, format, organisation, locale, origins: [origin] })
      response.json(
        azure === undefined
          ? tokenAnswer(grants, grant)
          : await exchangeToken(azure, grant.user ?? `dl_${grant.conversation}`, [origin]),
      )
    },
  }
}

function readAsked(body: unknown): z.infer<typeof asked> {
  const { data } = asked.safeParse(body ?? {})
  if (data === undefined) throw new Refused('bad-token-request')
  return data
}

/** What the protocol answers with a token. */
export function tokenAnswer(grants: Grants, grant: Grant) {
  return { conversationId: grant.conversation, token: grants.toToken(grant), expires_in: tokenSeconds }
}

/** Compares in the same time wherever the difference is. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(expected))
}

/** Reads a small body in JSON; none is fine. */
export const readBody = express.json({ limit: '32kb', inflate: false, strict: true })

/** `POST /chat/:organisation/token` alone, so that other routes can stand beside it. */
export function createPageTokenRoute(guards: readonly RequestHandler[], tokens: Tokens): Router {
  const router = Router()
  const path = '/:organisation/token'
  router.options(path, ...guards)
  router.post(path, ...guards, readBody, tokens.forPage)
  router.use(path, refuseOnDirectLineError)
  return router
}
