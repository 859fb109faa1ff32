import type { WireLeave } from '../channels/direct-line/wire.ts'
import type { Activity } from './transcript.ts'

/** A conversation, and the token that opens it. */
export type Session = {
  readonly token: string
  readonly conversationId: string
  /** Where Direct Line is served. */
  readonly directLine: string
  /** When the token ends, in milliseconds since 1970. */
  readonly expires: number
  /** Something was sent: the server knows the conversation. */
  readonly hasBegun: boolean
}

/** What the client says or presses; `id` makes that the server answers it once, however often it is sent. */
export type Outgoing = {
  readonly id: string
  readonly text?: string
  readonly value?: unknown
  readonly locale: string
}

export type LineEvents = {
  onActivities(activities: readonly Activity[]): void
  /** `failed`: the server refuses what was sent. `expired`: the conversation cannot be gone on with. */
  onConnection(connection: 'online' | 'offline' | 'failed' | 'expired'): void
  /** Session or queue changed, and may be kept. */
  onChange(): void
}

export type DirectLine = {
  session(): Session
  /** What was not sent yet, the oldest first. */
  queue(): readonly Outgoing[]
  send(outgoing: Outgoing): void
  /** Fetches what was said earlier, and listens for more. */
  resume(): Promise<void>
  /** Tries at once what waits. */
  retry(): void
  /** Ends the conversation without waiting, also while the page is being left. */
  leave(): void
  stop(): void
}

/** Who sends, as the protocol wants it. */
const client = { id: 'client', role: 'user' } as const

const longestWait = 15_000
const pollEvery = 3_000
/** A token is renewed when it has less than this to go. */
const renewBefore = 5 * 60_000

class Refusal extends Error {
  readonly status: number
  readonly after: number

  constructor(status: number, after: number) {
    super(`Direct Line answers ${status}`)
    this.status = status
    this.after = after
  }
}

/**
 * A small client of Direct Line 3.0. The first thing that the client does begins the conversation. It listens over a
 * WebSocket, asks again and again where that fails, and sends what was not sent as soon as it can, in order and with the
 * same id.
 */
