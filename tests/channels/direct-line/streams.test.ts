import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { fakeGuide } from '../fake-guide.ts'
import { wordsOf } from './direct-line-under-test.ts'
import { openStream } from './open-stream.ts'
import { startForTest as start } from './start-for-test.ts'

describe('a stream', () => {
  it('begins after the watermark, and then brings what is new', async () => {
    const server = await start()
    const talk = await server.begin({ format: 'replies' })
    await server.post(talk, { text: 'een' })
    const stream = await openStream(server, talk, '2')
    await server.post(talk, { text: 'twee' })
    await stream.until(3)
    expect(stream.activities.map(wordsOf)).toEqual(['2: een', '> twee', '3: twee'])
    expect(stream.watermark).toBe('5')
  })

  it('misses nothing of what is said while it catches up', async () => {
    const server = await start()
    const talk = await server.begin({ format: 'replies' })
    const streams = await Promise.all([
      openStream(server, talk),
      ...Array.from({ length: 5 }, (_, count) => server.post(talk, { text: `${count}` })),
      openStream(server, talk),
    ]).then((all) => all.filter((each) => 'activities' in each))
    await Promise.all(streams.map((stream) => stream.until(11)))
    for (const stream of streams) {
      const ids = stream.activities.map(({ id }) => Number(id.split('|')[1]))
      expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    }
  })

  it('takes nothing from the client but empty messages', async () => {
    const server = await start()
    const talk = await server.begin({ format: 'replies' })
    const stream = await openStream(server, talk)
    stream.socket.send('')
    stream.socket.send('{"type":"message","text":"hallo"}')
    stream.socket.send(randomBytes(100))
    await stream.until(1)
    await server.post(talk, { text: 'na de ruis' })
    await stream.until(3)
    expect(stream.activities.map(wordsOf).slice(1)).toEqual(['> na de ruis', '2: na de ruis'])
  })

  it('ends when the client sends a large message, or one that breaks the protocol', async () => {
    const server = await start()
    const talk = await server.begin()
    const large = await openStream(server, talk)
    large.socket.send('x'.repeat(2_000))
    expect(await large.closed).toBe(1009)

    const broken = await openStream(server, talk)
    const bare = (broken.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket
    bare.write(Buffer.from([0xff, 0xff, 0xff]))
    expect(await broken.closed).toBe(1002)
    expect((await server.read(talk)).status).toBe(200)
  })

  it('ends when the client does not answer', async () => {
    const server = await start({ settings: { keepalive: 30 } })
    const talk = await server.begin()
    const dead = await openStream(server, talk, '', { autoPong: false })
    const alive = await openStream(server, talk)
    expect(await dead.closed).toBe(1006)
    expect(alive.socket.readyState).toBe(alive.socket.OPEN)
  })

  it('ends when the server stops, after the turn in flight', async () => {
    let answer = () => {}
    const isHeld = new Promise<void>((resolve) => {
      answer = resolve
    })
    let isAsked = () => {}
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve
    })
    const server = await start({
      guide: fakeGuide,
      wrapStore: (store) => ({
        ...store,
        async load(id) {
          if (isHolding) {
            isAsked()
            await isHeld
          }
          return store.load(id)
        },
      }),
    })
    let isHolding = false
    const talk = await server.begin({ format: 'replies' })
    const stream = await openStream(server, talk)
    isHolding = true
    const posted = server.post(talk, { text: 'nog net' })
    await asked
    const stopped = server.restart()
    answer()
    expect(await stream.closed).toBe(1001)
    expect((await posted).status).toBe(200)
    expect(stream.activities.map(wordsOf)).toContain('2: nog net')
    await stopped
  })

  it('is counted while it is open', async () => {
    const server = await start()
    const talk = await server.begin()
    const stream = await openStream(server, talk)
    const count = async () =>
      /klachtwijzer_open_streams (\d+)/.exec(await (await fetch(`${server.address}/metrics`)).text())?.[1]
    expect(await count()).toBe('1')
    stream.socket.close()
    await stream.closed
    await expect.poll(count).toBe('0')
  })
})

describe('a stream is refused', () => {
  it.each<[string, RegExp, (talk: { id: string; token: string }) => object, string?]>([
    ['for another conversation', /^403 .*Forbidden/, (talk) => ({ ...talk, id: 'another' })],
    ['without a token', /^401 .*Unauthorized/, (talk) => ({ ...talk, token: '' })],
    ['with a token of nobody', /^401 .*Unauthorized/, (talk) => ({ ...talk, token: 'abc' })],
    ['with a watermark that is none', /^400 .*BadArgument/, (talk) => talk, 'abc'],
    ['at another address', /^404 .*NotFound/, (talk) => ({ ...talk, id: 'a/b' })],
  ])('%s', async (_, refusal, change, watermark) => {
    const server = await start()
    const talk = await server.begin()
    await expect(openStream(server, change(talk) as typeof talk, watermark)).rejects.toThrow(refusal)
    expect((await server.read(talk)).status).toBe(200)
  })

  it('when its token has expired', async () => {
    const server = await start()
    const talk = await server.begin()
    server.passMinutes(31)
    await expect(openStream(server, talk)).rejects.toThrow(/^403 .*TokenExpired/)
  })

  it('to a page of an origin that is not listed', async () => {
    const server = await start({
      settings: { embeddings: { linde: { origins: ['https://www.linde.example'] } } },
    })
    const talk = await server.begin({ organisation: 'linde' })
    const from = (origin: string) => openStream(server, talk, '', { origin })
    await expect(from('https://evil.example')).rejects.toThrow(/^403 .*Forbidden/)
    await expect(from('https://www.linde.example.evil.example')).rejects.toThrow(/^403/)
    await expect(from('null')).rejects.toThrow(/^403/)
    for (const origin of ['https://www.linde.example', server.address, 'http://localhost:8080']) {
      const stream = await from(origin)
      await stream.until(1)
    }
  })
})

describe('a thousand connections from one address', () => {
  it('are too many, which is said clearly, and others do not notice', async () => {
    const server = await start()
    const talk = await server.begin({ format: 'replies' })
    const tries = await Promise.allSettled(
      Array.from({ length: 1_000 }, () => openStream(server, talk, '', { localAddress: '127.0.0.1' })),
    )
    const open = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    const refused = tries.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []))
    expect([open.length, refused.length]).toEqual([200, 800])
    expect(new Set(refused)).toEqual(
      new Set([
        'Error: 429 60 {"error":{"code":"RateLimited","message":"too many open streams from this address, or in all; try again later"}}',
      ]),
    )
    const elsewhere = await openStream(server, talk, '', { localAddress: '127.0.0.2' })
    await server.post(talk, { text: 'gaat het nog' })
    await Promise.all([elsewhere, ...open].map((stream) => stream.until(3)))
    for (const { socket } of open) socket.terminate()
    await expect.poll(() => openStream(server, talk).then(() => 'open', String)).toBe('open')
  })

  it('that say nothing are not held for long, and cost no turn', async () => {
    const server = await start()
    const talk = await server.begin({ format: 'replies' })
    const { hostname, port } = new URL(server.address)
    const silent = await Promise.all(
      Array.from({ length: 1_000 }, async () => {
        const socket = connect(Number(port), hostname)
        await once(socket, 'connect')
        return socket
      }),
    )
    expect((await server.post(talk, { text: 'gaat het nog' })).status).toBe(200)
    for (const socket of silent) socket.destroy()
  })
})
