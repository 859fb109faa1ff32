import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationLog } from '../../src/storage/activity-log.ts'
import { createCipher } from '../../src/storage/cipher.ts'
import { openStorage, type Storage } from '../../src/storage/open-storage.ts'

const hour = 3_600_000

let folder: string
let time: number
let warnings: string[]
let storage: Storage

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-log-'))
  time = Date.parse('2026-03-02T09:00:00Z')
  warnings = []
  storage = await open()
})

afterEach(async () => {
  await storage.conversations.close()
  rmSync(folder, { recursive: true })
})

function open(lifetime = 168 * hour): Promise<Storage> {
  return openStorage({
    folder,
    lifetime,
    now: () => new Date(time),
    random: randomBytes,
    log: { warn: (_, message) => warnings.push(message) },
  })
}

async function reopen(lifetime?: number): Promise<void> {
  await storage.conversations.close()
  storage = await open(lifetime)
}

const key = randomBytes(32)
const logOf = (id: string, secret = key): ConversationLog =>
  storage.activities.of(id, createCipher(secret, randomBytes))
const valuesOf = async (log: ConversationLog, after = 0) =>
  (await log.read(after)).entries.map(({ value }) => value)
const stored = () =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n')

describe('the log of a conversation', () => {
  it('numbers its entries from 1, and gives those after a number', async () => {
    const log = logOf('linde')
    expect(await log.append([{ value: 'een' }, { value: 'twee' }])).toEqual([1, 2])
    expect(await log.append([{ value: { drie: 3 } }])).toEqual([3])
    expect(await log.read(1)).toEqual({
      entries: [
        { number: 2, value: 'twee' },
        { number: 3, value: { drie: 3 } },
      ],
      last: 3,
      isPartial: false,
    })
    expect(await log.read(3)).toEqual({ entries: [], last: 3, isPartial: false })
  })

  it('is there after the server was started anew', async () => {
    await logOf('linde').append([{ value: 'een' }])
    await reopen()
    expect(await valuesOf(logOf('linde'))).toEqual(['een'])
    expect(await logOf('linde').append([{ value: 'twee' }])).toEqual([2])
  })

  it('holds what has the same mark once', async () => {
    const log = logOf('linde')
    await log.append([{ value: 'een', mark: 'a' }])
    expect(await log.append([{ value: 'anders', mark: 'a' }, { value: 'twee' }])).toEqual([1, 2])
    expect(
      await log.append([
        { value: 'drie', mark: 'b' },
        { value: 'vier', mark: 'b' },
      ]),
    ).toEqual([3, 3])
    expect(await valuesOf(log)).toEqual(['een', 'twee', 'drie'])
    expect([await log.numberOf('a'), await log.numberOf('c')]).toEqual([1, undefined])
  })

  it('is added to together with what is kept of the conversation, or neither is', async () => {
    const log = logOf('linde')
    await log.append([{ value: 'een' }], { id: 'linde', value: { turn: 1 } })
    expect(await storage.conversations.load('linde')).toEqual({ turn: 1 })
    const cannotBeStored = {
      toJSON: () => {
        throw new Error('broken')
      },
    }
    await expect(log.append([{ value: 'twee' }], { id: 'linde', value: cannotBeStored })).rejects.toThrow()
    await expect(
      log.append([{ value: cannotBeStored }], { id: 'linde', value: { turn: 2 } }),
    ).rejects.toThrow()
    expect(await valuesOf(log)).toEqual(['een'])
    expect(await storage.conversations.load('linde')).toEqual({ turn: 1 })
  })

  it('is not mixed with that of another conversation', async () => {
    await logOf('linde').append([{ value: 'een', mark: 'a' }])
    await logOf('wilg').append([{ value: 'ander', mark: 'a' }])
    expect(await valuesOf(logOf('linde'))).toEqual(['een'])
    await logOf('linde').erase()
    expect(await valuesOf(logOf('wilg'))).toEqual(['ander'])
  })

  it('keeps the order when several are added at the same time', async () => {
    const log = logOf('linde')
    const numbers = await Promise.all(Array.from({ length: 20 }, (_, value) => log.append([{ value }])))
    expect(numbers.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(new Set(await valuesOf(log)).size).toBe(20)
  })

  it('gives a long log in parts', async () => {
    const log = logOf('linde')
    await log.append(Array.from({ length: 250 }, (_, value) => ({ value })))
    const first = await log.read(0)
    expect([first.entries.length, first.last, first.isPartial]).toEqual([200, 200, true])
    const second = await log.read(first.last)
    expect([second.entries.length, second.last, second.isPartial]).toEqual([50, 250, false])
  })

  it('does not grow without end', async () => {
    const log = logOf('linde')
    for (let round = 0; round < 6; round += 1) {
      await log.append(Array.from({ length: 250 }, (_, value) => ({ value })))
    }
    const { entries } = await log.read(0)
    expect(entries[0]?.number).toBe(501)
    expect(await log.last()).toBe(1_500)
  })
})

describe('nobody else', () => {
  it('reads in the files what was said, or which conversation it was', async () => {
    await logOf('linde').append([{ value: 'mijn geheim', mark: 'het merk' }])
    for (const secret of ['mijn geheim', 'het merk', 'linde']) expect(stored()).not.toContain(secret)
  })

  it('reads it with another key, and it can be added to all the same', async () => {
    await logOf('linde').append([{ value: 'mijn geheim' }])
    expect(await valuesOf(logOf('linde', randomBytes(32)))).toEqual([])
    expect(warnings).toEqual(['an entry of a conversation cannot be decrypted and is left out'])
    expect(await valuesOf(logOf('linde'))).toEqual(['mijn geheim'])
  })
})

describe('what is erased', () => {
  it('is gone from the files, and the numbers go on', async () => {
    const sealed: Buffer[] = []
    const watched = {
      ...createCipher(key, randomBytes),
      seal(place: string, value: unknown) {
        const bytes = createCipher(key, randomBytes).seal(place, value)
        sealed.push(bytes)
        return bytes
      },
    }
    const log = storage.activities.of('linde', watched)
    await log.append([{ value: 'een' }, { value: 'twee' }])
    const isThere = () => sealed.some((bytes) => stored().includes(bytes.toString('latin1')))
    expect(isThere()).toBe(true)
    await log.erase()
    expect(isThere()).toBe(false)
    expect(await log.read(0)).toEqual({ entries: [], last: 2, isPartial: false })
    expect(await log.append([{ value: 'drie' }])).toEqual([3])
    expect(await valuesOf(log, 2)).toEqual(['drie'])
  })

  it('may be nothing', async () => {
    await logOf('linde').erase()
    expect(await logOf('linde').read(5)).toEqual({ entries: [], last: 0, isPartial: false })
  })

  it('is told from the start to a client that knows a number which is not there yet', async () => {
    await logOf('linde').append([{ value: 'een' }])
    expect((await logOf('linde').read(7)).last).toBe(1)
    expect(await valuesOf(logOf('linde'), 7)).toEqual(['een'])
  })
})

describe('an entry expires', () => {
  it('after a day, however long conversations are kept', async () => {
    await logOf('linde').append([{ value: 'een' }])
    time += 23 * hour
    await logOf('linde').append([{ value: 'twee' }])
    time += 2 * hour
    expect(await valuesOf(logOf('linde'))).toEqual(['twee'])
    expect(await storage.activities.sweep()).toBe(1)
    time += 24 * hour
    expect(await storage.activities.sweep()).toBe(1)
    expect(await logOf('linde').last()).toBe(0)
  })

  it('sooner, where conversations are kept for less', async () => {
    await reopen(hour)
    await logOf('linde').append([{ value: 'een' }])
    time += 2 * hour
    expect(await valuesOf(logOf('linde'))).toEqual([])
  })
})
