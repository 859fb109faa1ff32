import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DirectLineUnderTest, startDirectLine } from './direct-line-under-test.ts'
import { connectOfficialClient, type OfficialClient } from './official-client.ts'

const greeting = 'Hallo, ik ben een computer van Zorggroep De Linde.\n\nWaar gaat het over?'

describe.each([
  ['over a WebSocket', true],
  ['by polling', false],
])('the client of Microsoft, %s', (_, webSocket) => {
  let server: DirectLineUnderTest
  let clients: OfficialClient[]

  beforeEach(async () => {
    server = await startDirectLine()
    clients = []
  })

  afterEach(async () => {
    for (const client of clients) client.end()
    await server.close()
  })

  function connect(options: object): OfficialClient {
    const client = connectOfficialClient({ domain: server.domain, webSocket, ...options })
    clients.push(client)
    return client
  }

  it('holds a conversation in plain replies', async () => {
    const client = connect({ token: await server.token({ format: 'replies' }) })
    await client.until(1)
    const id = await client.send({ text: 'hallo' }, 'first')
    await client.until(3)
    await client.send({ value: { choose: 'klacht', of: 'question/subject', turn: 1 } })
    await client.until(5)
    expect(client.words()).toEqual([
      greeting,
      '> hallo',
      '2: hallo',
      '> {"choose":"klacht","of":"question/subject","turn":1}',
      '3: gekozen klacht',
    ])
    expect(client.received[1]).toMatchObject({ id, channelData: { clientActivityID: 'first' } })
    expect(client.received[2]?.channelData?.klachtwijzer).toMatchObject({ turn: 2, end: false })
  })
})
