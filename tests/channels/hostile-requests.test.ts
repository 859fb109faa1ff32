import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BotUnderTest, startBot } from './bot-under-test.ts'

let bot: BotUnderTest

beforeEach(async () => {
  bot = await startBot()
})

afterEach(() => bot.close())

/** The body of a message, with more fields as JSON text, which can hold what an object cannot. */
function message(more = ''): string {
  const { serviceUrl } = bot.connector
  return `{"type":"message","text":"hallo","channelId":"emulator","serviceUrl":"${serviceUrl}","conversation":{"id":"linde"},"from":{"id":"client-1"},"recipient":{"id":"bot-1"}${more}}`
}

async function post(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<number> {
  const response = await fetch(`${bot.address}/api/messages`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...headers },
  })
  await response.text()
  return response.status
}

/** Sends bytes as they are, and gives the first line of what comes back. */
async function sendRaw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(bot.address)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(bytes)
  return (await text(socket)).split('\r\n')[0] ?? ''
}

describe('a body that means harm', () => {
  it.each([
    ['__proto__', ',"__proto__":{"polluted":true},"value":{"__proto__":{"polluted":true}}'],
    ['constructor', ',"constructor":{"prototype":{"polluted":true}}'],
    ['a prototype in an account', ',"from":{"id":"client-1","__proto__":{"polluted":true}}'],
    ['a prototype in a mention', ',"entities":[{"type":"mention","__proto__":{"polluted":true}}]'],
  ])('changes no object with %s', async (_, more) => {
    expect(await post(message(more))).toBe(200)
    expect(bot.said()).toEqual(['1: hallo'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('is measured after it is unpacked', async () => {
    const bomb = gzipSync(message(`,"value":"${'a'.repeat(20_000_000)}"`))
    expect(bomb.length).toBeLessThan(50_000)
    expect(await post(bomb, { 'Content-Encoding': 'gzip' })).toBe(413)
    expect(await post(gzipSync(message()), { 'Content-Encoding': 'gzip' })).toBe(200)
    expect(bot.said()).toEqual(['1: hallo'])
  })

  it.each([
    ['says that it is packed and is not', 'gzip'],
    ['is packed in a way that nobody knows', 'linde'],
    ['is packed twice', 'gzip, gzip'],
  ])('is refused when it %s', async (_, encoding) => {
    expect([400, 415]).toContain(await post(message(), { 'Content-Encoding': encoding }))
    expect(bot.said()).toEqual([])
  })

  it('may hold bytes that are no text', async () => {
    const bytes = Buffer.from(message())
    bytes[bytes.indexOf('hallo')] = 0xff
    expect(await post(bytes)).toBe(200)
    expect(bot.said()).toEqual(['1: \uFFFDallo'])
  })

  it('may hold half a character, a null and what turns a line around', async () => {
    expect(await post(message(',"text":"a\\ud800\\u0000\\u202eb"'))).toBe(200)
    expect(bot.said()).toHaveLength(1)
    expect(await bot.say('daar')).toBe(200)
  })

  it('may be as deep as it is long', async () => {
    const deep = `${'['.repeat(60_000)}${']'.repeat(60_000)}`
    expect([200, 400]).toContain(await post(message(`,"value":${deep}`)))
    expect(await bot.say('daar')).toBe(200)
  })
})

describe('headers that mean harm', () => {
  it('are refused when they are too many bytes', async () => {
    expect(
      await sendRaw(
        `POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Linde: ${'a'.repeat(20_000)}\r\n\r\n`,
      ),
    ).toContain(' 431 ')
  })

  it.each([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n'],
    ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'],
    ['no host', ''],
  ])('are refused with %s', async (_, headers) => {
    const host = headers === '' ? '' : 'Host: 127.0.0.1\r\n'
    expect(await sendRaw(`POST /api/messages HTTP/1.1\r\n${host}${headers}\r\n{}`)).toContain(' 400 ')
  })

  it('do not get into the log', async () => {
    await post(message(), { 'User-Agent': 'lindeblad', 'X-Forwarded-For': '192.0.2.7', Cookie: 'lindekoek' })
    expect(bot.logged()).not.toMatch(/linde|192\.0\.2\.7/)
  })
})

describe('a server that was asked all this', () => {
  it('says nothing of what it is made of', async () => {
    const response = await fetch(`${bot.address}/api/messages`, {
      method: 'POST',
      body: '{',
      headers: { 'Content-Type': 'application/json' },
    })
    expect(await response.json()).toEqual({ error: 'the body is not JSON' })
    expect(response.headers.get('x-powered-by')).toBeNull()
    expect(response.headers.get('server')).toBeNull()
  })
})
