import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Configuration } from '../../src/channels/configuration.ts'
import { wordsOf } from './bot-under-test.ts'
import { type ConnectorStub, startConnectorStub } from './connector-stub.ts'

const program = join(import.meta.dirname, 'fake-server.ts')

describe('the server as a process', () => {
  let folder: string
  let connector: ConnectorStub
  let running: ChildProcess[]

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-serve-'))
    connector = await startConnectorStub()
    running = []
  })

  afterEach(async () => {
    await Promise.all(running.map((server) => stop(server, 'SIGKILL')))
    await connector.close()
    rmSync(folder, { recursive: true })
  })

  async function start(
    more: Partial<Configuration> = {},
  ): Promise<{ server: ChildProcess; address: string; printed: string[] }> {
    const given = [program, folder, '0', JSON.stringify(more)]
    const server = spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'ignore'] })
    running.push(server)
    const printed: string[] = []
    for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
      printed.push(line)
      if (line.startsWith('http://')) return { server, address: line, printed }
    }
    throw new Error(`the server did not start: ${printed.join('\n')}`)
  }

  /** Resolves when the server takes no new connection. */
  async function refusal(port: number, host: string): Promise<void> {
    for (;;) {
      const socket = connect(port, host)
      const isOpen = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      })
      socket.destroy()
      if (!isOpen) return
      await sleep(5)
    }
  }

  async function stop(server: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill(signal)
      await once(server, 'exit')
    }
    return server.exitCode
  }

  function messageOf(words: string, id?: string): string {
    return JSON.stringify({
      type: 'message',
      id,
      text: words,
      channelId: 'emulator',
      serviceUrl: connector.serviceUrl,
      conversation: { id: 'linde' },
      from: { id: 'client-1' },
      recipient: { id: 'bot-1' },
    })
  }

  async function say(address: string, words: string, id?: string): Promise<number> {
    const headers = { 'Content-Type': 'application/json' }
    const body = messageOf(words, id)
    return (await fetch(`${address}/api/messages`, { method: 'POST', headers, body })).status
  }

  it('loses nothing when it is killed in the middle of a conversation', async () => {
    const first = await start()
    await say(first.address, 'hallo')
    await stop(first.server, 'SIGKILL')
    const second = await start()
    await say(second.address, 'daar')
    expect(connector.replies.map(wordsOf)).toEqual(['1: hallo', '2: daar'])
  })

  it('answers a retry with the same words when it was killed between storing and telling', async () => {
    const first = await start()
    await say(first.address, 'hallo', 'one')
    connector.delay = 500
    const before = connector.arrived
    const lost = say(first.address, 'hoort u mij', 'two').catch(() => 0)
    while (connector.arrived === before) await sleep(5)
    await stop(first.server, 'SIGKILL')
    expect(await lost).toBe(0)
    await sleep(600)
    connector.delay = 0
    connector.replies.length = 0

    const second = await start()
    expect(await say(second.address, 'hallo', 'one')).toBe(200)
    expect(connector.replies).toEqual([])
    expect(await say(second.address, 'hoort u mij', 'two')).toBe(200)
    await stop(second.server, 'SIGKILL')
    const third = await start()
    expect(await say(third.address, 'hoort u mij', 'two')).toBe(200)
    await say(third.address, 'daar', 'three')
    expect(connector.replies.map(wordsOf)).toEqual(['2: hoort u mij', '3: daar'])
  }, 60_000)

  it('says when it starts without an app id that only this machine is served', async () => {
    const { printed } = await start()
    expect(printed[0]).toBe('Without an app id (MicrosoftAppId) only this machine is served.')
  })

  it('says when it starts with an app id who is served, and then serves nobody else', async () => {
    const { printed, address } = await start({ identity: { appId: 'the-app', appPassword: 'geheim' } })
    expect(printed[0]).toMatch(/^With app id the-app \(MultiTenant, a password\) only channels /)
    expect(await say(address, 'hallo')).toBe(401)
  })

  it('does not start for others than this machine without an app id, and says everything that is wrong', async () => {
    const entry = join(import.meta.dirname, '..', '..', 'src', 'server.ts')
    const environment = { ...process.env, HOST: '0.0.0.0', PORT: 'linde', KLACHTWIJZER_DATA: folder }
    const server = spawn(process.execPath, [entry], { stdio: ['ignore', 'ignore', 'pipe'], env: environment })
    running.push(server)
    expect(await text(server.stderr as NodeJS.ReadableStream)).toBe(
      `Klachtwijzer did not start.
PORT: is a whole number from 0 to 65535
HOST: is not this machine; without MicrosoftAppId or KLACHTWIJZER_PUBLIC_URL only 127.0.0.1, ::1 or localhost is allowed
`,
    )
    expect(await stop(server, 'SIGKILL')).toBe(1)
  })

  it('refuses to share a data folder with another server', async () => {
    await start()
    const server = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'ignore', 'pipe'] })
    running.push(server)
    expect(await text(server.stderr as NodeJS.ReadableStream)).toMatch(
      /is in use by another program, such as a second Klachtwijzer\. Stop that one, or set KLACHTWIJZER_DATA/,
    )
    expect(await stop(server, 'SIGKILL')).toBe(1)
  })

  it('finishes what is in flight when it is asked to stop, and takes nothing new', async () => {
    const { server, address } = await start()
    await say(address, 'hallo')
    const { hostname, port } = new URL(address)
    const half = connect(Number(port), hostname)
    await once(half, 'connect')
    const heard = text(half)
    const body = messageOf('en dit')
    half.write(
      `POST /api/messages HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    )
    connector.delay = 1_000
    const before = connector.arrived
    const answer = say(address, 'nog iets')
    while (connector.arrived === before) await sleep(5)

    server.kill('SIGTERM')
    const exit = once(server, 'exit')
    await refusal(Number(port), hostname)
    half.write(body)

    expect(await exit).toEqual([0, null])
    expect(await answer).toBe(200)
    expect(connector.replies.map(wordsOf)).toEqual(['1: hallo', '2: nog iets', '3: en dit'])
    expect(await heard).toMatch(/^HTTP\/1\.1 200 .*Connection: close/s)
  })

  it('says which port is taken', async () => {
    const { address } = await start()
    const server = spawn(process.execPath, [program, join(folder, 'other'), new URL(address).port], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    running.push(server)
    expect(await text(server.stderr as NodeJS.ReadableStream)).toContain(
      'is taken. Stop the other program, or set PORT.',
    )
  })
})
