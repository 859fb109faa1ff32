import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fakeGuide } from '../fake-guide.ts'
import {
  type Answer,
  type DirectLineSetup,
  type DirectLineUnderTest,
  post,
  wordsIn,
} from './direct-line-under-test.ts'
import { startForTest } from './start-for-test.ts'

const generate = '/v3/directline/tokens/generate'
const secret = 'een-geheim-van-de-beheerder'
const site = 'https://www.linde.example'
const embeddings = { linde: { origins: [site] }, esdoorn: { origins: ['https://esdoorn.example'] } }

const start = (setup: DirectLineSetup = {}) =>
  startForTest({ ...setup, settings: { embeddings, ...setup.settings } })

/** Status and code of a refusal; the status alone of what was done. */
function outcomeOf({ status, body }: Answer): string {
  return [status, ...(body.error ? [body.error.code] : [])].join(' ')
}

describe('a token for the secret', () => {
  it('is given to whoever shows it, and to nobody else', async () => {
    const server = await start({ settings: { clientSecret: secret } })
    const good = await server.call(generate, post({}, secret))
    expect([good.status, good.body.expires_in]).toEqual([200, 1800])
    expect(outcomeOf(await server.call(generate, post({}, `${secret}x`)))).toBe('401 Unauthorized')
    expect(outcomeOf(await server.call(generate, post({})))).toBe('401 Unauthorized')
    expect(outcomeOf(await server.call('/v3/directline/conversations', post({}, 'another')))).toBe(
      '401 Unauthorized',
    )
  })

  it('is refused where no secret is set and others than this machine are served', async () => {
    const server = await start({ server: { publicUrl: 'https://chat.example.nl' } })
    const refused = await server.call(generate, post({}))
    expect(outcomeOf(refused)).toBe('403 Forbidden')
    expect(refused.body.error?.message).toContain('DIRECT_LINE_SECRET')
  })

  it('stops guessing of the secret', async () => {
    const server = await start({ settings: { clientSecret: secret } })
    const guesses = await Promise.all(
      Array.from({ length: 31 }, (_, count) => server.call(generate, post({}, `guess-${count}`))),
    )
    expect(
      guesses
        .map(({ status }) => status)
        .sort()
        .at(-1),
    ).toBe(429)
  })

  it('lets the secret itself begin a conversation, whose token then counts', async () => {
    const server = await start({ settings: { clientSecret: secret } })
    const { status, body } = await server.call('/v3/directline/conversations', post({}, secret))
    expect(status).toBe(201)
    const id = body.conversationId ?? ''
    expect((await server.read({ id, token: body.token ?? '' })).status).toBe(200)
    expect(outcomeOf(await server.read({ id, token: secret }))).toBe('401 Unauthorized')
  })

  it('says who the client is, whatever it says itself', async () => {
    const server = await start()
    const talk = await server.begin({ user: { id: 'dl_sanne' }, format: 'replies' })
    await server.post(talk, { text: 'hallo', from: { id: 'somebody-else' } })
    expect((await server.read(talk, '1')).body.activities?.[0]?.from.id).toBe('dl_sanne')
  })

  it('says at whose place the conversation is held', async () => {
    const heard: unknown[] = []
    const server = await start({
      guide: {
        ...fakeGuide,
        turn(state, input, now) {
          heard.push('organisation' in input ? input.organisation : undefined)
          return fakeGuide.turn(state, input, now)
        },
      },
    })
    await server.begin({ organisation: 'linde' })
    expect(heard).toEqual(['linde'])
  })

  it.each<[string, object, string]>([
    ['a user that does not begin with dl_', { user: { id: 'sanne' } }, '400 BadArgument'],
    ['an organisation that is not there', { organisation: 'wilg' }, '404 NotFound'],
    ['an origin that no organisation lists', { trustedOrigins: ['https://evil.example'] }, '400 BadArgument'],
    [
      'an origin of another organisation',
      { organisation: 'linde', trustedOrigins: ['https://esdoorn.example'] },
      '400 BadArgument',
    ],
    ['another format', { format: 'html' }, '400 BadArgument'],
  ])('is refused for %s', async (_, asked, refusal) => {
    const server = await start()
    expect(outcomeOf(await server.call(generate, post(asked)))).toBe(refusal)
  })
})

