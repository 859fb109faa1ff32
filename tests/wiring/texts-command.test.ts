import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { measureReadability } from '../../src/language/readability.ts'
import { textsCommand } from '../../src/wiring/texts-command.ts'

const project = join(import.meta.dirname, '../..')
let root: string
let lines: string[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'klachtwijzer-texts-'))
  cpSync(join(project, 'locales'), join(root, 'locales'), { recursive: true })
  lines = []
})

afterEach(() => rmSync(root, { recursive: true }))

const check = (...args: string[]) => textsCommand(args, root, (line) => lines.push(line))

type Words = Record<string, Record<string, string>>

/** Changes the texts of a locale as a translator would. */
function edit(locale: string, change: (texts: Words) => void): void {
  const file = join(root, 'locales', locale, 'texts.json')
  const texts: Words = JSON.parse(readFileSync(file, 'utf8'))
  change(texts)
  writeFileSync(file, JSON.stringify(texts))
}

describe('the check of the texts', () => {
  it('finds those of the project complete, up to date and easy to read', () => {
    expect(check(), lines.join('\n')).toBe(0)
  })

  it('says of every language whether somebody read it whose mother tongue it is', () => {
    check()
    expect(lines.filter((line) => line.startsWith('en:'))).toEqual([expect.stringContaining('Nog niet')])
    const review = { nativeSpeaker: { name: 'A. Smith', date: '2026-11-01' } }
    writeFileSync(join(root, 'locales', 'en', 'review.json'), JSON.stringify(review))
    lines = []
    check()
    expect(lines.find((line) => line.startsWith('en:'))).toContain('A. Smith')
  })

  it('names what is missing and what is left over', () => {
    edit('en', (texts) => {
      delete texts.command?.thanks
      texts.command = { ...texts.command, gone: 'Not used.' }
    })
    expect(check()).toBe(1)
    expect(lines.join('\n')).toContain('texts.json command.thanks ontbreekt')
    expect(lines.join('\n')).toContain('texts.json command.gone wordt niet meer gebruikt')
  })

  it('names what was translated before its Dutch changed, until it is translated anew', () => {
    edit('nl', (texts) => {
      texts.command = { ...texts.command, thanks: 'Heel graag gedaan.' }
    })
    expect(check()).toBe(1)
    expect(lines.join('\n')).toContain('command.thanks: het Nederlands is veranderd')
    for (const locale of lines.flatMap((line) => /--translated ([\w-]+)\.$/.exec(line)?.[1] ?? []))
      check('--translated', locale)
    lines = []
    expect(check(), lines.join('\n')).toBe(0)
  })

  it.each([
    [
      'a long sentence',
      'Ik ga nu met jou naar de plek waar jij je klacht kunt doen en waar ze naar je gaan luisteren.',
    ],
    [
      'hard words',
      'Desalniettemin prefereert de organisatie gemotiveerde schriftelijke correspondentie alhier.',
    ],
  ])('names %s in Dutch', (_, hard) => {
    edit('nl', (texts) => {
      texts.command = { ...texts.command, thanks: hard }
    })
    check()
    expect(lines.join('\n')).toContain('command.thanks: ')
  })

  it.each([['--wat'], ['--translated', 'nl'], ['--translated', 'tlh']])('refuses %s %s', (...args) => {
    expect(check(...args)).toBe(1)
    expect(lines).toHaveLength(1)
  })
})

describe('how easy a text reads', () => {
  it('is a higher score for short words in short sentences', () => {
    const easy = measureReadability('Bel ons. Wij zijn er voor je.')
    const hard = measureReadability('Desgewenst kunt u telefonisch contact opnemen met onze organisatie.')
    expect(easy.score).toBeGreaterThan(hard.score)
    expect(hard.hard).toContain('telefonisch')
  })

  it('does not depend on names, numbers and addresses', () => {
    const named = measureReadability(
      'Bel de klachtenfunctionaris op 085 487 4012 of mail info@voorbeeld.nl.',
      ['klachtenfunctionaris'],
    )
    expect(named).toMatchObject({ sentences: 1, longest: 8, hard: [] })
  })
})
