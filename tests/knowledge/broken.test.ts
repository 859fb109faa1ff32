import { readdirSync, readFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Finding, isError } from '../../src/knowledge/finding.ts'
import { readLock } from '../../src/knowledge/lock.ts'
import type { SourceFile } from '../../src/knowledge/read-yaml.ts'
import type { CheckInput } from '../../src/wiring/check-knowledge.ts'
import { readShares } from '../../src/wiring/compare-shares.ts'
import { describeFinding } from '../../src/wiring/describe-finding.ts'
import { checkWith, fictionalDocuments, inShort } from './fictional-project.ts'
import { errorCodes } from './finding-codes.ts'

/**
 * Each file is named after its fault, begins with the path it stands for, and marks the line with an arrow; an arrow with
 * a code marks what cannot but follow from it. What no formatter could read is kept as `.txt`.
 */
const folder = join(import.meta.dirname, 'broken')
const files = new Map(readdirSync(folder).map((name) => [parse(name).name, join(folder, name)]))
const names = [...files.keys()].filter((name) => name !== 'lock-broken')

/** What some faults need around them. */
const around: Readonly<Record<string, () => Partial<CheckInput>>> = {
  'literal-in-fewer-places': () => ({
    renew: false,
    lock: checkWith(healthy(), { documents: twice() }).lock,
  }),
  'lock-stale': () => ({ documents: undefined, lock: checkWith(healthy()).lock }),
  'lock-without-document': () => ({ renew: false, lock: checkWith(undefined).lock }),
  'share-of-neither-rose': () => ({
    renew: false,
    lock: checkWith(healthy()).lock,
    shares: { 'de-esdoorn': { neither: 0 } },
  }),
}

describe('a broken knowledge file', () => {
  it.each(names)('gives the finding %s at the marked line, and no other', (code) => {
    const file = read(code)
    const errors = checkWith(file, around[code]?.()).findings.filter(isError)
    expect([...new Set(errors.map(inShort))].sort()).toEqual(marked(file, code))
    expect(errors.map(describeFinding).join('\n')).not.toContain('{{')
  })

  it('is reported together with all its other faults', () => {
    const { path, text } = read('contact-phone')
    const broken = { path, text: text.replace('person: esdoorn', 'person: de-eik') }
    const codes = checkWith(broken)
      .findings.filter(isError)
      .map((finding) => finding.code)
    expect(codes.sort()).toEqual(['body-unknown', 'contact-phone'])
  })

  it('is needed for every error that the check can find', () => {
    expect([...files.keys()].sort()).toEqual(errorCodes())
  })

  it('may be a lock that somebody damaged', () => {
    const text = readFileSync(files.get('lock-broken') ?? '', 'utf8')
    const findings: Finding[] = [...readLock(text).findings, ...readShares(text).findings]
    expect(findings.map(inShort)).toEqual([
      'lock-broken knowledge/documents.lock.json:1',
      'lock-broken knowledge/shares.lock.json:1',
    ])
  })
})

function read(name: string): SourceFile {
  const text = readFileSync(files.get(name) ?? '', 'utf8')
  return { path: /^# (\S+)/.exec(text)?.[1] ?? '', text }
}

function marked({ path, text }: SourceFile, code: string): readonly string[] {
  const lines = text
    .split('\n')
    .map((line, index) => ({ mark: /# <--(?: (\S+))?$/.exec(line), number: index + 1 }))
  return lines.flatMap(({ mark, number }) => (mark ? `${mark[1] ?? code} ${path}:${number}` : [])).sort()
}

/** The organisation of the broken files before anything was broken. */
function healthy(): SourceFile {
  const { path, text } = read('lock-without-document')
  return { path, text }
}

/** The documents with the telephone number of De Esdoorn once more. */
function twice(): ReadonlyMap<string, string> {
  return new Map([...fictionalDocuments].map(([name, text]) => [name, `${text}\nOok op 020 765 43 21.\n`]))
}
