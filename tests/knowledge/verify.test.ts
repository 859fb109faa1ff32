import { describe, expect, it } from 'vitest'
import { findLiteral, passageAround } from '../../src/knowledge/find-literal.ts'
import { isError } from '../../src/knowledge/finding.ts'
import { emptyLock, readLock, writeLock } from '../../src/knowledge/lock.ts'
import { cutSections, sectionOf } from '../../src/knowledge/sections.ts'
import type { CheckInput } from '../../src/wiring/check-knowledge.ts'
import { checkWith, fictionalDocuments, fictionalKnowledge } from './fictional-project.ts'

const name = 'klachtenregeling-de-linde.txt'
const text = fictionalDocuments.get(name) ?? ''
const path = 'knowledge/organisations/zorggroep-de-linde.yaml'

/** The findings of the verification alone: what stands beside them in the data is not looked at here. */
function verifyWith(options: Partial<CheckInput>, change: (yaml: string) => string = (yaml) => yaml) {
  const yaml = fictionalKnowledge.files.find((file) => file.path === path)?.text ?? ''
  const { findings } = checkWith({ path, text: change(yaml) }, options)
  const codes = [
    'literal-not-found',
    'heading-not-found',
    'lock-stale',
    'literal-in-fewer-places',
    'document-changed',
    'document-not-there',
    'document-never-verified',
    'lock-without-document',
  ]
  return findings
    .filter((finding) => codes.includes(finding.code))
    .map(({ severity, code, params }): Record<string, string> => ({ severity, code, ...params }))
}

const withDocument = (changed: string) => new Map([...fictionalDocuments, [name, changed]])

describe('the verification against a document', () => {
  it('finds every literal at its article, however its lines are broken', () => {
    const { verification } = checkWith(undefined)
    expect(verification?.counts).toEqual([
      { organisation: 'zorggroep-de-linde', literals: 16, found: 16, corrupt: 1 },
    ])
    expect(verifyWith({})).toEqual([])
  })

  it('finds them in a document with other line ends', () => {
    expect(verifyWith({ documents: withDocument(text.replaceAll('\n', '\r\n')) })).toEqual([])
  })

  it('names exactly the telephone number that was changed in the document', () => {
    const documents = withDocument(text.replace('030 - 765 43 21', '030 - 765 43 22'))
    expect(verifyWith({ documents })).toEqual([
      {
        severity: 'error',
        code: 'literal-not-found',
        fact: 'bodies/luisterhuis/contacts/phone/1',
        literal: '030 - 765 43 21',
        article: 'Artikel 1.2',
        elsewhere: '',
        context: '',
      },
    ])
  })

  it('says where a literal stands that is not at its article', () => {
    const change = (yaml: string) =>
      yaml.replace('source: { article: Artikel 1.2 }', 'source: { article: Artikel 2.1 }')
    expect(verifyWith({}, change)).toMatchObject([
      {
        code: 'literal-not-found',
        literal: '030 - 765 43 21',
        context: 'elsewhere',
        elsewhere: 'Artikel 1 Praten',
      },
    ])
  })

  it('looks a corrupted value up as it was printed', () => {
    const documents = withDocument(text.replace('klacht en@delinde', 'klachten@delinde'))
    expect(verifyWith({ documents })).toMatchObject([
      { code: 'literal-not-found', fact: 'bodies/linde-klachten/contacts/email/2' },
    ])
  })

  it('leaves a contact that staff stated alone', () => {
    const change = (yaml: string) =>
      yaml.replace(
        'printed: 030 - 765 43 21\n        checked: 2026-02-01\n        source: { article: Artikel 1.2 }',
        'checked: 2026-02-01\n        source: { statement: { who: A. Jansen, function: directeur, date: 2026-02-01 } }',
      )
    expect(verifyWith({}, change)).toEqual([])
  })

  it('reports a document that is not in the folder, and verifies the others', () => {
    expect(verifyWith({ documents: new Map() })).toEqual([
      { severity: 'gap', code: 'document-not-there', name },
    ])
  })
})

