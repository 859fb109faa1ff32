import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Activity } from 'botbuilder'

/** The other end of the Bot Framework protocol: takes the bot's replies and keeps them in order of arrival. */
export type ConnectorStub = {
  serviceUrl: string
  replies: Activity[]
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
    stub.arrived += 1
    const activity = JSON.parse(await text(request)) as Activity
    await new Promise((resolve) => setTimeout(resolve, stub.delay))
    if (stub.status < 300) stub.replies.push(activity)
    response.writeHead(stub.status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ id: `reply-${stub.replies.length}` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stub: ConnectorStub = {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    replies: [],
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
