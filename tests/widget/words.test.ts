import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fill } from '../../src/widget/fill.ts'
import { mailAddress } from '../../src/widget/mail-address.ts'
import { loadWidget } from '../../src/wiring/load-widget.ts'
import { root } from '../real-project.ts'

const folder = join(root, 'locales')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('widget.json'),
)
const read = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'))
const dutch = read(join('nl', 'widget.json'))

function keysOf(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`))
}

describe.each(files)('%s', (path) => {
  test('has the same words as Dutch, with the same places in them, and none is empty', () => {
    const own = read(path)
    expect(keysOf(own)).toEqual(keysOf(dutch))
    expect(fill(own.choices, { count: 7 })).toContain('7')
    expect(JSON.stringify(own)).not.toContain('""')
  })
})

describe('a mail to oneself', () => {
  test('holds the whole advice when it is short', () => {
    const address = mailAddress('Mijn advies', 'Ga naar A & B.\n\nBel 112?')
    expect(decodeURIComponent(address)).toBe(
      'mailto:?subject=Mijn advies&body=Ga naar A & B.\r\n\r\nBel 112?',
    )
  })

  test('holds whole paragraphs only, as many as all programs take', () => {
    const address = mailAddress('Mijn advies', Array.from({ length: 40 }, () => 'é'.repeat(30)).join('\n\n'))
    expect(address.length).toBeLessThanOrEqual(1900)
    expect(decodeURIComponent(address)).toMatch(/é{30}$/)
  })
})

describe('what a browser is sent', () => {
  test('holds the words of one language', async () => {
    const { assets, names, words } = await loadWidget(root)
    const chat = assets[names.chat]?.body.toString() ?? ''
    for (const { exit, unseenHow } of Object.values(words)) {
      expect(chat).not.toContain(exit)
      expect(chat).not.toContain(unseenHow)
    }
    const english = assets[names.words.en ?? '']?.body.toString() ?? ''
    expect(english).toContain('Quick exit')
    expect(english).not.toContain('Example Care')
  })
})
