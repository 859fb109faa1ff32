import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DirectLineUnderTest, startDirectLine, wordsIn } from './direct-line-under-test.ts'
import { openStream } from './open-stream.ts'

const typed = 'mijn begeleider slaat mij'

describe('what was typed over Direct Line', () => {
  let server: DirectLineUnderTest
  let talk: { id: string; token: string }

  beforeEach(async () => {
    server = await startDirectLine()
    talk = await server.begin({ format: 'replies' })
    await server.post(talk, { text: typed, channelData: { clientActivityID: 'one' } })
  })

  afterEach(() => server.close())

  /** What the database holds of the conversation, as a copy that can be opened beside the server. */
  function rows(): { conversation: Uint8Array[]; activity: Uint8Array[] } {
    const copy = mkdtempSync(join(tmpdir(), 'klachtwijzer-copy-'))
    server.copyTo(copy)
    const database = new DatabaseSync(join(copy, 'conversations.db'))
    const of = (table: string) =>
      database
        .prepare(`select value from ${table}`)
        .all()
        .map(({ value }) => value as Uint8Array)
        .filter((value) => value.length > 0)
    const found = { conversation: of('conversation'), activity: of('activity') }
    database.close()
    rmSync(copy, { recursive: true })
    return found
  }

  const isStored = (bytes: Uint8Array) => server.stored().includes(Buffer.from(bytes).toString('latin1'))

  it('cannot be read in the database or its log, nor can the answer, nor who it was', async () => {
    expect(wordsIn(await server.read(talk))).toContain(`> ${typed}`)
    const stored = server.stored()
    for (const words of [typed, `2: ${typed}`, 'Zorggroep', talk.id, 'somebody'])
      expect(stored).not.toContain(words)
    expect(rows().activity).toHaveLength(3)
  })

  it('cannot be read with the key of the server alone', async () => {
    // What the server's own key opens holds nothing but what the key in the token opens.
    const kept = await server.kept(talk.id)
    expect(kept).toEqual({ sealed: expect.stringMatching(/^[A-Za-z0-9+/=]+$/) })
    const sealed = Buffer.from((kept as { sealed: string }).sealed, 'base64').toString('latin1')
    expect(sealed).not.toContain('turns')
  })

  it.each([
    ['"wis alles"', { text: 'wis alles' }],
    ['leaving', { type: 'endOfConversation' }],
  ])('is gone for good after %s', async (_, activity) => {
    const before = rows()
    expect(before.conversation).toHaveLength(1)
    expect([...before.conversation, ...before.activity].every(isStored)).toBe(true)
    await server.post(talk, activity)
    expect([...before.conversation, ...before.activity].filter(isStored)).toEqual([])
    expect(rows().conversation).toEqual([])
    expect(JSON.stringify((await server.read(talk)).body)).not.toContain(typed)
  })

  it('leaves nothing but the last words of the bot after "wis alles"', async () => {
    await server.post(talk, { text: 'wis alles' })
    const { body } = await server.read(talk)
    expect(body.activities?.map(({ text }) => text)).toEqual([undefined, '3: wis alles'])
    expect(body.activities?.[1]?.channelData?.klachtwijzer).toMatchObject({ erased: true, turn: 0 })
    expect(body.watermark).toBe('5')
  })

  it('is told to be gone on an open stream, also one of another page', async () => {
    const stream = await openStream(server, talk)
    await stream.until(3)
    await server.post(talk, { type: 'endOfConversation' })
    expect(await stream.closed).toBe(1000)
    expect(stream.activities.at(-1)).toMatchObject({ type: 'endOfConversation' })
    expect((await server.read(talk)).body.activities).toEqual([])
  })

  it('does not come back with a message that is posted again', async () => {
    await server.post(talk, { text: 'wis alles', channelData: { clientActivityID: 'two' } })
    const again = await server.post(talk, { text: 'wis alles', channelData: { clientActivityID: 'two' } })
    expect(again.status).toBe(200)
    expect((await server.read(talk)).body.activities).toHaveLength(2)
  })

  it('can be followed by a new conversation, of which a client with an old watermark misses nothing', async () => {
    await server.post(talk, { text: 'wis alles' })
    await server.post(talk, { text: 'toch nog' })
    expect(wordsIn(await server.read(talk, '5'))).toEqual(['> toch nog', '1: toch nog'])
  })

  it('is gone after a day', async () => {
    const before = rows()
    server.passMinutes(25 * 60)
    await server.sweep()
    expect([...before.conversation, ...before.activity].filter(isStored)).toEqual([])
  })
})