describe('the lock', () => {
  const { lock } = checkWith(undefined)
  const fact = (id: string) => lock.documents[0]?.facts.find((entry) => entry.fact === id)

  it('holds hashes and no text of the document', () => {
    const written = writeLock(lock)
    for (const word of text.split(/\s+/).filter((part) => part.length > 8 && !/^Artikel/.test(part))) {
      expect(written).not.toContain(word)
    }
    expect(fact('bodies/linde-gesprek/contacts/phone/1')).toEqual({
      fact: 'bodies/linde-gesprek/contacts/phone/1',
      article: 'Artikel 1.1',
      places: 1,
      literalHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      passageHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it('is the same after it was written and read, and finds nothing new', () => {
    const read = readLock(writeLock(lock))
    expect(read).toEqual({ lock, findings: [] })
    expect(verifyWith({ lock: read.lock, renew: false })).toEqual([])
    expect(verifyWith({ lock: read.lock, documents: undefined })).toEqual([])
  })

  it('names the facts whose surroundings changed in a changed document', () => {
    const documents = withDocument(text.replace('Daar werkt', 'Daar werkt op dinsdag'))
    const facts = 'bodies/luisterhuis/person, bodies/luisterhuis/contacts/phone/1'
    expect(verifyWith({ lock, renew: false, documents })).toEqual([
      { severity: 'stale', code: 'document-changed', name, facts, context: 'passages' },
    ])
  })

  it('notices that one of two places with the same number changed', () => {
    const again = withDocument(`${text}\nNog eens: 030 - 765 43 21 of klachten@delinde.example.`)
    const twice = checkWith(undefined, { documents: again }).lock
    expect(verifyWith({ lock: twice, renew: false, documents: again })).toEqual([])
    const documents = withDocument(`${text}\nNog eens: 030 - 765 43 99 of klachten@delinde.example.`)
    expect(verifyWith({ lock: twice, renew: false, documents })).toMatchObject([
      { code: 'document-changed' },
      { code: 'literal-in-fewer-places', fact: 'bodies/luisterhuis/contacts/phone/1', before: '2', now: '1' },
    ])
  })

  it('does not mind a document whose lines are only broken elsewhere', () => {
    const documents = withDocument(text.replace('Bel\n020 123\n45 67', 'Bel 020 123 45 67'))
    expect(verifyWith({ lock, renew: false, documents })).toEqual([
      { severity: 'stale', code: 'document-changed', name, facts: '', context: '' },
    ])
  })

  it.each([
    ['added', (yaml: string) => yaml.replace('    person: Jansje de Vries\n', ''), (yaml: string) => yaml],
    ['removed', (yaml: string) => yaml, (yaml: string) => yaml.replace('    person: Jansje de Vries\n', '')],
    ['changed', (yaml: string) => yaml.replace('Jansje de Vries', 'Jansje'), (yaml: string) => yaml],
    ['moved', (yaml: string) => yaml, (yaml: string) => yaml.replaceAll('Artikel 1.2', 'Artikel 1')],
  ])('notices without any document that a fact was %s since', (context, before, after) => {
    const yaml = fictionalKnowledge.files.find((file) => file.path === path)?.text ?? ''
    const old = checkWith({ path, text: before(yaml) }).lock
    const findings = verifyWith({ lock: old, documents: undefined }, after)
    expect(findings[0]).toMatchObject({ severity: 'error', code: 'lock-stale', context })
    expect(findings.map((finding) => finding.fact)).toContain('bodies/luisterhuis/person')
  })

  it('keeps what was found in a document that is not at hand', () => {
    expect(checkWith(undefined, { lock, documents: new Map() }).lock).toEqual(lock)
  })

  it('knows when a document was never verified', () => {
    expect(verifyWith({ lock: emptyLock, documents: undefined })).toMatchObject([
      { severity: 'gap', code: 'document-never-verified' },
    ])
  })

  it('makes no errors of a healthy project', () => {
    expect(checkWith(undefined, { lock, renew: false }).findings.filter(isError)).toEqual([])
  })
})

describe('an article of a document', () => {
  const document =
    'Titel\n\nArtikel 1 Begrippen\n- a. **klager:** wie klaagt\n - ook een ouder\n- b. klacht:\n- a. een eerste\n\nArtikel 2  Lang\nin twee regels\n2.1 Bel.\n2.2 Schrijf.\n'
  const sections = cutSections(document, ['Artikel 1 Begrippen', 'Artikel 2 Lang in twee regels'])

  it.each([
    ['title', 'Titel'],
    ['Artikel 1 a', '- a. **klager:** wie klaagt\n - ook een ouder'],
    ['Artikel 1 b', '- b. klacht:\n- a. een eerste'],
    ['Artikel 2.1', '2.1 Bel.'],
    ['Artikel 2.2', '2.2 Schrijf.'],
    ['Artikel 2', 'Artikel 2  Lang\nin twee regels\n2.1 Bel.\n2.2 Schrijf.'],
    ['Artikel 2.9', 'Artikel 2  Lang\nin twee regels\n2.1 Bel.\n2.2 Schrijf.'],
    ['Artikel 3', undefined],
  ])('%s is its own stretch of text', (article, expected) => {
    const section = sectionOf(article, sections, document)
    expect(section && document.slice(section.from, section.to).trim()).toBe(expected)
  })

  it('has its headings in order, or not at all', () => {
    expect(
      cutSections(document, ['Artikel 2 Lang in twee regels', 'Artikel 1 Begrippen', 'Artikel 3']).missing,
    ).toEqual(['Artikel 1 Begrippen', 'Artikel 3'])
  })
})

describe('a literal', () => {
  it.each([
    ['info@pluzorg.nl', 'via info@pluzorg.nl.', true],
    ['info@pluzorg.nl', 'via info@pluzorg.nl.com', false],
    ['info@pluzorg.nl', 'via meer.info@pluzorg.nl', false],
    ['4 weken', 'binnen 14 weken', false],
    ['085 4874012', 'bel 085\n 4874012.', true],
    ['085 4874012', 'bel 085 48740123', false],
    ['www.igj.nl', '<https://www.igj.nl/onderwerpen>', true],
    ['(050) 571 39 99', 'Telefoon: (050) 571 39 99', true],
    ['één jaar', 'na e\u0301e\u0301n jaar'.normalize('NFC'), true],
    ['LIMOR', 'Limor voor thuis', false],
  ])('%s in "%s": %s', (literal, document, found) => {
    expect(findLiteral(literal, document, { from: 0, to: document.length }) !== undefined).toBe(found)
  })

  it('is hashed with its own paragraph or list item', () => {
    const document = 'Eerst dit.\n\n- een\n- twee\nen meer\n- drie\n'
    const found = findLiteral('twee', document, { from: 0, to: document.length })
    expect(found && passageAround(found, document)).toBe('- twee en meer')
  })
})
