import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeGuide } from '../fake-guide.ts'
import { type DirectLineUnderTest, post, startDirectLine, wordsIn } from './direct-line-under-test.ts'
import { openStream } from './open-stream.ts'

const conversations = '/v3/directline/conversations'

describe('Direct Line over HTTP', () => {
  let server: DirectLineUnderTest
  let talk: { id: string; token: string }

  beforeEach(async () => {
    server = await startDirectLine()
    talk = await server.begin({ format: 'replies' })
  })

  afterEach(() => server.close())

  const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } })

  it('creates a conversation once; the same token again finds it', async () => {
    const token = await server.token()
    const first = await server.call(conversations, post({}, token))
    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({ conversationId: expect.any(String), expires_in: 1800 })
    const again = await server.call(conversations, post({}, token))
    expect([again.status, again.body.conversationId]).toEqual([200, first.body.conversationId])
    expect(wordsIn(await server.read({ id: first.body.conversationId ?? '', token }))).toHaveLength(1)
  })

  it('gives what came after a watermark, and the next one', async () => {
    await server.post(talk, { text: 'een' })
    const { body } = await server.read(talk, '2')
    expect([wordsIn({ body } as never), body.watermark]).toEqual([['2: een'], '3'])
    const nothing = await server.read(talk, '3')
    expect([nothing.body.activities, nothing.body.watermark]).toEqual([[], '3'])
  })

  it('tells everything to a client whose watermark is of a log that is gone', async () => {
    const { body } = await server.read(talk, '99')
    expect([body.activities?.length, body.watermark]).toEqual([1, '1'])
  })

  it('numbers its activities within the conversation', async () => {
    const { body } = await server.post(talk, { text: 'een' })
    expect(body.id).toBe(`${talk.id}|0000002`)
  })

  it('lets the first thing that a client does begin the conversation', async () => {
    const token = await server.token({ format: 'replies' })
    const { conversationId = '' } = (await server.call('/v3/directline/tokens/refresh', post({}, token))).body
    await server.post({ id: conversationId, token }, { text: 'meteen' })
    expect(wordsIn(await server.read({ id: conversationId, token }))).toEqual([
      expect.stringMatching(/^Hallo/),
      '> meteen',
      '2: meteen',
    ])
  })

  it('knows a label that is typed, and a press, and an answer to change', async () => {
    await server.post(talk, { text: 'Een klacht' })
    await server.post(talk, { value: { choose: 'back' } })
    await server.post(talk, { value: { change: 'topic' } })
    expect(wordsIn(await server.read(talk, '1')).filter((words) => !words.startsWith('>'))).toEqual([
      '2: gekozen klacht',
      '3: gekozen back',
      '4: anders topic',
    ])
  })

  it('has the frame of each turn beside its replies', async () => {
    await server.post(talk, { text: 'hallo' })
    const { body } = await server.read(talk, '2')
    expect(body.activities?.[0]?.channelData?.klachtwijzer).toEqual({
      turn: 2,
      replies: [{ kind: 'text', key: 'echo', text: '2: hallo', options: [] }],
      frame: {
        locale: 'nl',
        direction: 'ltr',
        answers: [{ slot: 'topic', question: 'Waar gaat het over?', answer: 'hallo' }],
        commands: [{ id: 'back', label: 'Terug' }],
        languages: [{ id: 'language-nl', locale: 'nl', label: 'Nederlands' }],
      },
      end: false,
      erased: false,
    })
  })

  it('takes activities that need no answer, and says nothing', async () => {
    const { status, body } = await server.post(talk, { type: 'typing' })
    expect([status, body.id]).toEqual([200, `${talk.id}|0000000`])
    expect(wordsIn(await server.read(talk))).toHaveLength(1)
  })

  it('apologises when a turn fails, and goes on', async () => {
    await server.post(talk, { text: 'breek' })
    await server.post(talk, { text: 'en nu' })
    expect(wordsIn(await server.read(talk, '1'))).toEqual([
      '> breek',
      'Er ging iets mis. Bel 0800 0000.',
      '> en nu',
      '2: en nu',
    ])
    expect(server.logged()).not.toContain('cannot read')
  })

  it.each<
    [string, number, string, (server: DirectLineUnderTest) => Promise<{ status: number; body: object }>]
  >([
    ['no token', 401, 'Unauthorized', (it) => it.call(`${conversations}/${talk.id}`)],
    [
      'a token that was changed',
      401,
      'Unauthorized',
      (it) => it.read({ ...talk, token: talk.token.replace(/.{5}$/, 'AAAAA') }),
    ],
    ['no token of ours', 401, 'Unauthorized', (it) => it.read({ ...talk, token: 'eyJhbGciOi.e30.x' })],
    [
      'a token of enormous length',
      401,
      'Unauthorized',
      (it) => it.read({ ...talk, token: 'x'.repeat(9_000) }),
    ],
    ['a token of another conversation', 403, 'Forbidden', (it) => it.read({ ...talk, id: 'another' })],
    [
      'a file',
      415,
      'NotSupported',
      (it) => it.call(`${conversations}/${talk.id}/upload`, post({}, talk.token)),
    ],
    [
      'an attachment',
      415,
      'NotSupported',
      (it) => it.post(talk, { attachments: [{ contentUrl: 'data:,x' }] }),
    ],
    ['a watermark that is none', 400, 'BadArgument', (it) => it.read(talk, 'abc')],
    ['no activity', 400, 'BadArgument', (it) => it.post(talk, { type: 7 })],
    ['an activity whose text is none', 400, 'BadArgument', (it) => it.post(talk, { text: { $gt: '' } })],
    [
      'no JSON',
      400,
      'BadArgument',
      (it) =>
        it.call(`${conversations}/${talk.id}/activities`, { ...post({}, talk.token), body: '{"type":' }),
    ],
    [
      'a message that is too large',
      413,
      'MessageSizeTooBig',
      (it) => it.post(talk, { text: 'x'.repeat(33_000) }),
    ],
    ['another address', 404, 'NotFound', (it) => it.call('/v3/directline/session/getsessionid')],
    ['another method', 405, 'NotSupported', (it) => it.call('/v3/directline/tokens/generate')],
    [
      'a stream without an upgrade',
      426,
      'NotSupported',
      (it) => it.call(`${conversations}/${talk.id}/stream`),
    ],
  ])('refuses %s', async (_, status, code, send) => {
    const answer = await send(server)
    expect([answer.status, answer.body]).toEqual([status, { error: { code, message: expect.any(String) } }])
  })

  it('takes a token for half an hour, and one that was refreshed again as long', async () => {
    server.passMinutes(29)
    const { body } = await server.call('/v3/directline/tokens/refresh', post({}, talk.token))
    expect(body).toMatchObject({ conversationId: talk.id, expires_in: 1800 })
    server.passMinutes(2)
    for (const refused of [
      await server.read(talk),
      await server.post(talk, { text: 'te laat' }),
      await server.call('/v3/directline/tokens/refresh', post({}, talk.token)),
    ])
      expect([refused.status, refused.body.error?.code]).toEqual([403, 'TokenExpired'])
    expect((await server.read({ id: talk.id, token: body.token ?? '' })).status).toBe(200)
  })

  it('takes no token of a server with another key', async () => {
    const other = await startDirectLine()
    expect((await other.read(talk)).status).toBe(401)
    await other.close()
  })

  it('gives the address of a new stream to a client that comes back', async () => {
    const { status, body } = await server.call(`${conversations}/${talk.id}?watermark=1`, bearer(talk.token))
    expect([status, body.conversationId]).toEqual([200, talk.id])
    const url = new URL(body.streamUrl ?? '')
    expect(url.href).toMatch(
      `ws://${new URL(server.address).host}${conversations}/${talk.id}/stream?watermark=1&t=`,
    )
    const stream = await openStream(server, { id: talk.id, token: url.searchParams.get('t') ?? '' })
    await stream.until(1)
  })

  it('answers a message with another id again, and one in capitals of its own', async () => {
    await server.post(talk, { text: 'een', channelData: { clientActivityID: 'a' } })
    await server.post(talk, { text: 'een', channelData: { clientActivityID: 'b' } })
    expect(wordsIn(await server.read(talk, '1'))).toEqual(['> een', '2: een', '> een', '3: een'])
  })

  it('reads the first 10,000 characters of a long message', async () => {
    await server.post(talk, { text: 'é'.repeat(10_001) })
    const [own, answer] = wordsIn(await server.read(talk, '1'))
    expect([own?.length, answer?.length]).toEqual([10_002, 10_003])
  })

  it('logs nothing of who talks, or about what', async () => {
    await server.post(talk, { text: 'mijn geheim', from: { id: 'sanne', name: 'Sanne de Vries' } })
    await server.read(talk)
    const logged = server.logged()
    for (const secret of ['geheim', 'sanne', talk.id, talk.token.slice(0, 20)])
      expect(logged).not.toContain(secret)
    expect(logged).toContain('"channel":"directline","outcome":"answered"')
  })

  it('counts its turns', async () => {
    await server.post(talk, { text: 'een' })
    const metrics = await (await fetch(`${server.address}/metrics`)).text()
    expect(metrics).toContain('klachtwijzer_turns_total{channel="directline",outcome="answered"} 1')
  })
})

