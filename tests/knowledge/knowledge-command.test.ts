import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { knowledgeCommand } from '../../src/wiring/knowledge-command.ts'
import { fictionalRoot, today } from './fictional-project.ts'

describe('npm run knowledge', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'knowledge-'))
    cpSync(fictionalRoot, root, { recursive: true })
  })
  afterEach(() => {
    rmSync(root, { recursive: true })
  })

  async function run(...args: string[]) {
    const lines: string[] = []
    const status = await knowledgeCommand(args, root, (line) => lines.push(line), today)
    return { status, text: lines.join('\n') }
  }

  const edit = (path: string, old: string, text: string) => {
    const whole = readFileSync(join(root, path), 'utf8')
    expect(whole).toContain(old)
    writeFileSync(join(root, path), whole.replace(old, text))
  }

  it('counts per organisation what a person has to settle, and prints its proof', async () => {
    const { status, text } = await run()
    expect(status).toBe(0)
    expect(text).toContain('Zorggroep De Linde (knowledge/organisations/zorggroep-de-linde.yaml)')
    expect(text).toContain('Fouten: 0. Ontbreekt: 2. Twijfel: 4. Verouderd: 1.')
    expect(text).toMatch(/Bewijs: [\d.]+ soorten gevallen\. De regeling regelt 100,0%/)
    expect(text).not.toContain('open punt')
  })

  it('prints every finding with --all', async () => {
    const { status, text } = await run('--all')
    expect(status).toBe(0)
    expect(text).toMatch(
      /twijfel: `knowledge\/organisations\/zorggroep-de-linde\.yaml`, regel \d+: open punt "who"/,
    )
  })

  it('accepts with --write what it found, and afterwards finds the number that was changed in the document', async () => {
    expect(await run('--documents', 'documents')).toMatchObject({ status: 1 })
    const written = await run('--documents', 'documents', '--write')
    expect(written.status).toBe(0)
    expect(written.text).toContain('Geschreven: `knowledge/documents.lock.json`.')
    expect(await run('--documents', 'documents')).toMatchObject({ status: 0 })
    expect(await run()).toMatchObject({ status: 0 })

    edit('documents/klachtenregeling-de-linde.txt', '765 43 21', '765 43 22')
    const { status, text } = await run('--documents', 'documents')
    expect(status).toBe(1)
    expect(text.split('\n').filter((line) => line.includes('FOUT'))).toEqual([
      expect.stringContaining(
        '"030 - 765 43 21" (bodies/luisterhuis/contacts/phone/1) staat niet in het document bij "Artikel 1.2"',
      ),
    ])
  })

  it('writes nothing while an error stands', async () => {
    edit('documents/klachtenregeling-de-linde.txt', '765 43 21', '765 43 22')
    const { status, text } = await run('--documents', 'documents', '--write')
    expect(status).toBe(1)
    expect(text).toContain('Niets geschreven')
  })

  it('fails when more cases than accepted are settled by neither the regulation nor the law', async () => {
    await run('--write')
    edit(
      'knowledge/organisations/zorggroep-de-linde.yaml',
      'advise: { primary: luisterhuis }\n',
      'advise: { primary: luisterhuis }\n    honest: true\n',
    )
    const { status, text } = await run()
    expect(status).toBe(1)
    expect(text).toMatch(
      /meer gevallen dan eerst worden door regeling noch wet geregeld: [\d,]+% in plaats van 0,0%/,
    )
  })

  it.each([
    [['--documents', 'nowhere'], /De map .*nowhere bestaat niet/],
    [['--document', 'documents'], /Deze opties ken ik niet: --document documents/],
    [['--documents'], /Deze opties ken ik niet/],
  ])('refuses %s in one clear line', async (args, line) => {
    const { status, text } = await run(...args)
    expect(status).toBe(1)
    expect(text).toMatch(line)
    expect(text.split('\n')).toHaveLength(1)
  })

  it('says what cannot be read when it runs elsewhere', async () => {
    rmSync(join(root, 'locales'), { recursive: true })
    const { status, text } = await run()
    expect(status).toBe(1)
    expect(text).toContain('texts.json')
  })

  it('lists all errors of all files at once', async () => {
    edit('knowledge/organisations/zorggroep-de-linde.yaml', 'person: luisterhuis', 'person: iemand')
    edit('knowledge/bodies/luisterhuis.yaml', 'kind: clientvertrouwenspersoon', 'kind: luisteraar')
    const { status, text } = await run()
    expect(status).toBe(1)
    expect(text).toContain('`knowledge/bodies/luisterhuis.yaml`, regel 3:')
    expect(text).toContain('de plek "iemand" bestaat hier niet')
  })
})
