import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { createMetrics } from '../../src/channels/metrics.ts'
import { createRateLimits } from '../../src/channels/rate-limits.ts'
import { createReadinessCheck } from '../../src/channels/readiness.ts'
import { StorageError } from '../../src/storage/storage-error.ts'
import { type BotUnderTest, type Setup, startBot } from './bot-under-test.ts'
import { type RunningWatch, startWatch } from './running-watch.ts'

let bots: (BotUnderTest | RunningWatch)[] = []

afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.close()))
  bots = []
})

async function start(setup?: Setup): Promise<BotUnderTest> {
  const bot = await startBot(setup)
  bots.push(bot)
  return bot
}

async function watch(parts?: Parameters<typeof startWatch>[0]): Promise<RunningWatch> {
  const running = await startWatch(parts)
  bots.push(running)
  return running
}

describe('whoever watches over the server', () => {
  it('hears that it lives and that it is ready, and finds no word of it at the usual level of the log', async () => {
    const bot = await start()
    expect(await (await fetch(`${bot.address}/healthz`)).json()).toEqual({ status: 'ok' })
    const ready = await fetch(`${bot.address}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }])
    expect(ready.headers.get('cache-control')).toBe('no-store')
    expect(bot.logged()).not.toContain('"msg":"request')
  })

  it('gets the id of each request, which is also in the log', async () => {
    const bot = await start()
    const response = await fetch(`${bot.address}/elsewhere`, { headers: { 'X-Request-Id': 'of the caller' } })
    const id = response.headers.get('x-request-id')
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(bot.logged()).toContain(`"requestId":"${id}"`)
  })

  it('hears in one sentence that the storage fails, while the server lives, and when that is over', async () => {
    let isFull = true
    const bot = await start({
      wrapStore: (store) => ({
        ...store,
        save: (id, value) =>
          isFull ? Promise.reject(new StorageError('The disk is full.')) : store.save(id, value),
      }),
    })
    const ready = await fetch(`${bot.address}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { error: 'the storage cannot be read or written' },
    ])
    expect((await fetch(`${bot.address}/healthz`)).status).toBe(200)
    expect(bot.logged()).toContain('The disk is full.')
    isFull = false
    bot.passHours(1)
    expect((await fetch(`${bot.address}/readyz`)).status).toBe(200)
    expect(bot.logged()).toContain('the storage can be read and written again')
  })

  it('makes the disk work no more than once in five seconds', async () => {
    let time = 0
    let saves = 0
    const store = {
      save: async () => {
        saves += 1
      },
      load: async () => ({}),
    }
    const log = { info() {}, error() {} }
    const isReady = createReadinessCheck(store as never, () => new Date(time), log as never)
    expect(await Promise.all([isReady(), isReady(), isReady()])).toEqual([true, true, true])
    time = 4_999
    await isReady()
    expect(saves).toBe(1)
    time = 5_000
    await isReady()
    expect(saves).toBe(2)
  })

  it('hears that the server is stopping', async () => {
    const running = await watch({ isStopping: () => true })
    const ready = await fetch(`${running.address}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([503, { error: 'the server is stopping' }])
  })
})

describe('the counts', () => {
  it('tell how many turns, requests and refusals there were, and nothing about whose', async () => {
    const bot = await start()
    await bot.say('mijn begeleider schreeuwt')
    await bot.say('breek')
    await bot.send({ id: 'same', text: 'hallo' })
    await bot.send({ id: 'same', text: 'hallo' })
    await bot.send({ text: 'hallo', channelId: 'lindekanaal' })
    bot.connector.status = 403
    await bot.say('hoort u mij')
    await bot.post('{"type":')
    await fetch(`${bot.address}/mijn-begeleider`)

    const response = await fetch(`${bot.address}/metrics`)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const text = await response.text()
    const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(samples.sort()).toEqual([
      'klachtwijzer_open_streams 0',
      'klachtwijzer_refusals_total{reason="not-delivered"} 1',
      'klachtwijzer_refusals_total{reason="not-found"} 1',
      'klachtwijzer_refusals_total{reason="not-json"} 1',
      'klachtwijzer_requests_total{status="200"} 5',
      'klachtwijzer_requests_total{status="400"} 1',
      'klachtwijzer_requests_total{status="404"} 1',
      'klachtwijzer_requests_total{status="502"} 1',
      'klachtwijzer_turns_total{channel="emulator",outcome="answered"} 2',
      'klachtwijzer_turns_total{channel="emulator",outcome="apologised"} 1',
      'klachtwijzer_turns_total{channel="emulator",outcome="failed"} 1',
      'klachtwijzer_turns_total{channel="emulator",outcome="ignored"} 1',
      'klachtwijzer_turns_total{channel="other",outcome="answered"} 1',
    ])
    for (const secret of ['begeleider', 'linde', 'client-1', 'Sanne', 'activity-1'])
      expect(text).not.toContain(secret)
    expect(bot.logged()).not.toContain('lindekanaal')
  })

  it('count a name that is not in the list as another', async () => {
    const metrics = createMetrics(['msteams', 'other'])
    metrics.countTurn('linde', 'blad')
    metrics.countTurn(undefined, undefined)
    expect((await metrics.read()).text).toContain('{channel="other",outcome="other"} 2')
  })

  it.each([
    ['a page elsewhere that had its name point to this machine', { Host: 'linde.example' }],
    ['a proxy on this machine', { Host: '127.0.0.1', 'X-Forwarded-For': '192.0.2.7' }],
  ])('are not for %s', async (_, headers) => {
    const running = await watch()
    expect(await statusOf(`${running.address}/metrics`, headers)).toBe(403)
    expect(await statusOf(`${running.address}/metrics`, { Host: '127.0.0.1' })).toBe(200)
  })

  it('are for whoever shows the token when there is one, and for nobody else', async () => {
    const running = await watch({ metricsToken: 'zestien-tekens-en-meer' })
    const ask = (authorization: string) =>
      statusOf(`${running.address}/metrics`, { Host: 'linde.example', Authorization: authorization })
    expect(await ask('Bearer zestien-tekens-en-meer')).toBe(200)
    expect(await ask('Bearer zestien-tekens-en-mee')).toBe(401)
    expect(await ask('zestien-tekens-en-meer')).toBe(401)
    expect((await fetch(`${running.address}/metrics`)).status).toBe(401)
  })

  it('do not let anybody guess on, and do not make the rightful reader wait for those who do', async () => {
    const running = await watch({ metricsToken: 'zestien-tekens-en-meer', limits: createRateLimits() })
    const ask = (token: string) =>
      statusOf(`${running.address}/metrics`, { Authorization: `Bearer ${token}` })
    for (let guess = 0; guess < 30; guess += 1) expect(await ask(`guess-${guess}`)).toBe(401)
    expect(await ask('guess-31')).toBe(429)
    expect(await ask('zestien-tekens-en-meer')).toBe(200)
  })
})

function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}
