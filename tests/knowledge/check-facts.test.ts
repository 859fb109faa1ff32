import { describe, expect, it } from 'vitest'
import { buildKnowledge } from '../../src/knowledge/build-knowledge.ts'
import { checkFacts } from '../../src/knowledge/check-facts.ts'
import { fictionalKnowledge, today } from './fictional-project.ts'

const linde = 'knowledge/organisations/zorggroep-de-linde.yaml'

/** The findings about De Linde after a change in its file, as `severity code line`. */
function check(change: (text: string) => string = (text) => text, day = today): readonly string[] {
  const files = fictionalKnowledge.files.map(({ path, text }) => ({
    path,
    text: path === linde ? change(text) : text,
  }))
  const { sources, findings } = buildKnowledge({ ...fictionalKnowledge, files })
  expect(findings).toEqual([])
  return checkFacts(sources, day)
    .filter((finding) => finding.file === linde)
    .map(({ severity, code, line }) => `${severity} ${code} ${line}`)
}

const usual = check()

/** What a change adds to the usual findings, without the lines. */
function added(change: (text: string) => string, day?: string): readonly string[] {
  const before = usual.map(withoutLine)
  return check(change, day)
    .map(withoutLine)
    .filter((finding) => {
      const at = before.indexOf(finding)
      if (at >= 0) before.splice(at, 1)
      return at < 0
    })
}

const withoutLine = (finding: string) => finding.split(' ').slice(0, 2).join(' ')

const replace = (old: string, text: string) => (whole: string) => {
  expect(whole).toContain(old)
  return whole.replace(old, text)
}

describe('the facts of an organisation', () => {
  it('lists every open point and what is corrupted, each with its line', () => {
    const lines = fictionalKnowledge.files.find(({ path }) => path === linde)?.text.split('\n') ?? []
    const lineOf = (words: string) => 1 + lines.findIndex((line) => line.includes(words))
    expect(usual).toEqual([
      `doubt contact-corrupt ${lineOf('printed: klacht en@') - 1}`,
      `doubt open-corrupt ${lineOf('id: two-addresses')}`,
      `doubt open-ambiguity ${lineOf('id: who')}`,
      `gap open-missing ${lineOf('id: cost')}`,
      `doubt open-contradiction ${lineOf('id: phone')}`,
      `stale open-outdated ${lineOf('id: name')}`,
    ])
  })

  it.each([
    ['contradicted', 'doubt contact-contradicted'],
    ['doubtful', 'doubt contact-doubtful'],
    ['incomplete', 'gap contact-incomplete'],
  ])('lists a contact that is %s', (status, finding) => {
    const change = replace(
      '        value: klachten@delinde.example\n',
      `        value: klachten@delinde.example\n        status: ${status}\n`,
    )
    expect(added(change)).toEqual([finding])
  })

  it('asks to confirm a contact that nobody ever confirmed', () => {
    const change = replace(
      'klachten@delinde.example\n        checked: 2026-02-01\n',
      'klachten@delinde.example\n',
    )
    expect(added(change)).toEqual(['stale contact-unconfirmed'])
  })

  it('takes a statement as the confirmation of a contact', () => {
    const change = replace(
      'klachten@delinde.example\n        checked: 2026-02-01\n        source: { article: Artikel 2.1 }',
      'klachten@delinde.example\n        source: { statement: { who: A. Jansen, function: directeur, date: 2026-02-01 } }',
    )
    expect(added(change)).toEqual([])
  })

  it.each([
    ['a contact on the day it turns a year old', '2025-03-01', '', []],
    ['a contact of more than a year ago', '2025-02-28', '', ['stale contact-old']],
    ['the contact of a person of half a year ago', '2025-09-01', 'personal: true', []],
    [
      'the contact of a person of more than half a year ago',
      '2025-08-31',
      'personal: true',
      ['stale contact-old'],
    ],
  ])('%s', (_, checked, extra, findings) => {
    const change = replace(
      'klachten@delinde.example\n        checked: 2026-02-01\n',
      `klachten@delinde.example\n        checked: ${checked}\n${extra && `        ${extra}\n`}`,
    )
    expect(added(change)).toEqual(findings)
  })

  it('asks to confirm a person half a year after the document was read', () => {
    expect(added((text) => text, '2026-08-01')).toEqual([])
    expect(added((text) => text, '2026-08-02')).toEqual(['stale person-old'])
  })

  it.each([
    ['without version and date', '  version: "2"\n  date: 2026-01-15\n', '', 'stale document-undated'],
    ['without a date', '  date: 2026-01-15\n', '', 'stale document-without-date'],
    ['of more than five years ago', '2026-01-15', '2021-02-28', 'stale document-old'],
    [
      'that should have been reviewed by today',
      '  date: 2026-01-15\n',
      '  date: 2026-01-15\n  reviewBy: 2026-03-01\n',
      'stale review-passed',
    ],
  ])('asks about a document %s', (_, old, text, finding) => {
    expect(added(replace(old, text))).toEqual([finding])
  })

  it('misses a contact of a body that has none, unless another passes the complaint on', () => {
    const body =
      '  - id: linde-commissie\n    name: commissie\n    kind: klachtencommissie\n    source: { article: Artikel 2.2 }\n'
    const withBody = (extra: string) => replace('\nterms:', `${body}${extra}\nterms:`)
    expect(added(withBody(''))).toEqual(['gap body-without-contact'])
    expect(added(withBody('    via: linde-klachten\n'))).toEqual([])
    expect(added(withBody('    approachable: false\n'))).toEqual([])
  })

  it.each([
    ['incomplete', 'gap retention-incomplete'],
    ['contradicted', 'doubt retention-contradicted'],
  ])('lists a retention that is %s', (status, finding) => {
    expect(added(replace('printed: een jaar', `printed: een jaar, status: ${status}`))).toEqual([finding])
  })

  it.each([
    ['sure: L, checked: 2026-02-01', 'error too-unsure-to-show'],
    ['sure: M, checked: 2026-02-01', 'doubt source-unsure'],
    ['sure: H, checked: 2025-02-01', 'stale source-old'],
    ['sure: H, checked: 2026-02-01', undefined],
  ])('weighs a law with %s', (rest, finding) => {
    const change = replace('because: [{ article: Artikel 2.1 }]', `because: [{ law: wkkgz, ${rest} }]`)
    expect(added(change)).toEqual(finding ? [finding] : [])
  })

  it.each([
    ['a telephone number', '"+31201234567"', '"+31201234568"'],
    ['opening hours', 'Mo-Fr 09:00-12:30', 'Mo-Fr 09:00-13:30'],
    ['a term', 'period: P6W', 'period: P6M'],
    ['a term in working days', 'decides: true', 'decides: true\n    workingDays: true'],
    ['a retention', 'period: P1Y', 'period: P2Y'],
  ])('refuses %s that differs from what is printed beside it', (_, old, text) => {
    expect(added(replace(old, text))).toEqual(['error printed-differs'])
  })
})
