import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Metrics } from '../metrics.ts'
import { clientAddress } from '../page/client-address.ts'
import type { RateLimits } from '../rate-limits.ts'
import type { Refusal } from '../refusal.ts'
import { directLinePath } from './direct-line-path.ts'
import { directLineError, Refused } from './errors.ts'
import { readWatermark } from './read-watermark.ts'
import type { Streams } from './streams.ts'
import type { Visitors } from './visitors.ts'

export type StreamLimits = {
  /** Open streams of one address: a care home may share its address. */
  readonly ofAddress: number
  readonly inAll: number
}

export type UpgradeParts = {
  streams: Streams
  visitors: Visitors
  limits: StreamLimits
  pace: Pick<RateLimits, 'countRead'>
  metrics: Metrics
  isStopping: () => boolean
}

/** The most bytes of a message of a client, which are empty by the protocol. */
const mostReceived = 1_024

const path = new RegExp(`^${directLinePath}/conversations/([^/]+)/stream$`)

/** Gives the handler of the server's `upgrade` event: it opens streams, and refuses all other upgrades. */
export function createStreamUpgrade({ streams, visitors, limits, pace, metrics, isStopping }: UpgradeParts) {
  const server = new WebSocketServer({ noServer: true, maxPayload: mostReceived, perMessageDeflate: false })
  const ofAddress = new Map<string, number>()

  function leave(address: string): void {
    const others = (ofAddress.get(address) ?? 1) - 1
    if (others > 0) ofAddress.set(address, others)
    else ofAddress.delete(address)
    metrics.countStream(-1)
  }

  return async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    socket.on('error', () => socket.destroy())
    try {
      if (isStopping()) throw new Refused('stopping')
      const url = URL.parse(request.url ?? '', 'http://here')
      const id = path.exec(url?.pathname ?? '')?.[1]
      if (url === null || id === undefined) throw new Refused('nothing-here')
      const token = url.searchParams.get('t') ?? undefined
      const conversation = visitors.admitToStream(request, id, token)
      const after = readWatermark(url.searchParams.get('watermark'))
      const address = clientAddress(request) ?? ''
      const rate = await pace.countRead(address)
      if (rate.isTooFast) throw new Refused('too-many-requests', rate.seconds)
      const open = ofAddress.get(address) ?? 0
      if (open >= limits.ofAddress || streams.count >= limits.inAll) throw new Refused('too-many-streams', 60)
      server.handleUpgrade(request, socket, head, (client) => {
        ofAddress.set(address, (ofAddress.get(address) ?? 0) + 1)
        const release = visitors.hold(conversation)
        client.once('close', () => {
          release()
          leave(address)
        })
        metrics.countRequest(101)
        metrics.countStream(1)
        streams.open(client, conversation.grant, conversation.log, after)
      })
    } catch (error) {
      const { refusal, seconds } = error instanceof Refused ? error : new Refused('internal-error')
      metrics.countRefusal(refusal)
      metrics.countRequest(directLineError(refusal).status)
      end(socket, refusal, seconds)
    }
  }
}

/** Answers over the bare connection, and closes it. */
function end(socket: Duplex, refusal: Refusal, seconds: number | undefined): void {
  const { status, body } = directLineError(refusal)
  const text = JSON.stringify(body)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
    ...(seconds === undefined ? [] : [`Retry-After: ${seconds}`]),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`, () => socket.destroy())
}
