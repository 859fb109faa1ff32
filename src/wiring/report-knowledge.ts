import words from '../../locales/nl/findings.json' with { type: 'json' }
import { type Finding, isError } from '../knowledge/finding.ts'
import type { CheckedKnowledge } from './check-knowledge.ts'
import { percentOf } from './compare-shares.ts'
import { describeFinding } from './describe-finding.ts'
import { fill } from './fill.ts'

/** Findings about the documents of today, which are told in full although they are no errors. */
const alwaysTold = ['document-changed', 'document-not-there']

const order: readonly Finding['severity'][] = ['error', 'gap', 'doubt', 'stale']

/**
 * The report of the staff check, line by line: first what belongs to no organisation, then per organisation its errors,
 * what a person has to settle (counted, or in full with `all`), its proof and its document.
 */
export function reportKnowledge(checked: CheckedKnowledge, all: boolean): readonly string[] {
  const { findings, organisations } = checked
  const own = new Set(organisations.map((organisation) => organisation.file))
  const rest = findings.filter((finding) => !own.has(finding.file))
  const count = findings.filter(isError).length
  return [
    ...(rest.length > 0 ? [words.report.rest, ...reportFindings(rest, all), ''] : []),
    ...organisations.flatMap(({ id, name, file }) => [
      fill(words.report.organisation, { name, file }),
      ...reportFindings(
        findings.filter((finding) => finding.file === file),
        all,
      ),
      ...reportProof(checked, id),
      ...reportDocument(checked, id),
      '',
    ]),
    ...(all ? [] : [words.report.seeAll]),
    count === 0 ? words.report.noErrors : fill(words.report.errors, { count: String(count) }),
  ]
}

function reportFindings(findings: readonly Finding[], all: boolean): readonly string[] {
  const told = findings
    .filter((finding) => all || isError(finding) || alwaysTold.includes(finding.code))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.line - b.line)
    .map((finding) => `  ${words.severity[finding.severity]}: ${describeFinding(finding)}`)
  const counts = Object.fromEntries(
    order.map((severity) => [
      severity,
      String(findings.filter((finding) => finding.severity === severity).length),
    ]),
  )
  return [...told, `  ${fill(words.report.counts, counts)}`]
}

function reportProof({ proofs }: CheckedKnowledge, id: string): readonly string[] {
  const proof = proofs.get(id)
  if (!proof) return [`  ${words.report.noProof}`]
  const { regulation, law, neither } = proof.shares
  const classes = new Intl.NumberFormat('nl').format(proof.classes)
  const shares = { regulation: percentOf(regulation), law: percentOf(law), neither: percentOf(neither) }
  return [`  ${fill(words.report.proof, { classes, ...shares })}`]
}

function reportDocument({ verification }: CheckedKnowledge, id: string): readonly string[] {
  const count = verification?.counts.find((entry) => entry.organisation === id)
  if (!count) return []
  const params = {
    literals: String(count.literals),
    found: String(count.found),
    corrupt: String(count.corrupt),
  }
  return [`  ${fill(words.report.document, params)}`]
}