describe('a token for a page', () => {
  const ask = (server: DirectLineUnderTest, organisation: string, origin?: string, body: object = {}) => {
    const request = post(body)
    const headers = { ...(request.headers as object), ...(origin !== undefined && { Origin: origin }) }
    return server.call(`/chat/${organisation}/token`, { ...request, headers })
  }

  it('is given where the organisation may be embedded, and counts there alone', async () => {
    const server = await start()
    const given = await ask(server, 'linde', site)
    expect([given.status, given.headers.get('access-control-allow-origin')]).toEqual([200, site])
    const talk = { id: given.body.conversationId ?? '', token: given.body.token ?? '' }
    const from = (Origin: string) =>
      server.call(`/v3/directline/conversations/${talk.id}`, {
        headers: { Authorization: `Bearer ${talk.token}`, Origin },
      })
    expect((await from(site)).status).toBe(200)
    expect(outcomeOf(await from('https://esdoorn.example'))).toBe('403 Forbidden')
    expect(outcomeOf(await from('https://evil.example'))).toBe('403 Forbidden')
    expect((await server.read(talk)).status).toBe(200)
  })

  it.each<[string, string, string | undefined, string]>([
    ['elsewhere', 'linde', 'https://evil.example', '403 Forbidden'],
    ['where another organisation is embedded', 'linde', 'https://esdoorn.example', '403 Forbidden'],
    ['at an origin that only looks alike', 'linde', 'http://www.linde.example', '403 Forbidden'],
    ['that is none', 'linde', undefined, '403 Forbidden'],
    ['of an organisation that is not there', 'wilg', site, '404 NotFound'],
    ['of what every object has', '__proto__', site, '404 NotFound'],
  ])('is refused to a page %s', async (_, organisation, origin, refusal) => {
    const server = await start()
    expect(outcomeOf(await ask(server, organisation, origin))).toBe(refusal)
  })

  it('is given on this machine while nothing is public', async () => {
    const here = await start()
    expect((await ask(here, 'linde', 'http://localhost:8080')).status).toBe(200)
    const there = await start({ server: { publicUrl: 'https://chat.example.nl' } })
    expect(outcomeOf(await ask(there, 'linde', 'http://localhost:8080'))).toBe('403 Forbidden')
    expect((await ask(there, 'linde', 'https://chat.example.nl')).status).toBe(200)
  })
})

describe('a page in a browser', () => {
  const preflight = (server: DirectLineUnderTest, path: string, origin: string) =>
    server.call(path, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type,x-ms-bot-agent,x-requested-with',
      },
    })

  it('of an origin that is listed may send what the official Web Chat sends', async () => {
    const server = await start()
    for (const path of ['/v3/directline/conversations', '/chat/linde/token']) {
      const { status, headers } = await preflight(server, path, site)
      expect([status, headers.get('access-control-allow-origin')]).toEqual([204, site])
      const allowed = headers.get('access-control-allow-headers')?.split(', ')
      expect(allowed).toEqual(
        expect.arrayContaining(['authorization', 'content-type', 'x-ms-bot-agent', 'x-requested-with']),
      )
      expect(headers.get('vary')).toContain('Origin')
    }
  })

  it.each(['https://evil.example', 'null', 'https://www.linde.example:8443', 'https://linde.example'])(
    'of the origin %s may send nothing',
    async (origin) => {
      const server = await start()
      for (const path of ['/v3/directline/conversations', generate, '/chat/linde/token']) {
        const { status, headers } = await preflight(server, path, origin)
        expect([status, headers.get('access-control-allow-origin')]).toEqual([403, null])
      }
      const { status } = await server.call(generate, { ...post({}), headers: { Origin: origin } })
      expect(status).toBe(403)
    },
  )
})

describe('a page of ours', () => {
  it('holds the first words and the token, and nothing is stored until the client does something', async () => {
    const server = await start()
    const before = server.stored().length
    const page = server.directLine.startOf({ organisation: 'linde', locale: 'nl' })
    expect(page).toMatchObject({ expiresIn: 1800, directLine: '/v3/directline', organisation: 'linde' })
    expect(page.first).toMatchObject({ turn: 1, end: false, erased: false, frame: { locale: 'nl' } })
    expect(server.stored().length).toBe(before)

    const talk = { id: page.conversationId, token: page.token }
    await server.post(talk, { value: { choose: 'klacht', of: 'question/subject', turn: 1 } })
    const read = await server.read(talk)
    expect(read.body.activities?.[0]?.channelData?.klachtwijzer).toEqual(page.first)
    expect(wordsIn(read).at(-1)).toBe('2: gekozen klacht')
  })

  it('has a token that counts on our own pages alone', async () => {
    const server = await start()
    const page = server.directLine.startOf({ organisation: 'linde' })
    const from = (Origin: string) =>
      server.call('/v3/directline/tokens/refresh', {
        method: 'POST',
        headers: { Authorization: `Bearer ${page.token}`, Origin },
      })
    expect((await from(server.address)).status).toBe(200)
    expect(outcomeOf(await from(site))).toBe('403 Forbidden')
  })

  it('may stand in a frame where the organisation may be embedded', async () => {
    const here = await start()
    expect(here.directLine.frameAncestorsOf('linde')).toBe(
      `frame-ancestors 'self' ${site} http://localhost:* http://127.0.0.1:*`,
    )
    const there = await start({ server: { publicUrl: 'https://chat.example.nl' } })
    expect(there.directLine.frameAncestorsOf('linde')).toBe(`frame-ancestors 'self' ${site}`)
    expect(there.directLine.frameAncestorsOf('wilg')).toBe("frame-ancestors 'self'")
  })
})

