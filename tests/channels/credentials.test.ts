import { createHash, randomUUID, X509Certificate } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeProtectedHeader, importX509, jwtVerify } from 'jose'
import nock from 'nock'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BotIdentity } from '../../src/channels/bot-identity.ts'
import { startBot } from './bot-under-test.ts'
import { makeCertificate } from './make-certificate.ts'
import { startTokenIssuer, type TestIssuer } from './token-issuer.ts'

const serviceUrl = 'https://smba.trafficmanager.net/emea/'
const tenant = '11111111-2222-3333-4444-555555555555'
const { certificate, privateKey } = makeCertificate(new Date(), new Date(Date.now() + 86_400_000))
const thumbprint = createHash('sha1').update(new X509Certificate(certificate).raw).digest('hex').toUpperCase()

let issuer: TestIssuer
/** What Teams got: the header with the bot's own token. */
let brought: string[]

beforeEach(async () => {
  issuer = await startTokenIssuer()
  brought = []
  nock.disableNetConnect()
  nock.enableNetConnect('127.0.0.1')
  nock('https://smba.trafficmanager.net')
    .post(/^\/emea\/v3\/conversations\/linde\/activities\//)
    .reply(201, ({ headers }: Request) => {
      brought.push(String(headers.get('authorization')))
      return { id: 'reply-1' }
    })
    .persist()
})

afterEach(async () => {
  await issuer.close()
  nock.cleanAll()
  nock.enableNetConnect()
  vi.unstubAllEnvs()
})

/** Says hello to a bot with this identity, as Teams would; gives the status. */
async function sayHello(fields: Omit<BotIdentity, 'appId'>, appId: string): Promise<number> {
  const bot = await startBot({ identity: { ...fields, appId, issuer } })
  const activity = {
    type: 'message',
    id: 'activity-1',
    text: 'hallo',
    channelId: 'msteams',
    serviceUrl,
    conversation: { id: 'linde', conversationType: 'personal' },
    from: { id: 'client-1' },
    recipient: { id: 'bot-1' },
  }
  const headers = {
    'Content-Type': 'application/json',
    Authorization: await issuer.bearer(appId, serviceUrl),
  }
  const { status } = await bot.post(JSON.stringify(activity), headers)
  await bot.close()
  return status
}

/** Entra ID: takes one request for a token of this tenant, and gives what was asked. */
function expectRequest(ofTenant: string): Promise<URLSearchParams> {
  return new Promise((resolve) => {
    nock('https://login.microsoftonline.com')
      .post(`/${ofTenant}/oauth2/v2.0/token`)
      .query(true)
      .reply(200, async (request: Request) => {
        resolve(new URLSearchParams(await request.text()))
        return { token_type: 'Bearer', expires_in: 3600, access_token: `token of ${ofTenant}` }
      })
  })
}

describe('with a password the bot gets its token', () => {
  it.each([
    ['of its own tenant, as a single tenant', { appType: 'SingleTenant', tenantId: tenant }, tenant],
    [
      'of the Bot Framework, as a multi-tenant bot',
      { appType: 'MultiTenant', tenantId: tenant },
      'botframework.com',
    ],
    ['of the Bot Framework, when nothing is said', {}, 'botframework.com'],
  ] as const)('%s', async (_, fields, ofTenant) => {
    const appId = randomUUID()
    const request = expectRequest(ofTenant)
    expect(await sayHello({ ...fields, appPassword: 'a password' }, appId)).toBe(200)
    expect(Object.fromEntries(await request)).toMatchObject({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: 'a password',
      scope: 'https://api.botframework.com/.default',
    })
    expect(brought).toEqual([`Bearer token of ${ofTenant}`])
  })
})

describe('with a certificate the bot gets its token', () => {
  it.each([
    ['of its own tenant, as a single tenant', { appType: 'SingleTenant', tenantId: tenant }, tenant],
    ['of the Bot Framework, as a multi-tenant bot', { appType: 'MultiTenant' }, 'botframework.com'],
  ] as const)('%s', async (_, fields, ofTenant) => {
    const appId = randomUUID()
    const request = expectRequest(ofTenant)
    expect(await sayHello({ ...fields, certificate: { thumbprint, privateKey } }, appId)).toBe(200)
    const asked = await request
    expect(asked.get('client_id')).toBe(appId)
    expect(asked.get('client_secret')).toBeNull()
    expect(asked.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')

    const assertion = asked.get('client_assertion') ?? ''
    const { payload } = await jwtVerify(assertion, await importX509(certificate, 'RS256'), {
      clockTolerance: 5,
    })
    expect(payload).toMatchObject({ iss: appId, sub: appId })
    expect(payload.aud).toBe(`https://login.microsoftonline.com/${ofTenant}/oauth2/v2.0/token`)
    expect(decodeProtectedHeader(assertion)).toMatchObject({
      alg: 'RS256',
      x5t: Buffer.from(thumbprint, 'hex').toString('base64url'),
    })
    expect(brought).toEqual([`Bearer token of ${ofTenant}`])
  })
})

describe('with a managed identity the bot gets its token', () => {
  it('of the machine that it runs on, by its own client id and without a secret', async () => {
    const asked: { query: Record<string, string>; secret: unknown }[] = []
    const machine = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://machine')
      asked.push({ query: Object.fromEntries(searchParams), secret: request.headers['x-identity-header'] })
      response.setHeader('Content-Type', 'application/json')
      const expires = Math.floor(Date.now() / 1000) + 3600
      response.end(JSON.stringify({ access_token: 'token of the machine', expires_on: String(expires) }))
    })
    await new Promise<void>((resolve) => machine.listen(0, '127.0.0.1', resolve))
    vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${(machine.address() as AddressInfo).port}/token`)
    vi.stubEnv('IDENTITY_HEADER', 'secret of App Service')

    const appId = randomUUID()
    expect(await sayHello({ appType: 'UserAssignedMSI', tenantId: tenant }, appId)).toBe(200)
    expect(asked[0]?.query).toMatchObject({ client_id: appId, resource: 'https://api.botframework.com' })
    expect(asked[0]?.secret).toBe('secret of App Service')
    expect(brought).toEqual(['Bearer token of the machine'])
    await new Promise((resolve) => machine.close(resolve))
  })
})

describe('without a token of its own', () => {
  it('the bot sends nothing, and the channel hears that it may try again', async () => {
    nock('https://login.microsoftonline.com')
      .post(/token$/)
      .query(true)
      .reply(401, { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret' })
    expect(await sayHello({ appPassword: 'an old password' }, randomUUID())).toBe(502)
    expect(brought).toEqual([])
  })
})
