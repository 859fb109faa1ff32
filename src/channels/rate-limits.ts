import { createHmac, createSecretKey, randomBytes } from 'node:crypto'
import type { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { loadOnce } from './load-once.ts'

/** Somebody who presses a button each second stays at half of it. */
export const defaultTurnsPerMinute = 120
/** Turns of one conversation that may wait for each other, when its channel is slow. */
const turnsAtOnce = 50
/** Refused callers of one address. */
const strangersPerMinute = 30
/** Forms of one address, for each turn that a conversation may take: a care home may share its address. */
const pagesPerTurn = 2
/** Reads of one address over Direct Line, for each turn: a client that polls asks each second. */
const readsPerTurn = 40
/** Pages of the chat that are made for one address, for each turn: each is as much work as a turn. */
const viewsPerTurn = 5
/** Conversations that may be begun from one address in an hour, for each turn. */
const conversationsPerTurn = 5

export type Pace =
  | { isTooFast: false }
  /** `isFirst` once in each minute; `seconds` until there is room again. */
  | { isTooFast: true; isFirst: boolean; seconds: number }

/**
 * Keeps count in memory of who comes too often, for a minute. Conversations and addresses are kept as a keyed hash, so
 * that a copy of the memory names nobody.
 */
export type RateLimits = {
  /** Counts an activity of a conversation whose caller is known. Call `leave` when its turn is done, if it was let in. */
  enter(conversation: string): Promise<Pace>
  leave(conversation: string): void
  /**
   * Counts a refused caller. An address is never held against a caller who is known: all channels come from a few
   * addresses of Azure, or from one proxy.
   */
  countStranger(address: string | undefined): Promise<Pace>
  /** Counts a form that was sent from an address. @param work how many common ones it counts for */
  countPage(address: string | undefined, work?: number): Promise<Pace>
  /** Counts a page of the chat that is made for an address. */
  countView(address: string | undefined): Promise<Pace>
  /** Counts a request over Direct Line that only reads. */
  countRead(address: string | undefined): Promise<Pace>
  /** Counts a conversation, or a token of one, that is begun from an address. */
  countConversation(address: string | undefined): Promise<Pace>
}

export function createRateLimits(turnsPerMinute = defaultTurnsPerMinute): RateLimits {
  const limiters = loadOnce(async () => {
    const { RateLimiterMemory } = await import('rate-limiter-flexible')
    return {
      turns: new RateLimiterMemory({ points: turnsPerMinute, duration: 60 }),
      strangers: new RateLimiterMemory({ points: strangersPerMinute, duration: 60 }),
      pages: new RateLimiterMemory({ points: pagesPerTurn * turnsPerMinute, duration: 60 }),
      reads: new RateLimiterMemory({ points: readsPerTurn * turnsPerMinute, duration: 60 }),
      views: new RateLimiterMemory({ points: viewsPerTurn * turnsPerMinute, duration: 60 }),
      conversations: new RateLimiterMemory({
        points: conversationsPerTurn * turnsPerMinute,
        duration: 3_600,
      }),
      notices: new RateLimiterMemory({ points: 1, duration: 60 }),
    }
  })
  const underway = new Map<string, number>()
  const salt = createSecretKey(randomBytes(32))
  const hash = (name: string) => createHmac('sha256', salt).update(name).digest('base64')

  function leave(key: string): void {
    const busy = underway.get(key) ?? 0
    if (busy > 1) underway.set(key, busy - 1)
    else underway.delete(key)
  }

  return {
    async enter(conversation) {
      const key = hash(conversation)
      const busy = underway.get(key) ?? 0
      if (busy >= turnsAtOnce) {
        const { isTooFast } = await consume((await limiters()).notices, key)
        return { isTooFast: true, isFirst: !isTooFast, seconds: 10 }
      }
      underway.set(key, busy + 1)
      const pace = await consume((await limiters()).turns, key)
      if (pace.isTooFast) leave(key)
      return pace
    },
    leave: (conversation) => leave(hash(conversation)),
    async countStranger(address) {
      return consume((await limiters()).strangers, hash(address ?? ''))
    },
    async countPage(address, work) {
      return consume((await limiters()).pages, hash(address ?? ''), work)
    },
    async countRead(address) {
      return consume((await limiters()).reads, hash(address ?? ''))
    },
    async countView(address) {
      return consume((await limiters()).views, hash(address ?? ''))
    },
    async countConversation(address) {
      return consume((await limiters()).conversations, hash(address ?? ''))
    },
  }
}

/** The library rejects with where the key stands when there is no room. */
async function consume(limiter: RateLimiterMemory, key: string, points = 1): Promise<Pace> {
  const spent = await limiter.consume(key, points).catch((reason: RateLimiterRes | Error) => {
    if (reason instanceof Error) throw reason
    return reason
  })
  if (spent.consumedPoints <= limiter.points) return { isTooFast: false }
  return {
    isTooFast: true,
    isFirst: spent.consumedPoints === limiter.points + 1,
    seconds: secondsOf(spent),
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000))
}
