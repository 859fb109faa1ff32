import { z } from 'zod'
import { fold } from './find-literal.ts'
import type { Finding } from './finding.ts'
import { type Literal, literalsOf } from './literals.ts'
import type { ReadFile } from './read-yaml.ts'
import { type ReportFinding, reportFor } from './report-finding.ts'
import type { OrganisationFile } from './schema.ts'

const lockFile = z.strictObject({
  documents: z.array(
    z.strictObject({
      id: z.string(),
      file: z.string(),
      version: z.string(),
      sha256: z.string(),
      facts: z.array(
        z.strictObject({
          fact: z.string(),
          article: z.string(),
          /** In how many places of the document the literal stands. */
          places: z.int(),
          literalHash: z.string(),
          passageHash: z.string(),
        }),
      ),
    }),
  ),
})

/**
 * What was found in the documents the last time: per fact where, with a hash of the literal and of the paragraph around
 * it. It holds no text of a document.
 */
export type Lock = z.infer<typeof lockFile>
type LockedDocument = Lock['documents'][number]
/** One fact as it was found. */
export type LockedFact = LockedDocument['facts'][number]

/** The SHA-256 of a text, in hexadecimal. */
export type Hash = (text: string) => string

/** Where the lock stands in the project. */
export const lockPath = 'knowledge/documents.lock.json'

/** A lock of no document. */
export const emptyLock: Lock = { documents: [] }

/** Reads the lock file. A broken one is a finding: it is written anew by the verification. */
export function readLock(text: string): { lock: Lock; findings: Finding[] } {
  try {
    return { lock: lockFile.parse(JSON.parse(text)), findings: [] }
  } catch {
    const place = { file: lockPath, line: 1, field: '' }
    return { lock: emptyLock, findings: [{ severity: 'error', code: 'lock-broken', ...place, params: {} }] }
  }
}

/** The new lock: what was found now, and what was found before in documents that are not at hand. */
export function renewLock(lock: Lock, found: Lock, files: readonly ReadFile<OrganisationFile>[]): Lock {
  const documents = files.flatMap(({ data }) => {
    const hasId = (entry: LockedDocument) => entry.id === data.document?.id
    return found.documents.find(hasId) ?? lock.documents.find(hasId) ?? []
  })
  return { documents }
}

/** The lock as it is kept in the repository. */
export function writeLock(lock: Lock): string {
  return `${JSON.stringify(lock, null, 2)}\n`
}

/**
 * With no documents at hand: whether the data still says what was found in them. A fact whose literal, article or
 * existence differs from the lock was never looked up.
 */
export function checkLockAgainstFacts(
  lock: Lock,
  files: readonly ReadFile<OrganisationFile>[],
  sha256: Hash,
): Finding[] {
  return files.flatMap((file) => {
    const document = file.data.document
    if (!document) return []
    const locked = lock.documents.find((entry) => entry.id === document.id)
    const findings: Finding[] = []
    if (locked) compareWithData(locked, file, sha256, findings)
    else
      reportFor(file, findings)('gap', 'document-never-verified', ['document', 'file'], {
        name: document.file,
      })
    return findings
  })
}

/**
 * Compares the lock with a new verification: the facts that were added, changed or removed in the data since
 * (`lock-stale`), and for a document that changed the facts that still stand in it, but in other words around them
 * (`document-changed`) or, for a contact, in fewer places (`literal-in-fewer-places`: one of them says something else
 * now). Facts that are gone from their article are errors of the verification itself.
 */
export function compareLock(
  lock: Lock,
  found: Lock,
  files: readonly ReadFile<OrganisationFile>[],
  sha256: Hash,
): Finding[] {
  return files.flatMap((file) => {
    const findings: Finding[] = []
    const report = reportFor(file, findings)
    const locked = lock.documents.find((entry) => entry.id === file.data.document?.id)
    const document = found.documents.find((entry) => entry.id === file.data.document?.id)
    if (!document) {
      if (locked) compareWithData(locked, file, sha256, findings)
      return findings
    }
    if (!locked) {
      report('error', 'lock-without-document', ['document', 'file'], { name: document.file })
      return findings
    }
    compareWithData(locked, file, sha256, findings)
    if (locked.sha256 !== document.sha256) compareDocuments(locked, document, file, report)
    return findings
  })
}

function compareDocuments(
  locked: LockedDocument,
  document: LockedDocument,
  file: ReadFile<OrganisationFile>,
  report: ReportFinding,
): void {
  const old = new Map(locked.facts.map((entry) => [entry.fact, entry]))
  const kept = document.facts.filter(({ fact, literalHash }) => old.get(fact)?.literalHash === literalHash)
  const facts = kept.filter(({ fact, passageHash }) => old.get(fact)?.passageHash !== passageHash)
  const names = facts.map((entry) => entry.fact).join(', ')
  const params = { name: document.file, facts: names, context: names ? 'passages' : '' }
  report('stale', 'document-changed', ['document', 'file'], params)

  const found = new Set(document.facts.map((entry) => entry.fact))
  const lost = locked.facts.filter((entry) => !found.has(entry.fact)).map((entry) => entry.literalHash)
  for (const { fact, field, anyOf } of literalsOf(file.data)) {
    const now = kept.find((entry) => entry.fact === fact)
    const before = old.get(fact)?.places ?? 0
    if (!now || !fact.includes('/contacts/')) continue
    if (now.places + lost.filter((hash) => hash === now.literalHash).length >= before) continue
    const counts = { before: String(before), now: String(now.places) }
    report('error', 'literal-in-fewer-places', field, { fact, literal: anyOf[0] ?? '', ...counts })
  }
}

/** The hash of a literal as the lock keeps it. */
export function hashLiteral({ anyOf }: Literal, sha256: Hash): string {
  return sha256(anyOf.map(fold).join('\n'))
}

function compareWithData(
  locked: LockedDocument,
  file: ReadFile<OrganisationFile>,
  sha256: Hash,
  findings: Finding[],
): void {
  const report = reportFor(file, findings)
  const old = new Map(locked.facts.map((entry) => [entry.fact, entry]))
  for (const literal of literalsOf(file.data)) {
    const { fact, field, articles } = literal
    const before = old.get(fact)
    old.delete(fact)
    if (!before) report('error', 'lock-stale', field, { fact, context: 'added' })
    else if (before.literalHash !== hashLiteral(literal, sha256)) {
      report('error', 'lock-stale', field, { fact, context: 'changed' })
    } else if (articles.length > 0 && !articles.includes(before.article)) {
      report('error', 'lock-stale', field, { fact, context: 'moved', article: before.article })
    }
  }
  for (const fact of old.keys()) report('error', 'lock-stale', ['document'], { fact, context: 'removed' })
}
