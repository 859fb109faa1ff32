import { AuthenticationConstants, type ClaimsIdentity } from 'botframework-connector'
// Not in its index. The SDK's front door also lets in tokens of the Emulator, of other bots and of App Service, from any
// tenant, for any audience and any serviceUrl; behind this file only those of a channel for this bot count.
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js'
import { z } from 'zod'
import type { BotIdentity, TokenIssuer } from './bot-identity.ts'
import { within } from './within.ts'

/** The caller is nobody that the bot knows. */
export class UnknownCallerError extends Error {
  override name = 'UnknownCallerError'
}

/** The caller is known, and wants replies sent to where it has no say. */
export class ForeignServiceUrlError extends Error {
  override name = 'ForeignServiceUrlError'
}

/** The issuer's keys cannot be had now, so nobody can be known. */
export class KeysUnavailableError extends Error {
  override name = 'KeysUnavailableError'
}

export type TokenCheck = {
  /** Says whether an Authorization header could be a channel's; without a look at its signature or its times. */
  isPlausible(authorization: string): boolean
  /**
   * Gives the claims of a caller whose token is signed by the issuer with a key for this channel, in time, for this bot,
   * and for this serviceUrl when there is one. Throws one of the errors above.
   */
  verify(
    authorization: string,
    claimed: { channelId: string; serviceUrl: string | undefined },
  ): Promise<ClaimsIdentity>
}

const azure: TokenIssuer = {
  name: AuthenticationConstants.ToBotFromChannelTokenIssuer,
  metadata: AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
}
const algorithms = ['RS256', 'RS384', 'RS512'] as const
/** How far the clocks of issuer and bot may differ, in seconds; as in the SDK. */
const clockTolerance = 300
/** How long the issuer may take to give its keys, in milliseconds. */
const patience = 10_000
/** How long it is left alone when it could not, in milliseconds. */
const pauseAfterFailure = 10_000

const header = z.object({ alg: z.enum(algorithms), kid: z.string().min(1).max(500) })

/**
 * Checks the tokens that channels bring, as in "Authenticate requests from the Bot Connector service to your bot" of the
 * Bot Framework documentation.
 */
export function createTokenCheck({ appId, issuer = azure }: BotIdentity): TokenCheck {
  const extractor = new JwtTokenExtractor({ issuer: [issuer.name], clockTolerance }, issuer.metadata, [
    ...algorithms,
  ])
  const claims = z.object({
    iss: z.literal(issuer.name),
    aud: z.literal(appId),
    exp: z.number(),
    serviceurl: z.string(),
  })

  function read(authorization: string) {
    const [, head, body] = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(authorization) ?? []
    const parsed = { header: header.safeParse(parse(head)), claims: claims.safeParse(parse(body)) }
    return parsed.header.success && parsed.claims.success
      ? { kid: parsed.header.data.kid, serviceUrl: parsed.claims.data.serviceurl }
      : undefined
  }

  const keys = createKeyring((kid) => extractor.openIdMetadata.getKey(kid))

  return {
    isPlausible: (authorization) => read(authorization) !== undefined,
    async verify(authorization, { channelId, serviceUrl }) {
      const token = read(authorization)
      if (token === undefined) throw new UnknownCallerError('the token is not for this bot')
      await keys.find(token.kid)
      const identity = await extractor.getIdentityFromAuthHeader(authorization, channelId).catch(() => null)
      if (!identity?.isAuthenticated) throw new UnknownCallerError('the token does not hold')
      if (serviceUrl !== undefined && token.serviceUrl !== serviceUrl) {
        throw new ForeignServiceUrlError('the token is for another serviceUrl')
      }
      return identity
    },
  }
}

function parse(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString())
  } catch {
    return undefined
  }
}

/**
 * The keys come from another machine: whatever goes wrong on the way is not the caller's doing. It is asked for one key
 * at a time, and after a failure for none during a while: else each forged token would make a request to it.
 */
function createKeyring(find: (kid: string) => Promise<unknown>): { find(kid: string): Promise<void> } {
  let before: Promise<unknown> = Promise.resolve()
  let failedAt = Number.NEGATIVE_INFINITY

  async function ask(kid: string): Promise<void> {
    if (performance.now() - failedAt < pauseAfterFailure) {
      throw new KeysUnavailableError('the keys of the issuer could not be had just now')
    }
    try {
      await within(patience, find(kid))
    } catch (cause) {
      failedAt = performance.now()
      throw new KeysUnavailableError('the keys of the issuer cannot be had', { cause })
    }
  }

  return {
    find(kid) {
      const asked = before.then(() => ask(kid))
      before = asked.catch(() => {})
      return asked
    },
  }
}
