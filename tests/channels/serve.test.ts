import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

  async function start(): Promise<{ server: ChildProcess; address: string; printed: string[] }> {
    const server = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'ignore'] })
    running.push(server)
    const printed: string[] = []
    for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
      printed.push(line)
      if (line.startsWith('http://')) return { server, address: line, printed }
    }
    throw new Error(`the server did not start: ${printed.join('\n')}`)
  }

  async function stop(server: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill(signal)
      await once(server, 'exit')
    }
    return server.exitCode
  }

  async function say(address: string, words: string, id?: string): Promise<number> {
    const body = JSON.stringify({
      type: 'message',
      id,
      text: words,
      channelId: 'emulator',
      serviceUrl: connector.serviceUrl,
      conversation: { id: 'linde' },
      from: { id: 'client-1' },
      recipient: { id: 'bot-1' },
    })
    const headers = { 'Content-Type': 'application/json' }
    return (await fetch(`${address}/api/messages`, { method: 'POST', headers, body })).status
  }

  it('loses nothing when it is killed in the middle of a conversation', async () => {
    const first = await start()
    await say(first.address, 'hallo')
    await stop(first.server, 'SIGKILL')
    const second = await start()
    await say(second.address, 'daar')
    expect(connector.replies.map(({ text }) => text)).toEqual(['1: hallo', '2: daar'])
  })

  it('answers a retry with the same words when it was killed between storing and telling', async () => {
    const first = await start()
    await say(first.address, 'hallo', 'one')
    connector.delay = 500
    const lost = say(first.address, 'hoort u mij', 'two').catch(() => 0)
    while (connector.arrived < 2) await sleep(5)
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
    expect(connector.replies.map(({ text }) => text)).toEqual(['2: hoort u mij', '3: daar'])
  }, 60_000)

  it('says when it starts without an app id that only this machine is served', async () => {
    const { printed } = await start()
    expect(printed[0]).toBe('Without an app id (MicrosoftAppId) only this machine is served.')
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

  it('finishes the turn in flight when it is asked to stop', async () => {
    const { server, address } = await start()
    await say(address, 'hallo')
    connector.delay = 300
    const answer = say(address, 'nog iets')
    await sleep(100)
    expect(await stop(server, 'SIGTERM')).toBe(0)
    expect(await answer).toBe(200)
    expect(connector.replies.map(({ text }) => text)).toEqual(['1: hallo', '2: nog iets'])
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
