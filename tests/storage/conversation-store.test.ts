import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCipher } from '../../src/storage/cipher.ts'
import type { ConversationStore } from '../../src/storage/conversation-store.ts'
import { createKyselyStore } from '../../src/storage/kysely-store.ts'
import { openConversationStore, type StorageOptions } from '../../src/storage/open-conversation-store.ts'
import { createTables, type Schema } from '../../src/storage/schema.ts'
import { createSqliteDialect } from '../../src/storage/sqlite-dialect.ts'
import { explainSqliteError, StorageError } from '../../src/storage/storage-error.ts'

const day = 24 * 3_600_000
const secrets = { organisation: 'zorggroep-de-linde', topic: 'sexual-harassment' }

let folder: string
let time: number
let warnings: string[]
let opened: ConversationStore[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-storage-'))
  time = Date.parse('2026-03-02T09:00:00Z')
  warnings = []
  opened = []
})

afterEach(async () => {
  await Promise.all(opened.map((store) => store.close().catch(() => {})))
  rmSync(folder, { recursive: true, force: true })
})

async function open(options: Partial<StorageOptions> = {}): Promise<ConversationStore> {
  const store = await openConversationStore({
    folder,
    lifetime: day,
    now: () => new Date(time),
    random: randomBytes,
    log: { warn: (details, message) => warnings.push(`${message} ${JSON.stringify(details)}`) },
    ...options,
  })
  opened.push(store)
  return store
}

const databaseFile = () => join(folder, 'conversations.db')
const keyFile = () => join(folder, 'conversations.key')
const bytesOnDisk = () =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n')

/** Looks into the database as somebody who stole it would. */
function inspect<T>(look: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(databaseFile())
  try {
    return look(database)
  } finally {
    database.close()
  }
}

describe('a stored conversation', () => {
  it('comes back as it was saved last, also after the program ended without a goodbye', async () => {
    const first = await open()
    await first.save('linde', { turns: 1 })
    await first.save('linde', secrets)
    const second = await open()
    expect(await second.load('linde')).toEqual(secrets)
    expect(await second.load('eik')).toBeUndefined()
  })

  it('says nothing about who talked or about what', async () => {
    const store = await open()
    await store.save('conversation-of-sanne', secrets)
    for (const word of ['sanne', 'linde', 'harassment', 'topic']) expect(bytesOnDisk()).not.toContain(word)
  })

  it('is never encrypted twice in the same way', async () => {
    const store = await open()
    const value = () =>
      inspect((database) => database.prepare('select hex(value) as v from conversation').get()?.v)
    await store.save('linde', secrets)
    const before = value()
    await store.save('linde', secrets)
    expect(value()).not.toBe(before)
  })

  it('expires when nothing was saved for its lifetime', async () => {
    const store = await open()
    await store.save('linde', secrets)
    time += day - 1
    expect(await store.load('linde')).toEqual(secrets)
    await store.save('linde', secrets)
    time += day
    expect(await store.load('linde')).toBeUndefined()
    expect(inspect((database) => database.prepare('select count(*) as n from conversation').get()?.n)).toBe(0)
  })

  it('is swept away after its lifetime, and only then', async () => {
    const store = await open()
    await store.save('old', secrets)
    await store.save('old too', secrets)
    time += day / 2
    await store.save('new', secrets)
    time += day / 2
    expect(await store.sweep()).toBe(2)
    expect(await store.sweep()).toBe(0)
    expect(await store.load('new')).toEqual(secrets)
  })

  it('leaves no byte in the database or its log when it is erased', async () => {
    const store = await open()
    await store.save('linde', secrets)
    const row = inspect((database) => database.prepare('select name, value from conversation').get())
    const traces = [String(row?.name), Buffer.from(row?.value as Uint8Array).toString('latin1')]
    for (const trace of traces) expect(bytesOnDisk()).toContain(trace)
    await store.erase('linde')
    for (const trace of traces) expect(bytesOnDisk()).not.toContain(trace)
    expect(await store.load('linde')).toBeUndefined()
  })

  it('starts again when its row was damaged, or moved to another conversation, and the log says so', async () => {
    const store = await open()
    await store.save('linde', secrets)
    await store.save('eik', { turns: 1 })
    inspect((database) =>
      database.exec('update conversation set value = (select max(value) from conversation)'),
    )
    const read = [await store.load('linde'), await store.load('eik')]
    expect(read.filter((value) => value !== undefined)).toHaveLength(1)
    inspect((database) => database.exec("update conversation set value = x'01ff'"))
    expect(await store.load('linde')).toBeUndefined()
    expect(warnings.join()).toContain('cannot be decrypted')
    expect(warnings.join()).not.toContain('linde')
    await store.save('linde', secrets)
    expect(await store.load('linde')).toEqual(secrets)
  })
})

