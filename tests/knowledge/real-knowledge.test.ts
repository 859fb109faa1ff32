import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildKnowledge } from '../../src/knowledge/build-knowledge.ts'
import { fold } from '../../src/knowledge/find-literal.ts'
import { isError } from '../../src/knowledge/finding.ts'
import { literalsOf } from '../../src/knowledge/literals.ts'
import { checkLockAgainstFacts, compareLock, lockPath, readLock } from '../../src/knowledge/lock.ts'
import { verify } from '../../src/knowledge/verify.ts'
import { readKnowledgeFiles } from '../../src/wiring/knowledge-files.ts'
import { readDocuments, sha256 } from './fictional-project.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, '..', 'shared', 'sources')
const { input } = await readKnowledgeFiles(root)
const { organisations } = buildKnowledge(input).sources
const { lock } = readLock(await readFile(join(root, lockPath), 'utf8'))

it('has in its lock exactly the facts of the knowledge files', () => {
  expect(checkLockAgainstFacts(lock, organisations, sha256).filter(isError)).toEqual([])
})

describe.skipIf(!existsSync(folder))('the knowledge against the documents', () => {
  const documents = existsSync(folder) ? readDocuments(folder) : new Map<string, string>()
  const atHand = organisations.filter(({ data }) => documents.has(data.document?.file ?? ''))

  it('stands in them, literal by literal', () => {
    const { findings, counts } = verify(atHand, documents, sha256)
    expect(findings.filter(isError)).toEqual([])
    expect(counts.length).toBeGreaterThanOrEqual(5)
    for (const count of counts) expect(count.found).toBe(count.literals)
    expect(counts.find((count) => count.organisation === 'pluspunt')?.corrupt).toBeGreaterThan(0)
  })

  it('is what the lock says', () => {
    const found = verify(atHand, documents, sha256).lock
    expect(compareLock(lock, found, atHand, sha256)).toEqual([])
  })

  const phones = atHand.flatMap(({ data }) =>
    literalsOf(data)
      .filter(({ fact }) => /\/phone\/\d+$/.test(fact))
      .map(({ fact, anyOf }) => ({ file: data.document?.file ?? '', fact, printed: anyOf[0] ?? '' })),
  )

  it.each(phones)('misses $fact of $file when its number changes', ({ file, printed }) => {
    const text = documents.get(file) ?? ''
    const pattern = new RegExp(printed.replace(/[()]/g, '\\$&').replace(/\s+/g, '\\s+'), 'g')
    const changed = text.replace(pattern, (number) =>
      number.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)),
    )
    expect(changed).not.toBe(text)
    const { findings } = verify(atHand, new Map([...documents, [file, changed]]), sha256)
    const same = phones.filter((phone) => phone.file === file && phone.printed === printed)
    expect(findings.filter(isError).map(({ params }) => params.fact)).toEqual(same.map((phone) => phone.fact))
  })

  it('holds no sentence of a regulation', () => {
    const texts = [...documents.values()].map((text) => fold(text).toLowerCase())
    const names = atHand.flatMap(({ data }) => data.document?.headings ?? []).map(fold)
    const values = atHand
      .flatMap(({ data }) => stringsIn(data))
      .filter((value) => value.length > 60 && value.includes(' '))
    const copied = values.filter(
      (value) =>
        !names.includes(fold(value)) && texts.some((text) => text.includes(fold(value).toLowerCase())),
    )
    expect(copied).toEqual([])
  })
})

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
