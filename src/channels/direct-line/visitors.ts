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
  /** The grant of a request. @throws Refused for no token, one that is not good any more, or a page elsewhere */
  grantOf(request: IncomingMessage): Grant
  /** The grant of a request that only wants its token refreshed. @throws Refused as `grantOf`, but later */
  renewableGrantOf(request: IncomingMessage): Grant
  /** The conversation of a request, opened with its token. @throws Refused also when it is another one */
  admit(request: IncomingMessage, conversation: unknown): OpenConversation
  /** As `admit`, with the token that stands in the address of a stream, or else in the header. */
  admitToStream(request: IncomingMessage, conversation: unknown, token: string | undefined): OpenConversation
  /** As `admit`, for who only wants all to be erased: as long as the token can be refreshed. */
  admitToLeave(request: IncomingMessage, conversation: unknown): OpenConversation
  /**
   * Keeps a conversation opened while its client is on a stream, which needs its key anyway: opening it anew for each
   * message takes a good part of the time of an answer. Gives the function that lets go of it.
   */
  hold(conversation: OpenConversation): () => void
}

/** A token has some 600 characters. */
const longestToken = 8_000

export function createVisitors({ grants, origins, open, isServed, now }: VisitorsParts): Visitors {
  /** By id, which no two grants share. */
  const held = new Map<string, OpenConversation>()

  function visitOf(request: IncomingMessage, until: 'expires' | 'renewable' = 'expires'): OpenedToken {
    const visit = read(request, bearerOf(request), until)
    if (visit.isForStream) throw new Refused('bad-token')
    return visit
  }

  function read(
    request: IncomingMessage,
    given: string | undefined,
    until: 'expires' | 'renewable' = 'expires',
  ): OpenedToken {
    if (!isServed(request)) throw new Refused('not-this-machine')
    if (given === undefined || given === '') throw new Refused('no-token')
    const visit = given.length > longestToken ? undefined : grants.fromToken(given)
    if (visit === undefined) throw new Refused('bad-token')
    const { grant } = visit
    if (!origins.mayUse(request, grant.organisation, grant.origins)) throw new Refused('foreign-origin')
    if (now().getTime() > visit[until]) throw new Refused('token-expired')
    return visit
  }

  function enter({ grant }: OpenedToken, id: unknown): OpenConversation {
    if (grant.conversation !== id) throw new Refused('other-conversation')
    return held.get(grant.conversation) ?? open(grant)
  }

  return {
    grantOf: (request) => visitOf(request).grant,
    renewableGrantOf: (request) => visitOf(request, 'renewable').grant,
    admit: (request, id) => enter(visitOf(request), id),
    admitToStream: (request, id, token = bearerOf(request)) => enter(read(request, token), id),
    admitToLeave: (request, id) => enter(visitOf(request, 'renewable'), id),
    hold(conversation) {
      const id = conversation.grant.conversation
      held.set(id, conversation)
      return () => {
        if (held.get(id) === conversation) held.delete(id)
      }
    },
  }
}

/** What stands after `Bearer` in the header. */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]
}
