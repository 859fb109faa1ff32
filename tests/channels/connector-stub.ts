import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Activity } from 'botbuilder'

/** The other end of the Bot Framework protocol: takes the bot's replies and keeps them in order of arrival. */
export type ConnectorStub = {
  serviceUrl: string
  replies: Activity[]
  /** Explanations for staff. */
  traces: Activity[]
  /** The messages that the bot changed, by id, and the ids of those that it took away. */
  updated: Map<string, Activity>
  deleted: string[]
  /** How changes are answered; 200 at first. */
  changeStatus: number
  /** Leaves changes without an answer; `asked` counts them. */
  isSilent: boolean
  asked: number
  /** Whether messages can be taken away; the Agents Playground answers that it cannot do it. */
  canDelete: boolean
  /** How many replies came in, also those that are not answered yet. */
  arrived: number
  /** How the next replies are answered; 201 at first. */
  status: number
  /** How long each answer takes, in milliseconds. */
  delay: number
  close(): Promise<void>
}

export async function startConnectorStub(): Promise<ConnectorStub> {
  const server = createServer(async (request: IncomingMessage, response) => {
    const body = await text(request)
    if (request.method !== 'POST') return change(request, response, body)
    stub.arrived += 1
    const activity = JSON.parse(body) as Activity
    await new Promise((resolve) => setTimeout(resolve, stub.delay))
    if (stub.status < 300) (activity.type === 'trace' ? stub.traces : stub.replies).push(activity)
    response.writeHead(stub.status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ id: `reply-${stub.replies.length}` }))
  })
  function change(request: IncomingMessage, response: ServerResponse, body: string): void {
    stub.asked += 1
    if (stub.isSilent) return
    const id = decodeURIComponent(request.url?.split('/').at(-1) ?? '')
    const status = request.method === 'DELETE' && !stub.canDelete ? 501 : stub.changeStatus
    const isTaken = status < 300
    if (isTaken && request.method === 'DELETE') stub.deleted.push(id)
    if (isTaken && request.method === 'PUT') stub.updated.set(id, JSON.parse(body) as Activity)
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id }))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stub: ConnectorStub = {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    replies: [],
    traces: [],
    updated: new Map(),
    deleted: [],
    changeStatus: 200,
    canDelete: true,
    isSilent: false,
    asked: 0,
    arrived: 0,
    status: 201,
    delay: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return stub
}
