import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decide } from '../../src/routing/decide.ts'
import { hashSources } from '../../src/wiring/hash-sources.ts'
import { loadProject } from '../../src/wiring/load-project.ts'
import { root } from '../real-project.ts'

let copy: string

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'klachtwijzer-'))
  for (const folder of ['knowledge', 'dialogs', 'locales'])
    cpSync(join(root, folder), join(copy, folder), { recursive: true })
})

afterEach(() => rmSync(copy, { recursive: true, force: true }))

function edit(file: string, from: string, to: string): void {
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`)
  writeFileSync(path, text.replace(from, to))
}

describe('the product starts', () => {
  test('with the knowledge as it is in the files, also when nobody built it anew', async () => {
    edit('knowledge/organisations/pluzorg.yaml', 'value: "+31854874012"', 'value: "+31854874013"')
    const project = await loadProject(copy)
    const advice = decide(
      project.knowledge,
      { slots: { organisation: 'pluzorg', wish: 'wording' }, dates: {} },
      '2026-11-22',
    )
    expect(JSON.stringify(advice.contacts)).toContain('+31854874013')
    expect(Object.isFrozen(project.knowledge.organisations)).toBe(true)
  }, 60_000)

  test('with what was built when nothing changed', async () => {
    const built = JSON.parse(readFileSync(join(copy, 'dialogs', 'built', 'compiled.json'), 'utf8'))
    const project = await loadProject(copy)
    expect(project.knowledge).toEqual(built.knowledge)
    expect(Object.isFrozen(project.knowledge.organisations)).toBe(true)
  })
})

describe('what was built is used until what it was made from changes', () => {
  test.each([
    ['a fact', 'knowledge/organisations/pluzorg.yaml', '"+31854874012"', '"+31854874013"', false],
    ['a question', 'dialogs/questions/questions.yaml', 'counted: false', 'counted: true', false],
    ['a note more', 'locales/nl/texts.json', '"note": {', '"note": { "new-note": "",', false],
    ['other words', 'locales/nl/texts.json', '"note": {', '"note":  {', true],
    ['the ends of lines', 'knowledge/organisations/pluzorg.yaml', '\n', '\r\n', true],
  ])('%s', (_, file, from, to, isSame) => {
    const before = hashSources(copy)
    edit(file, from, to)
    expect(hashSources(copy) === before).toBe(isSame)
  })
})

describe('a broken knowledge file stops the start', () => {
  test('with every problem listed, each with its file, line and mend', async () => {
    edit('knowledge/organisations/pluzorg.yaml', 'kind: conversation-inside', 'kind: praatgroep')
    edit('knowledge/organisations/inzet.yaml', 'id: inzet\n', 'id: inzet\nkleur: rood\n')
    edit(
      'knowledge/organisations/wonenplus.yaml',
      'primary: wonenplus-leidinggevende',
      'primary: wonenplus-directeur',
    )
    const message = await loadProject(copy).then(
      () => 'it started',
      (error: Error) => error.message,
    )
    expect(message.split('\n')).toHaveLength(3)
    expect(message).toMatch(/pluzorg\.yaml`, regel \d+: .*conversation-inside/)
    expect(message).toMatch(/inzet\.yaml`, regel 2: .*kleur/)
    expect(message).toMatch(/wonenplus\.yaml`, regel \d+: .*wonenplus-directeur/)
  })

  test('also when every field is right but the proof fails', async () => {
    edit(
      'knowledge/organisations/pluzorg.yaml',
      'when: { inside: closed }',
      'when: { inside: closed, wish: complaint }',
    )
    await expect(loadProject(copy)).rejects.toThrow(/pluzorg\.yaml`, regel \d+/)
  }, 60_000)
})
