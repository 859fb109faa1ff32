import { Agent } from 'node:http'
import { createRequire } from 'node:module'
import { DirectLine, type DirectLineOptions, type Message } from 'botframework-directlinejs'
import { WebSocket } from 'ws'
import { type Activity, wordsOf } from './direct-line-under-test.ts'

// What a browser has, and Node has not, or otherwise: the client looks for them at each use.
const XMLHttpRequest = createRequire(import.meta.url)('xhr2')
// It would use connections again that a server which was stopped has left, and then wait for 20 seconds.
XMLHttpRequest.nodejsSet({ httpAgent: new Agent({ keepAlive: false }) })
Object.assign(globalThis, { XMLHttpRequest, WebSocket })

/** Microsoft's own client of Direct Line, and what came over it. */
export type OfficialClient = {
  readonly received: readonly Activity[]
  /** As `wordsIn`, in order of arrival. */
  words(): string[]
  readonly client: DirectLine
  /** Posts words, or the value of a button; gives the id that the server answered. */
  send(what: { text?: string; value?: unknown }, clientId?: string): Promise<string>
  /** Resolves when so many activities came. */
  until(count: number): Promise<void>
  end(): void
}

export function connectOfficialClient(
  options: Partial<DirectLineOptions> & { random?: () => number },
): OfficialClient {
  const client = new DirectLine({ pollingInterval: 200, ...options } as DirectLineOptions)
  const received: Activity[] = []
  const waiting = new Set<() => void>()
  const subscription = client.activity$.subscribe((activity) => {
    received.push(activity as unknown as Activity)
    for (const look of waiting) look()
  })
  return {
    received,
    client,
    words: () => received.map(wordsOf),
    send: (what, clientId) =>
      new Promise((resolve, reject) => {
        const message = {
          type: 'message',
          from: { id: 'somebody' },
          ...what,
          ...(clientId && { channelData: { clientActivityID: clientId } }),
        }
        client.postActivity(message as unknown as Message).subscribe(resolve, reject)
      }),
    until: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    end() {
      subscription.unsubscribe()
      client.end()
    },
  }
}
