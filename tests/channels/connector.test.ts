import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Connector, ConnectorError, createConnector } from '../../src/channels/connector.ts'

type Called = { method: string; url: string; authorization: string | undefined; body: unknown }

let called: Called[]
/** What the service does with each call in turn; after these it takes everything. */
let answers: ((request: IncomingMessage, response: ServerResponse) => void)[]
let serviceUrl: string
let connector: Connector

const server = createServer(async (request, response) => {
  const { method = '', url = '', headers } = request
  const body = headers['content-length'] ? await json(request) : undefined
  called.push({ method, url, authorization: headers.authorization, body })
  const answer = answers.shift() ?? ((_, rest) => rest.writeHead(201).end('{"id":"m-1"}'))
  answer(request, response)
})

const refuse =
  (status: number, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    response.writeHead(status, headers).end('the words of a client')

beforeEach(async () => {
  called = []
  answers = []
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/emea`
  connector = createConnector(async () => 'our-token')
})

afterEach(async () => {
  connector.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const message = () => ({
  type: 'message',
  text: 'hallo',
  serviceUrl,
  conversation: { id: 'a:1/2 3' } as never,
})

describe('a message for a channel', () => {
  it('goes to its conversation, with the token, and comes back with its id', async () => {
    expect(await connector.send(message())).toEqual({ id: 'm-1' })
    expect(called).toMatchObject([
      {
        method: 'POST',
        url: '/emea/v3/conversations/a%3A1%2F2%203/activities',
        authorization: 'Bearer our-token',
        body: { text: 'hallo' },
      },
    ])
  })

  it('answers the message that it names, changes and removes its own', async () => {
    await connector.send({ ...message(), serviceUrl: `${serviceUrl}/`, replyToId: 'theirs' })
    await connector.update({ ...message(), id: 'ours' })
    await connector.remove({ serviceUrl, conversationId: 'linde' }, 'ours')
    expect(called.map(({ method, url }) => `${method} ${url.split('/').slice(4).join('/')}`)).toEqual([
      'POST a%3A1%2F2%203/activities/theirs',
      'PUT a%3A1%2F2%203/activities/ours',
      'DELETE linde/activities/ours',
    ])
  })

  it('carries no token where channels ask for none', async () => {
    const local = createConnector(undefined)
    await local.send(message())
    local.close()
    expect(called[0]?.authorization).toBeUndefined()
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '<p>ok</p>'],
    ['no id', '{}'],
    ['null', 'null'],
  ])('is sent also when the channel answers with %s', async (_, body) => {
    answers = [(_request, response) => response.writeHead(200).end(body)]
    expect(await connector.send(message())).toBeUndefined()
  })
})

describe('a channel that does not take a message', () => {
  it.each([429, 412, 502, 503, 504])('for the moment (%i) is asked again', async (status) => {
    answers = [refuse(status, { 'Retry-After': '0.01' })]
    expect(await connector.send(message())).toEqual({ id: 'm-1' })
    expect(called).toHaveLength(2)
  })

  it('is asked three times at most', async () => {
    answers = [1, 2, 3].map(() => refuse(429, { 'Retry-After': '0.01' }))
    await expect(connector.send(message())).rejects.toMatchObject({ name: 'ConnectorError', statusCode: 429 })
    expect(called).toHaveLength(3)
  })

  it.each([400, 401, 403, 404, 413, 500])(
    'for good (%i) is not asked again, and not quoted',
    async (status) => {
      answers = [refuse(status)]
      const error: unknown = await connector.send(message()).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(ConnectorError)
      expect(error).toMatchObject({ statusCode: status })
      expect(String(error)).not.toContain('client')
      expect(called).toHaveLength(1)
    },
  )

  it('because it had just closed the connection gets the message over a new one', async () => {
    await connector.send(message())
    answers = [(request) => request.socket.destroy()]
    expect(await connector.send(message())).toEqual({ id: 'm-1' })
  })

  it('because it closes every connection is no riddle', async () => {
    answers = [(request) => request.socket.destroy()]
    await expect(connector.send(message())).rejects.toMatchObject({ code: 'ECONNRESET' })
  })
})

it('a token that cannot be had sends nothing', async () => {
  const poor = createConnector(() => Promise.reject(new Error('no token')))
  await expect(poor.send(message())).rejects.toThrow('no token')
  poor.close()
  expect(called).toEqual([])
})
