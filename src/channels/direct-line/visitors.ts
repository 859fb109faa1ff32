import type { IncomingMessage } from 'node:http'
import type { OpenConversation } from './conversation.ts'
import { Refused } from './errors.ts'
import type { Grant, Grants, OpenedToken } from './grant.ts'
import type { Origins } from './origins.ts'

export type VisitorsParts = {
  grants: Grants
  origins: Origins
  open: (grant: Grant) => OpenConversation
  /** False for callers that get nothing, as those of other machines while nothing says that the chat is public. */
  isServed: (request: IncomingMessage) => boolean
  now: () => Date
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
  /** As `admit`, for who only wants all to be erased: as long as the token can be refreshed. */
  admitToLeave(request: IncomingMessage, conversation: unknown): OpenConversation
  /**
   * Keeps a conversation opened while its client is on a stream, which needs its key anyway: opening it anew for each
   * message takes a good part of the time of an answer. Gives the function that lets go of it.
   */
  hold(token: string, conversation: OpenConversation): () => void
}

type Visit = OpenedToken & { readonly conversation?: OpenConversation }

/** A token has some 600 characters. */
const longestToken = 8_000

export function createVisitors({ grants, origins, open, isServed, now }: VisitorsParts): Visitors {
  const held = new Map<string, Visit>()

  function visitOf(
    request: IncomingMessage,
    given = bearerOf(request),
    until: 'expires' | 'renewable' = 'expires',
  ): Visit {
    if (!isServed(request)) throw new Refused('not-this-machine')
    if (given === undefined || given === '') throw new Refused('no-token')
    const visit = given.length > longestToken ? undefined : (held.get(given) ?? grants.fromToken(given))
    if (visit === undefined) throw new Refused('bad-token')
    const { grant } = visit
    if (!origins.mayUse(request, grant.organisation, grant.origins)) throw new Refused('foreign-origin')
    if (now().getTime() > visit[until]) throw new Refused('token-expired')
    return visit
  }

  function enter({ grant, conversation }: Visit, id: unknown): OpenConversation {
    if (grant.conversation !== id) throw new Refused('other-conversation')
    return conversation ?? open(grant)
  }

  return {
    grantOf: (request, token) => visitOf(request, token).grant,
    renewableGrantOf: (request) => visitOf(request, undefined, 'renewable').grant,
    admit: (request, id, token) => enter(visitOf(request, token), id),
    admitToLeave: (request, id) => enter(visitOf(request, undefined, 'renewable'), id),
    hold(token, conversation) {
      const opened = grants.fromToken(token)
      if (opened === undefined) return () => {}
      const visit: Visit = { ...opened, conversation }
      held.set(token, visit)
      return () => {
        if (held.get(token) === visit) held.delete(token)
      }
    },
  }
}

/** What stands after `Bearer` in the header. */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]
}
