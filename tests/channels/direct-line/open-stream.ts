import { type ClientOptions, WebSocket } from 'ws'
import type { Activity, DirectLineUnderTest } from './direct-line-under-test.ts'

/** A WebSocket as any program could open it. */
export type OpenStream = {
  readonly socket: WebSocket
  readonly activities: readonly Activity[]
  readonly watermark: string | undefined
  /** Resolves when so many activities came. */
  until(count: number): Promise<void>
  /** The code with which it was closed. */
  readonly closed: Promise<number>
}

/** @throws Error with the status and the body when the server refuses */
export async function openStream(
  server: Pick<DirectLineUnderTest, 'domain'>,
  { id, token }: { id: string; token: string },
  watermark = '',
  options: ClientOptions = {},
): Promise<OpenStream> {
  const url = `${server.domain.replace('http', 'ws')}/conversations/${id}/stream?watermark=${watermark}&t=${token}`
  const socket = new WebSocket(url, options)
  const activities: Activity[] = []
  let last: string | undefined
  const waiting = new Set<() => void>()
  socket.on('message', (data) => {
    const words = String(data)
    if (words === '') return
    const set = JSON.parse(words)
    activities.push(...set.activities)
    last = set.watermark
    for (const look of waiting) look()
  })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve).once('error', reject)
    socket.once('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => {
        const retry = response.headers['retry-after']
        reject(new Error(`${response.statusCode} ${retry ?? ''} ${body}`))
      })
    })
  })
  return {
    socket,
    activities,
    get watermark() {
      return last
    },
    closed,
    until: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (activities.length < count) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