describe('a client who goes too fast', () => {
  it('is told so once, and then gets 429 with how long to wait', async () => {
    const server = await startDirectLine({ server: { turnsPerMinute: 2 } })
    const talk = await server.begin({ format: 'replies' })
    await server.post(talk, { text: 'een' })
    await server.post(talk, { text: 'twee' })
    expect((await server.post(talk, { text: 'drie' })).status).toBe(200)
    const refused = await server.post(talk, { text: 'vier' })
    expect([refused.status, refused.body.error?.code]).toEqual([429, 'RateLimited'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(wordsIn(await server.read(talk, '5'))).toEqual(['> drie', 'fast: bel 0800 0000.'])
    await server.close()
  })

  it('cannot begin conversations without end', async () => {
    const server = await startDirectLine({ server: { turnsPerMinute: 1 } })
    const statuses: number[] = []
    for (let count = 0; count < 6; count += 1) {
      statuses.push(
        (await server.call('/v3/directline/conversations', post({}, await server.token()))).status,
      )
    }
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429])
    await server.close()
  })

  it('can always leave', async () => {
    const server = await startDirectLine({ server: { turnsPerMinute: 1 } })
    const talk = await server.begin()
    for (let count = 0; count < 4; count += 1) await server.post(talk, { text: 'snel' })
    expect((await server.post(talk, { type: 'endOfConversation' })).status).toBe(200)
    await server.close()
  })
})

describe('a turn that cannot be told', () => {
  it('was not taken, and is when the message comes again, once', async () => {
    let isBroken = false
    const server = await startDirectLine({
      guide: {
        ...fakeGuide,
        frame(...given) {
          if (isBroken) throw new Error('broken')
          return fakeGuide.frame(...given)
        },
      },
    })
    const talk = await server.begin({ format: 'replies' })
    const message = { text: 'hoort u mij', channelData: { clientActivityID: 'one' } }
    isBroken = true
    const refused = await server.post(talk, message)
    expect([refused.status, refused.body.error?.code]).toEqual([503, 'ServiceError'])
    expect(wordsIn(await server.read(talk, '1'))).toEqual([])
    isBroken = false
    expect((await server.post(talk, message)).status).toBe(200)
    await server.kill()
    expect((await server.post(talk, message)).status).toBe(200)
    expect(wordsIn(await server.read(talk, '1'))).toEqual(['> hoort u mij', '2: hoort u mij'])
    await server.close()
  })
})
