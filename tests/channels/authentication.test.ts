import { randomUUID } from 'node:crypto'
import nock from 'nock'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BotIdentity } from '../../src/channels/bot-identity.ts'
import { type BotUnderTest, startBot } from './bot-under-test.ts'
import { startTokenIssuer, type TestIssuer, type TokenFields } from './token-issuer.ts'

const otherApp = '00000000-1111-2222-3333-444444444444'

let issuer: TestIssuer
let identity: BotIdentity & { appId: string }
let bot: BotUnderTest
/** What was asked of the storage. */
let stored: string[]

beforeEach(async () => {
  // The SDK prints why a token does not hold; the server silences it, these tests run without a server process.
  vi.spyOn(console, 'error').mockImplementation(() => {})
  issuer = await startTokenIssuer()
  identity = { appId: randomUUID(), appPassword: 'a password', issuer }
  stored = []
  bot = await startBot({
    identity,
    wrapStore: (store) => ({
      ...store,
      load(id) {
        stored.push('load')
        return store.load(id)
      },
      save(id, value) {
        stored.push('save')
        return store.save(id, value)
      },
    }),
  })
  nock.enableNetConnect('127.0.0.1')
  nock('https://login.microsoftonline.com')
    .post('/botframework.com/oauth2/v2.0/token')
    .query(true)
    .reply(200, { token_type: 'Bearer', expires_in: 3600, access_token: 'token of the bot' })
    .persist()
})

afterEach(async () => {
  await bot.close()
  await issuer.close()
  nock.cleanAll()
  nock.enableNetConnect()
  vi.restoreAllMocks()
})

function activity(fields: Record<string, unknown> = {}): string {
  return JSON.stringify({
    type: 'message',
    id: randomUUID(),
    text: 'hallo',
    channelId: 'msteams',
    serviceUrl: bot.connector.serviceUrl,
    conversation: { id: 'linde', conversationType: 'personal' },
    from: { id: 'client-1' },
    recipient: { id: 'bot-1' },
    ...fields,
  })
}

async function send(body: string, authorization: string | undefined): Promise<number> {
  const response = await bot.post(body, {
    'Content-Type': 'application/json',
    ...(authorization !== undefined && { Authorization: authorization }),
  })
  await response.text()
  return response.status
}

function bearer(fields?: TokenFields): Promise<string> {
  return issuer.bearer(identity.appId, bot.connector.serviceUrl, fields)
}

async function expectNothingHappened(): Promise<void> {
  expect(bot.connector.arrived).toBe(0)
  expect(stored).toEqual([])
}

describe('a caller with a token of the issuer', () => {
  it('is answered, and the keys are fetched once', async () => {
    expect(await send(activity(), await bearer())).toBe(200)
    expect(await send(activity(), await bearer({ algorithm: 'RS512' }))).toBe(200)
    expect(bot.said()).toEqual(['1: hallo', '2: hallo'])
    expect(issuer.fetched).toBe(1)
  })

  it('may have a clock that differs by less than five minutes', async () => {
    expect(await send(activity(), await bearer({ notBefore: 200 }))).toBe(200)
    expect(await send(activity(), await bearer({ expires: -200 }))).toBe(200)
  })

  it('is heard when it sends what the bot ignores', async () => {
    expect(await send('{"type":"typing"}', await bearer())).toBe(200)
    expect(stored).toEqual([])
  })
})

