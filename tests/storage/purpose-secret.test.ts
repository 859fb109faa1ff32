import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createCipher } from '../../src/storage/cipher.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { purposeSecret } from '../../src/storage/purpose-secret.ts'
import { serverSecret } from '../../src/storage/server-secret.ts'
import { StorageError } from '../../src/storage/storage-error.ts'

test('each purpose has a secret of its own, always the same, that is not the key itself', () => {
  const secret = Buffer.alloc(32, 7)
  const page = purposeSecret(secret, 'page')
  expect(page).toHaveLength(32)
  expect(page).toEqual(purposeSecret(secret, 'page'))
  expect(page).not.toEqual(purposeSecret(secret, 'other'))
  expect(page).not.toEqual(purposeSecret(Buffer.alloc(32, 8), 'page'))
  expect(page).not.toEqual(secret)
})

test('what was sealed for one purpose cannot be opened for another, nor with the key of the conversations', () => {
  const secret = randomBytes(32)
  const sealed = createCipher(purposeSecret(secret, 'page'), randomBytes).seal('a page', { wish: 'talk' })
  for (const other of [secret, purposeSecret(secret, 'other')]) {
    expect(() => createCipher(other, randomBytes).open('a page', sealed)).toThrow()
  }
})

test("the server's secret is KLACHTWIJZER_KEY, or what the store put in its key file", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-secret-'))
  try {
    const key = randomBytes(32)
    expect(serverSecret(folder, key.toString('base64'), randomBytes)).toEqual(key)
    expect(() => serverSecret(folder, undefined, randomBytes)).toThrow(StorageError)
    const log = { warn: () => {} }
    const options = { folder, lifetime: 1000, now: () => new Date(), random: randomBytes, log }
    await (await openStorage(options)).conversations.close()
    const stored = readFileSync(join(folder, 'conversations.key'), 'utf8').trim()
    expect(serverSecret(folder, undefined, randomBytes).toString('base64')).toBe(stored)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
