import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readEmbedding } from '../../src/wiring/read-embedding.ts'
import { root } from '../real-project.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-embedding-'))
  mkdirSync(join(folder, 'knowledge', 'organisations'), { recursive: true })
  writeFileSync(join(folder, 'knowledge', 'organisations', 'linde.yaml'), '')
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(text: string): void {
  writeFileSync(join(folder, 'knowledge', 'embedding.yaml'), text)
}

describe('knowledge/embedding.yaml', () => {
  test('says where and how an organisation shows the chat', () => {
    write(`linde:
  origins: [https://www.linde.example, "https://linde.example:8443"]
  name: Vraag het De Linde
  colour: "#005a9c"
  logo: https://www.linde.example/logo.svg
  position: left
`)
    expect(readEmbedding(folder)).toEqual({
      linde: {
        origins: ['https://www.linde.example', 'https://linde.example:8443'],
        name: 'Vraag het De Linde',
        colour: '#005a9c',
        logo: 'https://www.linde.example/logo.svg',
        position: 'left',
      },
    })
  })

  test('may be absent', () => {
    expect(readEmbedding(folder)).toEqual({})
  })

  test('lists the five organisations, and nowhere else to embed them yet', () => {
    const entries = Object.entries(readEmbedding(root))
    expect(entries.map(([id]) => id)).toHaveLength(5)
    expect(entries.flatMap(([, { origins }]) => origins)).toEqual([])
  })

  test.each([
    ['http://www.linde.example', 'written without https'],
    ['https://*.linde.example', 'with a wildcard'],
    ['https://www.linde.example/', 'with a path'],
    ['https://www.linde.example:443', 'with the usual port, which browsers leave out'],
    ['https://WWW.linde.example', 'in capitals, which browsers do not use'],
    ['*', 'everywhere'],
  ])('refuses the origin %s, %s', (origin) => {
    write(`linde:\n  origins: ["${origin}"]\n`)
    expect(() => readEmbedding(folder)).toThrow(/^`knowledge\/embedding\.yaml`, regel 2: .*https:\/\/www\./)
  })

  test.each([
    ['https://', 'without a site'],
    ['https:// linde.example/logo.svg', 'with a space'],
    ['https://linde.example;frame-ancestors/logo.svg', 'with what parts a policy'],
    ['https://linde.example,evil.example/logo.svg', 'with what parts a header'],
    ['http://linde.example/logo.svg', 'without https'],
  ])('refuses the logo %s, %s', (logo) => {
    write(`linde:\n  origins: []\n  logo: "${logo}"\n`)
    expect(() => readEmbedding(folder)).toThrow(/^`knowledge\/embedding\.yaml`, regel 3: .*logo/)
  })

  test('tells all that is wrong, each with its line', () => {
    write('linde:\n  origins: []\n  color: "#005a9c"\n  position: top\nwilg: { origins: [] }\n')
    const problems = (() => {
      try {
        readEmbedding(folder)
      } catch (error) {
        return (error as Error).message.split('\n')
      }
    })()
    expect(problems?.map((line) => /regel (\d+)/.exec(line)?.[1])).toEqual(['4', '3'])
    write('linde: { origins: [] }\nwilg: { origins: [] }\n')
    expect(() => readEmbedding(folder)).toThrow(/regel 2: .*"wilg"/)
  })
})
