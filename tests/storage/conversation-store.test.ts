import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
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
import { openStorage, type StorageOptions, scrubOf } from '../../src/storage/open-storage.ts'
import { createTables, type Schema } from '../../src/storage/schema.ts'
import { createSqliteDialect } from '../../src/storage/sqlite-dialect.ts'
import { explainSqliteError, StorageError } from '../../src/storage/storage-error.ts'

const day = 24 * 3_600_000
const secrets = { organisation: 'zorggroep-de-linde', topic: 'sexual-harassment' }

let folder: string
let time: number
let warnings: string[]
let opened: ConversationStore[]
let copies: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-storage-'))
  time = Date.parse('2026-03-02T09:00:00Z')
  warnings = []
  opened = []
  copies = []
})

afterEach(async () => {
  await Promise.all(opened.map((store) => store.close().catch(() => {})))
  for (const path of [folder, ...copies]) rmSync(path, { recursive: true, force: true })
})

async function open(options: Partial<StorageOptions> = {}): Promise<ConversationStore> {
  const { conversations: store } = await openStorage({
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

/** The data folder as it is on disk at this moment: what is left when the power fails. */
function copyOfFolder(): string {
  const copy = mkdtempSync(join(tmpdir(), 'klachtwijzer-storage-'))
  copies.push(copy)
  cpSync(folder, copy, { recursive: true })
  return copy
}

/** Looks into the database as somebody who stole it would. */
function inspect<T>(look: (database: DatabaseSync) => T): T {
  return withDatabase(join(copyOfFolder(), 'conversations.db'), look)
}

/** Ends the program, changes the database as somebody with access to the disk would, and starts it again. */
async function tamper(store: ConversationStore, sql: string): Promise<ConversationStore> {
  await store.close()
  withDatabase(databaseFile(), (database) => database.exec(sql))
  return open()
}

function withDatabase<T>(file: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file)
  try {
    return use(database)
  } finally {
    database.close()
  }
}

describe('a stored conversation', () => {
  it('comes back as it was saved last, also after the program ended without a goodbye', async () => {
    const first = await open()
    await first.save('linde', { turns: 1 })
    await first.save('linde', secrets)
    const second = await open({ folder: copyOfFolder() })
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
    let store = await open()
    await store.save('linde', secrets)
    await store.save('eik', { turns: 1 })
    store = await tamper(store, 'update conversation set value = (select max(value) from conversation)')
    const read = [await store.load('linde'), await store.load('eik')]
    expect(read.filter((value) => value !== undefined)).toHaveLength(1)
    store = await tamper(store, "update conversation set value = x'01ff'")
    expect(await store.load('linde')).toBeUndefined()
    expect(warnings.join()).toContain('cannot be decrypted')
    expect(warnings.join()).not.toContain('linde')
    await store.save('linde', secrets)
    expect(await store.load('linde')).toEqual(secrets)
  })
})

describe('when a conversation expires', () => {
  it('cannot be put off by changing the database', async () => {
    let store = await open()
    await store.save('linde', secrets)
    store = await tamper(store, 'update conversation set expires = expires + 3600000')
    time += day
    expect(await store.load('linde')).toBeUndefined()
    expect(warnings.join()).toContain('cannot be decrypted')
  })

  it.each(['9007199254740993', '9e300', '-1', "'linde'", "x'00'", '253402300800000'])(
    'counts as passed for a moment that was never saved: %s',
    async (expires) => {
      let store = await open()
      await store.save('linde', secrets)
      await store.save('eik', secrets)
      store = await tamper(store, `update conversation set expires = ${expires}`)
      expect(await store.load('linde')).toBeUndefined()
      expect(await store.sweep()).toBe(1)
      await store.save('linde', secrets)
      expect(await store.load('linde')).toEqual(secrets)
    },
  )

  it('holds when the clock is set back, and when the lifetime was made shorter', async () => {
    let store = await open({ lifetime: 7 * day })
    await store.save('linde', secrets)
    await store.close()
    time -= 3_600_000
    store = await open({ lifetime: 3_600_000 })
    expect(await store.load('linde')).toEqual(secrets)
  })
})

describe('what may be lost with the power', () => {
  it('is there when the program was killed, and takes the place of what was saved before', async () => {
    const store = await open()
    await store.save('linde', { turns: 1 })
    await store.saveSoon('linde', { turns: 2 })
    expect(await store.load('linde')).toEqual({ turns: 2 })
    const copy = copyOfFolder()
    expect(await (await open({ folder: copy })).load('linde')).toEqual({ turns: 2 })
  })

  it('does not make what is saved after it any less sure', async () => {
    const store = await open()
    await Promise.all([store.saveSoon('linde', { turns: 1 }), store.save('eik', { turns: 1 })])
    await store.erase('linde')
    expect(await store.load('linde')).toBeUndefined()
    expect(await store.load('eik')).toEqual({ turns: 1 })
  })
})

describe('another program at the same database', () => {
  it('is kept out, a second server with a sentence that says what to do', async () => {
    const store = await open()
    await store.save('linde', secrets)
    const began = performance.now()
    await expect(open()).rejects.toThrow(
      /conversations\.db is in use by another program, such as a second Klachtwijzer\. Stop that one, or set KLACHTWIJZER_DATA/,
    )
    expect(performance.now() - began).toBeLessThan(3_000)
    expect(() =>
      withDatabase(databaseFile(), (database) => database.prepare('select * from conversation').all()),
    ).toThrow(/locked/)
    await store.save('linde', { turns: 2 })
    expect(await store.load('linde')).toEqual({ turns: 2 })
  })

  it('stops the start while it reads', async () => {
    await (await open()).close()
    await withReader(async () => {
      await expect(open()).rejects.toThrow(/is in use by another program/)
    })
    await open()
  })

  it('that still reads delays what erasing clears, which the log says once, and every later call tries again', async () => {
    const database = new DatabaseSync(databaseFile(), { timeout: 50 })
    database.exec('pragma journal_mode = wal; pragma secure_delete = on')
    const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) })
    await createTables(db)
    const store = createKyselyStore({
      db,
      cipher: createCipher(randomBytes(32), randomBytes),
      now: () => new Date(time),
      lifetime: day,
      log: { warn: (_, message) => warnings.push(message) },
      scrub: scrubOf(database),
      withoutWaiting: (work) => work(db),
      explain: (error) => error,
    })
    opened.push(store)
    await store.save('linde', secrets)
    const trace = inspect((copy) => String(copy.prepare('select name from conversation').get()?.name))
    await withReader(async () => {
      await store.erase('linde')
      await store.load('eik')
      expect(bytesOnDisk()).toContain(trace)
      expect(warnings).toEqual([expect.stringContaining('another program reads the database')])
    })
    await store.sweep()
    expect(bytesOnDisk()).not.toContain(trace)
  })

  async function withReader(work: () => Promise<void>): Promise<void> {
    const reader = new DatabaseSync(databaseFile())
    reader.exec('begin')
    reader.prepare('select count(*) from conversation').get()
    await work()
    reader.close()
  }
})