describe('a caller is refused, no turn runs, nothing is stored and nothing is sent, with', () => {
  const tokens: [string, TokenFields][] = [
    ['a token for another bot', { claims: { aud: otherApp } }],
    ['a token for this bot among others', { claims: { aud: ['this', otherApp] } }],
    ['a token of another issuer', { claims: { iss: 'https://linde.example' } }],
    ['a token that has expired', { expires: -600 }],
    ['a token that never expires', { claims: { exp: undefined } }],
    ['a token that is not valid yet', { notBefore: 600 }],
    ['a token without a signature', { algorithm: 'none' }],
    ['a token signed with the public key', { algorithm: 'HS256' }],
    ['a token signed in a way that the protocol has not', { algorithm: 'PS256' }],
    ['a token signed by a key that nobody knows', { key: 'elsewhere' }],
    ['a token signed by another key with a known name', { key: 'stolen name' }],
    ['a token whose key is for another channel', { key: 'unendorsed' }],
    ['a token without a serviceUrl', { claims: { serviceurl: undefined } }],
    ['a token for another serviceUrl', { claims: { serviceurl: 'https://linde.example/' } }],
    [
      'a token of another bot that calls this one as its skill',
      {
        claims: {
          iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
          ver: '1.0',
          appid: otherApp,
        },
      },
    ],
    [
      'a token that the bot got for itself, as the Emulator brings',
      {
        claims: {
          iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
          ver: '1.0',
          appid: 'this',
        },
      },
    ],
  ]
  it.each(tokens)('%s', async (_, { claims = {}, ...fields }) => {
    const own = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(own) : value === 'this' ? identity.appId : value
    const fitted = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, own(value)]))
    const token = await bearer({ ...fields, claims: fitted })
    for (const type of ['message', 'conversationUpdate', 'invoke', 'installationUpdate']) {
      const body = activity({ type, name: 'task/fetch', membersAdded: [{ id: 'client-1' }] })
      expect(type === 'message' ? [401, 403] : [400, 401, 403]).toContain(await send(body, token))
    }
    await expectNothingHappened()
  })

  it.each([
    ['no header', () => undefined],
    ['an empty header', () => ''],
    ['another scheme', (token: string) => token.replace('Bearer', 'Basic')],
    ['a scheme and no token', () => 'Bearer '],
    ['more than a token', (token: string) => `${token} ${token}`],
    ['half a token', (token: string) => token.slice(0, token.lastIndexOf('.'))],
    ['a token with another ending', (token: string) => `${token.slice(0, -8)}AAAAAAAA`],
    ['words in the place of a token', () => 'Bearer linde.blad.boom'],
    [
      'a payload that is no JSON',
      () =>
        `Bearer ${Buffer.from('{"typ":"JWT","alg":"RS256","kid":"known"}').toString('base64url')}.bGluZGU.bGluZGU`,
    ],
  ])('%s', async (_, change) => {
    expect(await send(activity(), change(await bearer()))).toBe(401)
    await expectNothingHappened()
  })

  it.each(['message', 'conversationUpdate', 'invoke', 'typing', 'installationUpdate'])(
    'a good token, and a %s that wants the reply elsewhere',
    async (type) => {
      const body = activity({
        type,
        name: 'task/fetch',
        serviceUrl: 'https://linde.example/',
        membersAdded: [{ id: 'x' }],
      })
      expect(await send(body, await bearer())).toBe(403)
      await expectNothingHappened()
    },
  )

  it('a good token, and a channel that it is not for', async () => {
    expect(await send(activity({ channelId: 'slack' }), await bearer())).toBe(401)
    expect(await send(activity({ channelId: 'AseChannel' }), await bearer())).toBe(401)
    await expectNothingHappened()
  })

  it('a token for a serviceUrl without https, also when the issuer signed it', async () => {
    const serviceUrl = 'http://linde.example/'
    const token = await issuer.bearer(identity.appId, serviceUrl)
    expect(await send(activity({ serviceUrl }), token)).toBe(403)
    await expectNothingHappened()
  })
})

describe('a refusal', () => {
  it('says the same whatever is wrong, and how to do better', async () => {
    const response = await bot.post(activity(), {
      'Content-Type': 'application/json',
      Authorization: await bearer({ expires: -600 }),
    })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await response.json()).toEqual({ error: 'the caller is not known' })
  })

  it('comes before the body is read', async () => {
    expect(await send('{"type":', undefined)).toBe(401)
    expect(await send('{"type":', await bearer({ claims: { iss: 'https://linde.example' } }))).toBe(401)
    expect(await send('{"type":', await bearer({ claims: { aud: otherApp } }))).toBe(401)
    expect(await send('{"type":', await bearer())).toBe(400)
  })

  it('leaves no word of the token in the log', async () => {
    const token = await bearer({ key: 'stolen name' })
    await send(activity(), token)
    expect(bot.logged()).toContain('unknown-caller')
    expect(bot.logged()).not.toContain(token.slice(-30))
  })

  it('is worded as a fault of the server when the issuer gives no keys, and ends when it does', async () => {
    const token = await bearer()
    const gone = await startTokenIssuer()
    await gone.close()
    const lonely = await startBot({ identity: { ...identity, issuer: gone } })
    const response = await lonely.post(activity(), {
      'Content-Type': 'application/json',
      Authorization: token,
    })
    expect(response.status).toBe(503)
    expect(lonely.logged()).toContain('keys-unavailable')
    await lonely.close()
  })

  it('turns into a request to wait for an address that keeps coming, and never for a known caller there', async () => {
    const statuses: number[] = []
    for (let count = 0; count < 40; count += 1) statuses.push(await send(activity(), undefined))
    expect(statuses).toEqual([...Array(30).fill(401), ...Array(10).fill(429)])
    const response = await bot.post(activity(), { 'Content-Type': 'application/json' })
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(bot.logged().match(/"refusal"/g)).toHaveLength(31)
    await expectNothingHappened()
    expect(await send(activity(), await bearer())).toBe(200)
    expect(bot.said()).toEqual(['1: hallo'])
  })
})