describe('a server that is public without an app id', () => {
  const behindProxy = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https' }

  it('serves the chat through its proxy, and no channel, not even to what looks like this machine', async () => {
    const server = await start({ server: { publicUrl: 'https://chat.example.nl' } })
    const page = server.directLine.startOf({})
    const headers = { Authorization: `Bearer ${page.token}`, ...behindProxy }
    const { status, body } = await server.call('/v3/directline/conversations', { method: 'POST', headers })
    expect(status).toBe(201)
    expect(body.streamUrl).toMatch(/^wss:\/\/chat\.example\.nl\/v3\/directline\//)
    const messages = await server.call('/api/messages', post({ type: 'message' }))
    expect(messages.status).toBe(403)
    expect((await server.call('/metrics')).status).toBe(403)
  })

  it('listens on other hosts, which another one does not', async () => {
    const { createBotServer } = await import('../../../src/channels/bot-server.ts')
    const server = await start()
    const parts = server.parts
    await expect(createBotServer({ ...parts, publicUrl: undefined }).listen(0, '0.0.0.0')).rejects.toThrow(
      /KLACHTWIJZER_PUBLIC_URL/,
    )
    const open = createBotServer({ ...parts, publicUrl: 'https://chat.example.nl' })
    await open.listen(0, '0.0.0.0')
    await open.close()
  })

  it('is not what a server on this machine alone is: that refuses what comes through a proxy', async () => {
    const server = await start()
    const page = server.directLine.startOf({})
    const headers = { Authorization: `Bearer ${page.token}`, ...behindProxy }
    const { status } = await server.call('/v3/directline/conversations', { method: 'POST', headers })
    expect(status).toBe(403)
  })
})

describe('with a secret of Azure Direct Line', () => {
  const domain = 'https://europe.directline.botframework.com'
  const azure = { secret: 'het-geheim-van-azure', domain }
  const ask = (server: DirectLineUnderTest) =>
    server.call('/chat/linde/token', {
      ...post({ user: { id: 'dl_sanne' } }),
      headers: { 'Content-Type': 'application/json', Origin: site },
    })

  beforeAll(() => {
    nock.disableNetConnect()
    nock.enableNetConnect('127.0.0.1')
  })
  afterEach(() => nock.cleanAll())
  afterAll(() => {
    nock.enableNetConnect()
    nock.restore()
  })

  it('pages get a token of Azure, bound to the user and to where the page stands', async () => {
    const server = await start({ settings: { azure } })
    const given = { conversationId: 'of-azure', token: 'token-of-azure', expires_in: 3600 }
    const called = nock(domain, { reqheaders: { authorization: `Bearer ${azure.secret}` } })
      .post('/v3/directline/tokens/generate', { user: { id: 'dl_sanne' }, trustedOrigins: [site] })
      .reply(200, given)
    const { status, body } = await ask(server)
    expect([status, body]).toEqual([200, { ...given, domain: `${domain}/v3/directline` }])
    expect(called.isDone()).toBe(true)
  })

  it.each<[string, (azureDirectLine: nock.Interceptor) => nock.Scope, number]>([
    ['refuses', (it) => it.reply(403, { error: { code: 'BadArgument' } }), 502],
    ['answers something else', (it) => it.reply(200, '<html>'), 502],
    ['cannot be reached', (it) => it.replyWithError('no way'), 504],
  ])('a page is told clearly when Azure %s', async (_, answer, status) => {
    const server = await start({ settings: { azure } })
    answer(nock(domain).post('/v3/directline/tokens/generate'))
    const refused = await ask(server)
    expect([refused.status, refused.body.error?.code]).toEqual([status, 'ServiceError'])
    expect(JSON.stringify(refused.body)).not.toContain('geheim')
  })

  it('a page is told clearly when Azure takes too long', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const here = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const server = await start({ settings: { azure: { ...azure, domain: here, patience: 50 } } })
    expect((await ask(server)).status).toBe(504)
    silent.closeAllConnections()
    silent.close()
  })
})
