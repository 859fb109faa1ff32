import { buildKnowledge, type KnowledgeFiles } from '../knowledge/build-knowledge.ts'
import { checkFacts } from '../knowledge/check-facts.ts'
import { type Finding, isError } from '../knowledge/finding.ts'
import { checkLockAgainstFacts, compareLock, type Hash, type Lock, renewLock } from '../knowledge/lock.ts'
import { type Verification, verify } from '../knowledge/verify.ts'
import type { Proof } from '../routing/prove.ts'
import { compareShares, type LockedShares } from './compare-shares.ts'
import { proveOrganisations } from './prove-organisations.ts'

/** What the check is made against. */
export type CheckInput = {
  readonly input: KnowledgeFiles
  /** ISO date. */
  readonly today: string
  readonly lock: Lock
  /** The shares of the last proof that was accepted. */
  readonly shares: LockedShares
  /** The lock and the shares are about to be written anew: they are not compared. */
  readonly renew: boolean
  /** The documents by file name; undefined when none are at hand. */
  readonly documents: ReadonlyMap<string, string> | undefined
  readonly sha256: Hash
}

/** The outcome of the check. */
export type CheckedKnowledge = {
  readonly findings: readonly Finding[]
  /** The organisations that could be read, in the order of their files. */
  readonly organisations: readonly { readonly id: string; readonly name: string; readonly file: string }[]
  /** Per organisation; empty when an error stands in the way. */
  readonly proofs: ReadonlyMap<string, Proof>
  readonly verification: Verification | undefined
  /** The lock as it would be written now. */
  readonly lock: Lock
}

/** The whole check of the staff: the files, their facts, the proof of every decision table, and the documents. */
export function checkKnowledge(check: CheckInput): CheckedKnowledge {
  const { today, lock, documents, sha256 } = check
  const { knowledge, findings, sources } = buildKnowledge(check.input)
  findings.push(...checkFacts(sources, today))
  const proofs = new Map<string, Proof>()
  const files = sources.organisations
  for (const { id, proof, placeOf } of knowledge ? proveOrganisations(knowledge, files, today) : []) {
    proofs.set(id, proof)
    findings.push(...proof.findings)
    if (!check.renew) findings.push(...compareShares(check.shares, id, proof.shares, placeOf(['rules'])))
  }
  const verification = documents && verify(files, documents, sha256)
  if (verification) findings.push(...verification.findings)
  if (!verification) findings.push(...checkLockAgainstFacts(lock, files, sha256))
  else {
    // What cannot be looked up now is not accepted anew: its facts must still be those of the lock.
    const found = new Set(verification.lock.documents.map((document) => document.id))
    const compared = check.renew ? files.filter(({ data }) => !found.has(data.document?.id ?? '')) : files
    findings.push(...compareLock(lock, verification.lock, compared, sha256))
  }
  const organisations = files.map(({ data, path }) => ({ id: data.id, name: data.name, file: path }))
  return {
    findings: withoutEchoes(findings),
    organisations,
    proofs,
    verification,
    lock: verification ? renewLock(lock, verification.lock, files) : lock,
  }
}

/** A value that is itself wrong also differs from the lock: that is not told beside it. */
function withoutEchoes(findings: readonly Finding[]): readonly Finding[] {
  const placeOf = ({ file, field }: Finding) => `${file} ${field}`
  const isEcho = ({ code }: Finding) => code === 'lock-stale'
  const told = new Set(findings.filter((finding) => isError(finding) && !isEcho(finding)).map(placeOf))
  return findings.filter((finding) => !isEcho(finding) || !told.has(placeOf(finding)))
}
