import type { IncomingMessage } from 'node:http'
import type { OpenConversation } from './conversation.ts'
import { Refused } from './errors.ts'
import type { Grant, Grants } from './grant.ts'
import type { Origins } from './origins.ts'

export type VisitorsParts = {
  grants: Grants
  origins: Origins
  open: (grant: Grant) => OpenConversation
  /** False for callers that get nothing, as those of other machines while nothing says that the chat is public. */
  isServed: (request: IncomingMessage) => boolean
}

/** Who may do what, by the token that a request brings. */
export type Visitors = {
  /**
   * The grant of a request. @throws Refused for no token, one that is not good any more, or a page elsewhere
   * @param token where it does not stand in the header
   */
  grantOf(request: IncomingMessage, token?: string): Grant
  /** The grant of a request that only wants its token refreshed. @throws Refused as `grantOf`, but later */
  renewableGrantOf(request: IncomingMessage): Grant
  /** The conversation of a request, opened with its token. @throws Refused also when it is another one */
  admit(request: IncomingMessage, conversation: unknown, token?: string): OpenConversation
}

/** A token has some 600 characters. */
const longestToken = 8_000

export function createVisitors({ grants, origins, open, isServed }: VisitorsParts): Visitors {
  function tokenOf(request: IncomingMessage, given: string | undefined) {
    if (!isServed(request)) throw new Refused('not-this-machine')
    if (given === undefined || given === '') throw new Refused('no-token')
    const token = given.length > longestToken ? undefined : grants.fromToken(given)
    if (token === undefined) throw new Refused('bad-token')
    const { organisation, origins: among } = token.grant
    if (!origins.mayUse(request, organisation, among)) throw new Refused('foreign-origin')
    return token
  }

  function grantOf(request: IncomingMessage, given = bearerOf(request)): Grant {
    const { grant, isExpired } = tokenOf(request, given)
    if (isExpired) throw new Refused('token-expired')
    return grant
  }

  return {
    grantOf,
    renewableGrantOf(request) {
      const { grant, isRenewable } = tokenOf(request, bearerOf(request))
      if (!isRenewable) throw new Refused('token-expired')
      return grant
    },
    admit(request, conversation, token) {
      const grant = grantOf(request, token)
      if (grant.conversation !== conversation) throw new Refused('other-conversation')
      return open(grant)
    },
  }
}

/** What stands after `Bearer` in the header. */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]
}
