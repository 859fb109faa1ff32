import { describe, expect, it } from 'vitest'
import { fakeGuide } from '../fake-guide.ts'
import { type DirectLineUnderTest, post, wordsIn } from './direct-line-under-test.ts'
import { openStream } from './open-stream.ts'
import { startForTest as start } from './start-for-test.ts'

const conversations = '/v3/directline/conversations'

describe('a token in the address of a stream, which proxies write in their logs', () => {
  const tokenIn = async (server: DirectLineUnderTest, talk: { id: string; token: string }) => {
    const headers = { Authorization: `Bearer ${talk.token}` }
    const { body } = await server.call(`${conversations}/${talk.id}`, { headers })
    return new URL(body.streamUrl ?? '').searchParams.get('t') ?? ''
  }

  it('opens nothing but the stream', async () => {
    const server = await start()
    const talk = await server.begin({ format: 'replies' })
    const token = await tokenIn(server, talk)
    const found = { id: talk.id, token }
    for (const refused of [
      await server.read(found),
      await server.post(found, { text: 'ik ben het' }),
      await server.post(found, { type: 'endOfConversation' }),
      await server.call('/v3/directline/tokens/refresh', post({}, token)),
      await server.call(conversations, post({}, token)),
    ])
      expect([refused.status, refused.body.error?.code]).toEqual([401, 'Unauthorized'])
    const stream = await openStream(server, found)
    await stream.until(1)
  })

  it('does so for a minute, also of our own pages, whose tokens can be refreshed for a day', async () => {
    const server = await start()
    const { token, conversationId } = server.directLine.startOf({})
    const own = { id: conversationId, token }
    await server.post(own, { text: 'hoi' })
    const found = { id: conversationId, token: await tokenIn(server, own) }
    server.passMinutes(2)
    await expect(openStream(server, found)).rejects.toThrow(/^403 .*TokenExpired/)
    expect((await server.call('/v3/directline/tokens/refresh', post({}, found.token))).status).toBe(401)
  })
})

describe('who leaves at once', () => {
  it('leaves nothing of what was sent just before, in whatever order it comes in', async () => {
    const server = await start()
    const token = await server.token({ format: 'replies' })
    const { conversationId: id = '' } = (await server.call('/v3/directline/tokens/refresh', post({}, token)))
      .body
    const talk = { id, token }
    const [said] = await Promise.all([
      server.post(talk, { text: 'mijn begeleider slaat mij' }),
      server.post(talk, { type: 'endOfConversation' }),
    ])
    const late = await server.post(talk, { text: 'en vannacht weer' })
    expect([200, 410]).toContain(said.status)
    expect([late.status, late.body.error?.code]).toEqual([410, 'NotFound'])
    expect(await server.kept(id)).toBeUndefined()
    expect((await server.read(talk)).body.activities).toEqual([])
  })

  it('leaves nothing of a turn that waits for one that is under way', async () => {
    let isHolding = false
    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    let isAsked = () => {}
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve
    })
    const server = await start({
      wrapStore: (store) => ({
        ...store,
        async load(id) {
          if (isHolding) {
            isAsked()
            await held
          }
          return store.load(id)
        },
      }),
    })
    const talk = await server.begin({ format: 'replies' })
    isHolding = true
    const first = server.post(talk, { text: 'een' })
    await asked
    const left = server.post(talk, { type: 'endOfConversation' })
    const second = server.post(talk, { text: 'twee' })
    answer()
    await Promise.all([first, left, second])
    expect(await server.kept(talk.id)).toBeUndefined()
    expect(wordsIn(await server.read(talk))).toEqual([])
  })
})

