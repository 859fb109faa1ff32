import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
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

  async function start(): Promise<{ server: ChildProcess; address: string }> {
    const server = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'ignore'] })
    running.push(server)
    const [address] = await once(createInterface({ input: server.stdout as NodeJS.ReadableStream }), 'line')
    return { server, address }
  }

  async function stop(server: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill(signal)
      await once(server, 'exit')
    }
    return server.exitCode
  }

  async function say(address: string, words: string): Promise<number> {
    const body = JSON.stringify({
      type: 'message',
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

  it('finishes the turn in flight when it is asked to stop', async () => {
    const { server, address } = await start()
    await say(address, 'hallo')
    connector.delay = 300
    const answer = say(address, 'nog iets')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await stop(server, 'SIGTERM')).toBe(0)
    expect(await answer).toBe(200)
    expect(connector.replies.map(({ text }) => text)).toEqual(['1: hallo', '2: nog iets'])
  })

  it('says which port is taken', async () => {
    const { address } = await start()
    const server = spawn(process.execPath, [program, folder, new URL(address).port], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    running.push(server)
    expect(await text(server.stderr as NodeJS.ReadableStream)).toContain(
      'is taken. Stop the other program, or set PORT.',
    )
  })
})