export function createDirectLine(
  first: Session,
  events: LineEvents,
  waiting: readonly Outgoing[] = [],
): DirectLine {
  let session = first
  const queue = [...waiting]
  let socket: WebSocket | undefined
  let watermark = ''
  let isPumping = false
  let isStopped = false
  let wait = 500
  let wake: () => void = () => {}
  let timer: ReturnType<typeof setTimeout> | undefined

  async function call(path: string, method: string, body?: unknown): Promise<Record<string, unknown>> {
    await renew()
    return request(path, method, body)
  }

  async function request(path: string, method: string, body?: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(`${session.directLine}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${session.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Refusal(response.status, Number(response.headers.get('retry-after') ?? 0))
    return response.json().catch(() => ({}))
  }

  function take(answer: Record<string, unknown>): void {
    const { token, expires_in: seconds } = answer as { token?: string; expires_in?: number }
    if (token === undefined) return
    session = { ...session, token, expires: Date.now() + (seconds ?? 1800) * 1000 }
    events.onChange()
  }

  /** Also long after it ended: the page may have been left open, or the phone asleep. */
  async function renew(): Promise<void> {
    if (session.expires - Date.now() < renewBefore) take(await request('/tokens/refresh', 'POST'))
  }

  /** Listens to a conversation that has begun, with all that was said since. */
  async function connect(): Promise<void> {
    if (socket !== undefined && socket.readyState < 2) return
    const path = `/conversations/${session.conversationId}`
    const answer = await call(
      watermark === '' ? path : `${path}?watermark=${encodeURIComponent(watermark)}`,
      'GET',
    )
    take(answer)
    listen(answer.streamUrl as string | undefined)
  }

  function listen(address: string | undefined): void {
    if (address === undefined || typeof WebSocket === 'undefined') {
      poll()
      return
    }
    const own = new WebSocket(address)
    socket = own
    own.onopen = () => pull().catch(() => {})
    own.onmessage = ({ data }) => receive(data)
    own.onclose = () => {
      if (socket !== own) return
      socket = undefined
      poll()
    }
  }

  function receive(data: unknown): void {
    // An empty message only keeps the line open.
    if (typeof data !== 'string' || data === '') return
    hear(JSON.parse(data) as ActivitySet)
  }

  type ActivitySet = { activities?: readonly Activity[]; watermark?: string }

  function hear({ activities = [], watermark: next }: ActivitySet): void {
    if (next !== undefined && next !== '') watermark = next
    if (activities.length > 0) events.onActivities(activities)
    events.onConnection('online')
  }

  async function pull(): Promise<void> {
    const path = `/conversations/${session.conversationId}/activities`
    hear(await call(watermark === '' ? path : `${path}?watermark=${encodeURIComponent(watermark)}`, 'GET'))
  }

  /** Without a WebSocket: asks what is new, and tries to listen again. */
  function poll(): void {
    clearTimeout(timer)
    if (isStopped) return
    timer = setTimeout(async () => {
      if (document.hidden || !session.hasBegun) {
        poll()
        return
      }
      try {
        await pull()
        wait = 500
        if (socket === undefined && typeof WebSocket !== 'undefined') await connect()
        else poll()
      } catch (error) {
        if (troubled(error)) poll()
      }
    }, pollEvery)
  }

  async function pump(): Promise<void> {
    if (isPumping || isStopped) return
    isPumping = true
    while (queue.length > 0 && !isStopped) {
      try {
        await post(queue[0] as Outgoing)
        queue.shift()
        wait = 500
        session = { ...session, hasBegun: true }
        events.onChange()
        events.onConnection('online')
        // What was sent is not sent again when its answer cannot be had yet: listening goes on until it can.
        if (socket?.readyState !== 1) await pull().catch(troubled)
        connect().catch(poll)
      } catch (error) {
        if (!troubled(error)) break
        await waitAfter(error)
      }
    }
    isPumping = false
  }

  function post({ id, text, value, locale }: Outgoing): Promise<unknown> {
    return call(`/conversations/${session.conversationId}/activities`, 'POST', {
      type: 'message',
      from: client,
      locale,
      ...(text !== undefined && { text }),
      ...(value !== undefined && { value }),
      channelData: { clientActivityID: id },
    })
  }

  /** Says what is wrong; whether trying again by itself can help. */
  function troubled(error: unknown): boolean {
    if (!(error instanceof Refusal)) {
      events.onConnection('offline')
      return true
    }
    const { status } = error
    if (status === 429 || status >= 500) return true
    const isOver = [401, 403, 404, 410].includes(status)
    events.onConnection(isOver ? 'expired' : 'failed')
    return false
  }

  /** As long as the server says, or longer each time. */
  async function waitAfter(error: unknown): Promise<void> {
    await pause(error instanceof Refusal && error.after > 0 ? error.after * 1000 : wait)
    wait = Math.min(wait * 2, longestWait)
  }

  function pause(time: number): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve
      setTimeout(resolve, time)
    })
  }

  const onOnline = () => {
    wake()
    pump()
    if (session.hasBegun && socket === undefined) poll()
    else if (session.hasBegun) pull().catch(troubled)
  }
  const onOffline = () => events.onConnection('offline')
  addEventListener('online', onOnline)
  addEventListener('offline', onOffline)

  return {
    session: () => session,
    queue: () => queue,
    send(outgoing) {
      queue.push(outgoing)
      events.onChange()
      pump()
    },
    async resume() {
      while (!isStopped) {
        try {
          await pull()
          await connect()
          break
        } catch (error) {
          if (!troubled(error)) break
          await waitAfter(error)
        }
      }
      pump()
    },
    retry() {
      wake()
      pump()
    },
    leave() {
      isStopped = true
      socket?.close()
      // What is on its way may have begun it.
      if (!session.hasBegun && queue.length === 0) return
      const leaving: WireLeave = { type: 'endOfConversation' }
      fetch(`${session.directLine}/conversations/${session.conversationId}/activities`, {
        method: 'POST',
        keepalive: true,
        headers: { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...leaving, from: client }),
      }).catch(() => {})
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
      socket?.close()
      removeEventListener('online', onOnline)
      removeEventListener('offline', onOffline)
    },
  }
}