describe('an activity', () => {
  it('keeps of its value only what a button of ours sends', async () => {
    const server = await start()
    const talk = await server.begin({ format: 'replies' })
    const deep = `${'['.repeat(12_000)}${']'.repeat(12_000)}`
    const send = (value: string) =>
      server.call(`${conversations}/${talk.id}/activities`, {
        ...post({}, talk.token),
        body: `{"type":"message","text":"hoi","value":${value}}`,
      })
    expect((await send(deep)).status).toBe(200)
    expect((await send('{"__proto__":{"choose":"talk"},"x":1}')).status).toBe(200)
    expect((await send('{"choose":"talk","turn":1,"note":"<script>"}')).status).toBe(200)
    const { body } = await server.read(talk, '1')
    const values = body.activities?.filter(({ from }) => from.role === 'user').map(({ value }) => value)
    expect(values).toEqual([undefined, undefined, { choose: 'talk', turn: 1 }])
    expect(({} as { choose?: string }).choose).toBeUndefined()
  })

  it('that comes twice at the same moment is answered once', async () => {
    const server = await start()
    const talk = await server.begin({ format: 'replies' })
    const twice = { text: 'hallo', channelData: { clientActivityID: 'same' } }
    const answers = await Promise.all([1, 2, 3].map(() => server.post(talk, twice)))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
    expect(wordsIn(await server.read(talk, '1'))).toEqual(['> hallo', '2: hallo'])
  })

  it('that comes again much later, after the server was started anew, is not answered again', async () => {
    const server = await start()
    const talk = await server.begin({ format: 'replies' })
    const say = (count: number) =>
      server.post(talk, { text: `${count}`, channelData: { clientActivityID: `id-${count}` } })
    const first = await say(0)
    for (let count = 1; count < 25; count += 1) await say(count)
    const { watermark } = (await server.read(talk)).body
    await server.restart()
    const again = await say(0)
    expect([again.status, again.body.id]).toEqual([200, first.body.id])
    expect((await server.read(talk, watermark)).body.activities).toEqual([])
  })

  it('that is the first, and comes twice at the same moment, begins one conversation', async () => {
    const server = await start()
    const token = await server.token({ format: 'replies' })
    const { conversationId: id = '' } = (await server.call('/v3/directline/tokens/refresh', post({}, token)))
      .body
    const twice = { text: 'hallo', channelData: { clientActivityID: 'same' } }
    await Promise.all([1, 2].map(() => server.post({ id, token }, twice)))
    expect(wordsIn(await server.read({ id, token }))).toEqual([
      expect.stringMatching(/^Hallo/),
      '> hallo',
      '2: hallo',
    ])
  })

  it.each(['__proto__', 'constructor', 'toString', 'language:__proto__', '<img src=x>'])(
    'that chooses or changes "%s" costs no apology',
    async (name) => {
      const server = await start({ guide: fakeGuide })
      const talk = await server.begin({ format: 'replies' })
      await server.post(talk, { value: { choose: name, of: name, turn: 1 } })
      await server.post(talk, { value: { change: name } })
      const metrics = await (await fetch(`${server.address}/metrics`)).text()
      expect(metrics).not.toMatch(/outcome="apologised"} [1-9]/)
    },
  )
})

describe('one address', () => {
  it('cannot make the server read long texts without end', async () => {
    const server = await start({ server: { turnsPerMinute: 40 } })
    const talk = await server.begin({ format: 'replies' })
    const statuses: number[] = []
    for (let count = 0; count < 5; count += 1) {
      statuses.push((await server.post(talk, { text: 'x'.repeat(10_000) })).status)
    }
    // 80 forms a minute, of which such a text takes 21.
    expect(statuses).toEqual([200, 200, 200, 429, 429])
  })

  it.each<[string, (server: DirectLineUnderTest, talk: { id: string; token: string }) => Promise<unknown>]>([
    [
      'refresh tokens',
      async (server, { token }) =>
        (await server.call('/v3/directline/tokens/refresh', post({}, token))).status,
    ],
    [
      'ask for its conversation',
      async (server, { token }) => (await server.call(conversations, post({}, token))).status,
    ],
    [
      'open streams',
      async (server, talk) => {
        const answer = await openStream(server, talk).catch(String)
        if (typeof answer === 'string') return Number(/\b429\b/.exec(answer)?.[0])
        answer.socket.terminate()
        return 101
      },
    ],
  ])('cannot %s without end', async (_, act) => {
    const server = await start({ server: { turnsPerMinute: 1 } })
    const talk = await server.begin()
    const statuses: unknown[] = []
    for (let count = 0; count < 41; count += 1) statuses.push(await act(server, talk))
    expect(statuses[0]).not.toBe(429)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('an origin', () => {
  it('of our own name is ours with https alone, where that is how we are reached', async () => {
    const server = await start({ server: { publicUrl: server443 } })
    const from = (origin: string) =>
      openStream(server, talk, '', { headers: { host: 'chat.example.nl' }, origin })
    const { token, conversationId } = server.directLine.startOf({})
    const talk = { id: conversationId, token }
    await expect(from('http://chat.example.nl')).rejects.toThrow(/^403/)
    const stream = await from(server443)
    expect(stream.socket.readyState).toBe(stream.socket.OPEN)
  })
})

const server443 = 'https://chat.example.nl'

it('a client that offers HTTP/2 gets its answer', async () => {
  const server = await start()
  const { request } = await import('node:http')
  const status = await new Promise((resolve, reject) => {
    const headers = {
      Connection: 'Upgrade, HTTP2-Settings',
      Upgrade: 'h2c',
      'HTTP2-Settings': 'AAMAAABkAAQAAP__',
    }
    request(`${server.address}/healthz`, { headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(status).toBe(200)
})