describe('the key', () => {
  it('is made at the first start, for the owner alone, and used at the next', async () => {
    const store = await open()
    await store.save('linde', secrets)
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600)
    expect(statSync(databaseFile()).mode & 0o777).toBe(0o600)
    expect(await (await open()).load('linde')).toEqual(secrets)
  })

  it('can come from outside, and then no key file is made', async () => {
    const key = randomBytes(32).toString('base64')
    await (await open({ key })).save('linde', secrets)
    expect(readdirSync(folder)).not.toContain('conversations.key')
    expect(await (await open({ key })).load('linde')).toEqual(secrets)
  })

  it.each([
    ['that does not fit', randomBytes(32).toString('base64'), /conversations\.db.*Put back the key/],
    ['that is too short', 'bGluZGU=', /KLACHTWIJZER_KEY.*32 bytes/],
  ])('%s stops the start with the place and the way out, and loses nothing', async (_, key, message) => {
    const store = await open()
    await store.save('linde', secrets)
    await expectRefusal(message, { key })
    expect(await store.load('linde')).toEqual(secrets)
  })

  it.each([
    ['damaged', () => writeFileSync(keyFile(), 'linde'), /conversations\.key.*32 bytes/],
    ['open to others', () => chmodSync(keyFile(), 0o644), /chmod 600/],
    ['gone', () => rmSync(keyFile()), /conversations\.key is gone.*Put it back/],
  ])(
    'stops the start when its file is %s, with the place and the way out, and loses nothing',
    async (_, spoil, message) => {
      const store = await open()
      await store.save('linde', secrets)
      spoil()
      await expectRefusal(message)
      expect(await store.load('linde')).toEqual(secrets)
    },
  )

  async function expectRefusal(message: RegExp, options?: Partial<StorageOptions>): Promise<void> {
    const error = await open(options).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StorageError)
    expect(String(error)).toMatch(message)
  }
})

describe('a disk that does not work along', () => {
  it('names a data folder that cannot be made', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await expect(open({ folder: join(file, 'data') })).rejects.toThrow(
      /data folder .*file\/data.*KLACHTWIJZER_DATA/,
    )
  })

  it('names a database that is a folder', async () => {
    mkdirSync(databaseFile())
    await expect(open({ key: randomBytes(32).toString('base64') })).rejects.toThrow(
      /conversations\.db cannot be written/,
    )
  })

  it('names a file that is no database, and leaves it as it is', async () => {
    writeFileSync(databaseFile(), 'linde '.repeat(1000))
    await expect(open({ key: randomBytes(32).toString('base64') })).rejects.toThrow(
      /conversations\.db is not a database/,
    )
    expect(readFileSync(databaseFile(), 'utf8')).toBe('linde '.repeat(1000))
  })

  it.each([
    [
      'full',
      (database: DatabaseSync) => database.exec('pragma max_page_count = 1'),
      /disk is full\. Free some space/,
    ],
    ['read-only', (database: DatabaseSync) => database.exec('pragma query_only = on'), /read-only/],
  ])('keeps what was stored when it is %s, and says what to do', async (_, spoil, message) => {
    const database = new DatabaseSync(databaseFile())
    const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) })
    await createTables(db)
    const store = createKyselyStore({
      db,
      cipher: createCipher(randomBytes(32), randomBytes),
      now: () => new Date(time),
      lifetime: day,
      log: { warn: () => {} },
      scrub: () => {},
      explain: (error) => explainSqliteError(error, databaseFile()),
    })
    opened.push(store)
    await store.save('linde', secrets)
    spoil(database)
    const saving = store.save('eik', { text: 'a'.repeat(100_000) })
    await expect(saving).rejects.toThrow(message)
    await expect(saving).rejects.toThrow(StorageError)
    expect(await store.load('linde')).toEqual(secrets)
  })
})
