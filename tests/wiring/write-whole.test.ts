import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { codeOf } from '../../src/wiring/code-of.ts'
import { writeWhole } from '../../src/wiring/write-whole.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const content = Buffer.from('new')

describe('a file that is written whole', () => {
  test('may be read by whom its mode says, also where another stood', () => {
    const path = join(folder, 'made', 'file')
    writeWhole(path, content, 0o600)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    writeWhole(path, content, 0o644)
    expect(statSync(path).mode & 0o777).toBe(0o644 & ~process.umask())
    writeWhole(path, content, 0o600)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(folder, 'made'))).toEqual(['file'])
  })

  test('is not written through what stands at its temporary name', () => {
    const [path, other] = [join(folder, 'file'), join(folder, 'other')]
    writeFileSync(other, 'old', { mode: 0o644 })
    symlinkSync(other, `${path}.${process.pid}.part`)
    writeWhole(path, content, 0o600)
    expect([readFileSync(path, 'utf8'), readFileSync(other, 'utf8')]).toEqual(['new', 'old'])
  })

  test('leaves nothing when it cannot be written, and says by the code of the system why', () => {
    mkdirSync(join(folder, 'file'))
    expect(() => writeWhole(join(folder, 'file'), content, 0o600)).toThrow(
      /file cannot be written \(EISDIR\)/,
    )
    expect(readdirSync(folder)).toEqual(['file'])
  })
})

test.each([
  [Object.assign(new Error('full'), { code: 'ENOSPC' }), 'ENOSPC'],
  [new Error('x'), undefined],
  [{ code: 'ENOSPC' }, undefined],
  [undefined, undefined],
])('the code of %o is %s', (error, code) => {
  expect(codeOf(error)).toBe(code)
})
