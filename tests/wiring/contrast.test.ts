import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contrast } from '../../src/wiring/contrast.ts'
import { readEmbedding } from '../../src/wiring/read-embedding.ts'

describe('contrast', () => {
  // The darkest grey that is too light, and pure colours: well-known figures.
  test.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.54],
    ['#ffffff', '#0000ff', 8.59],
  ])('of %s and %s is %d', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 1)
    expect(contrast(other, one)).toBe(contrast(one, other))
  })
})

describe('the colour of an organisation', () => {
  let root: string
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'klachtwijzer-colour-'))
    mkdirSync(join(root, 'knowledge', 'organisations'), { recursive: true })
    writeFileSync(join(root, 'knowledge', 'organisations', 'linde.yaml'), '')
  })
  afterAll(() => rmSync(root, { recursive: true }))

  const read = (colour: string) => {
    writeFileSync(join(root, 'knowledge', 'embedding.yaml'), `linde: { origins: [], colour: "${colour}" }\n`)
    return readEmbedding(root)
  }

  test('may be dark', () => {
    expect(read('#5b2a86').linde?.colour).toBe('#5b2a86')
  })

  test('may not be so light that white letters on it cannot be read: the server says which and why', () => {
    expect(() => read('#f0a000')).toThrow(/embedding\.yaml.*1.*#f0a000.*te licht.*2\.2/s)
  })
})