describe('the key', () => {
  it('is made at the first start, for the owner alone, and used at the next', async () => {
    const store = await open()
    await store.save('linde', secrets)
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600)
    expect(statSync(databaseFile()).mode & 0o777).toBe(0o600)
    await store.close()
    expect(await (await open()).load('linde')).toEqual(secrets)
  })

  it('can come from outside, and then no key file is made', async () => {
    const key = randomBytes(32).toString('base64')
    const store = await open({ key })
    await store.save('linde', secrets)
    await store.close()
    expect(readdirSync(folder)).not.toContain('conversations.key')
    expect(await (await open({ key })).load('linde')).toEqual(secrets)
  })

  it.each([
    ['that does not fit', randomBytes(32).toString('base64'), /conversations\.db.*Put back the key/],
    ['that is too short', 'bGluZGU=', /KLACHTWIJZER_KEY.*32 bytes/],
  ])('%s stops the start with the place and the way out, and loses nothing', async (_, key, message) => {
    const store = await open()
    await store.save('linde', secrets)
    await store.close()
    await expectRefusal(message, { key })
    expect(await (await open()).load('linde')).toEqual(secrets)
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
      await store.close()
      const key = readFileSync(keyFile())
      spoil()
      await expectRefusal(message)
      rmSync(keyFile(), { force: true })
      writeFileSync(keyFile(), key, { mode: 0o600 })
      expect(await (await open()).load('linde')).toEqual(secrets)
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

  it.each(['/proc/klachtwijzer/data', '/dev/null', '/dev/null/data'])(
    'names a data folder in a place that takes none: %s',
    async (place) => {
      await expect(open({ folder: place })).rejects.toThrow(`The data folder ${place} cannot be made.`)
    },
  )

  it('makes the data folder with the folders above it, for this user only', async () => {
    const deep = join(folder, 'a', 'b')
    await open({ folder: deep })
    expect(statSync(deep).mode & 0o777).toBe(0o700)
    expect(existsSync(join(deep, 'conversations.db'))).toBe(true)
  })

  it.each([
    'create table conversation (title text)',
    'create table conversation (name text, value blob, expires integer, title text not null)',
    'create table proof (linde integer)',
    'create view conversation as select 1 as name, 2 as value, 3 as expires',
    'create table conversation (name text, value blob, expires integer)',
  ])('names a database with tables of somebody else: %s', async (sql) => {
    withDatabase(databaseFile(), (database) => database.exec(sql))
    const opening = open({ key: randomBytes(32).toString('base64') }).then((store) => store.save('a', 1))
    await expect(opening).rejects.toThrow(
      /conversations\.db holds tables that this program did not make\. Move the file away/,
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
      scrub: () => true,
      withoutWaiting: (work) => work(db),
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
