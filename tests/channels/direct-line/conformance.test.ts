import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Activity, type DirectLineUnderTest, startDirectLine } from './direct-line-under-test.ts'
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
    // It waits for up to 15 seconds before it connects again, and 20 before it tries once more; here it waits less.
    const client = connectOfficialClient({
      domain: server.domain,
      webSocket,
      random: () => -0.24,
      timeout: 2_000,
      ...options,
    })
    clients.push(client)
    return client
  }

  /** What a page keeps to go on with a conversation after it was loaded anew. */
  function memoryOf({ client }: OfficialClient): object {
    const { conversationId, token, watermark } = client as unknown as Record<string, string>
    return { conversationId, token, watermark }
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
    expect(client.received[1]).toMatchObject({
      id,
      from: { id: 'somebody', role: 'user' },
      channelData: { clientActivityID: 'first' },
    })
    expect(client.received[2]).toMatchObject({
      from: { role: 'bot' },
      channelData: { klachtwijzer: { turn: 2, end: false, erased: false } },
    })
  })

  it('gets Adaptive Cards unless its token asks for something else', async () => {
    const client = connect({ token: await server.token() })
    await client.until(1)
    const card = client.received[0]?.attachments?.[0] as { contentType: string; content: object }
    expect(card.contentType).toBe('application/vnd.microsoft.card.adaptive')
    const value = { choose: 'praten', of: 'question/subject', turn: 1 }
    expect(JSON.stringify(card.content)).toContain(JSON.stringify(value).slice(1, -1))
    await client.send({ value })
    await client.until(3)
    expect(client.words()).toEqual([greeting, `> ${JSON.stringify(value)}`, '2: gekozen praten'])
    expect(client.received[0]?.channelData).toBeUndefined()
  })

  it('resumes after the server was started anew, with nothing twice and nothing missing', async () => {
    const before = connect({ token: await server.token({ format: 'replies' }) })
    await before.until(1)
    await before.send({ text: 'een' })
    await before.until(3)
    const memory = memoryOf(before)
    before.end()
    await server.kill()

    const after = connect(memory)
    await after.send({ text: 'twee' })
    await after.until(2)
    expect(after.words()).toEqual(['> twee', '3: twee'])

    const reloaded = connect({ ...memory, watermark: '' })
    await reloaded.until(5)
    expect(reloaded.words()).toEqual([greeting, '> een', '2: een', '> twee', '3: twee'])
    expect(reloaded.received.map(({ id }) => id)).toEqual([
      ...before.received.map(({ id }) => id),
      ...after.received.map(({ id }) => id),
    ])
  })

  it('shows two readers of one conversation the same', async () => {
    const one = connect({ token: await server.token({ format: 'replies' }) })
    await one.until(1)
    const other = connect({ ...memoryOf(one), watermark: '' })
    await other.until(1)
    await one.send({ text: 'van de een' })
    await other.send({ text: 'van de ander' })
    await Promise.all([one.until(5), other.until(5)])
    expect(one.words()).toEqual([
      greeting,
      '> van de een',
      '2: van de een',
      '> van de ander',
      '3: van de ander',
    ])
    expect(other.received).toEqual(one.received)
  })

  it('is answered once when it posts the same message again', async () => {
    const client = connect({ token: await server.token({ format: 'replies' }) })
    await client.until(1)
    const id = await client.send({ text: 'nog eens' }, 'the-same')
    expect(await client.send({ text: 'nog eens' }, 'the-same')).toBe(id)
    if (webSocket) await server.restart()
    expect(await client.send({ text: 'nog eens' }, 'the-same')).toBe(id)
    await client.send({ text: 'iets anders' })
    await client.until(5)
    expect(client.words().slice(1)).toEqual(['> nog eens', '2: nog eens', '> iets anders', '3: iets anders'])
  })

  // When it polls it gives up at the first request that finds no server.
  it.runIf(webSocket)('goes on when the server was away for a moment', async () => {
    const client = connect({ token: await server.token({ format: 'replies' }) })
    await client.until(1)
    await server.restart()
    await client.send({ text: 'er weer' })
    await client.until(3)
    expect(client.words()).toEqual([greeting, '> er weer', '2: er weer'])
  })

  it('still gets the last words when all is wiped', async () => {
    const client = connect({ token: await server.token({ format: 'replies' }) })
    await client.until(1)
    await client.send({ text: 'mijn geheim' })
    await client.until(3)
    await client.send({ text: 'wis alles' }, 'wiping')
    await client.until(5)
    const last = client.received.at(-1) as Activity
    expect(last.channelData?.klachtwijzer).toMatchObject({ turn: 0, erased: true })

    const reloaded = connect({ ...memoryOf(client), watermark: '' })
    await reloaded.until(2)
    expect(reloaded.received[0]).toMatchObject({ channelData: { clientActivityID: 'wiping' } })
    expect(reloaded.received[0]?.text).toBeUndefined()
    expect(reloaded.received[1]).toEqual(last)
  })
})

it('begins in the language of the program of the client', async () => {
  const heard: (string | undefined)[] = []
  const { fakeGuide } = await import('../fake-guide.ts')
  const server = await startDirectLine({
    guide: {
      ...fakeGuide,
      turn(state, input, now) {
        heard.push(input.kind === 'change' ? undefined : input.locale)
        return fakeGuide.turn(state, input, now)
      },
    },
  })
  const client = connectOfficialClient({
    domain: server.domain,
    token: await server.token(),
    conversationStartProperties: { locale: 'en-GB' },
  })
  await client.until(1)
  client.end()
  await server.close()
  expect(heard).toEqual(['en-GB'])
})
