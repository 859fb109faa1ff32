import type { KnowledgeSources } from './build-knowledge.ts'
import { checkBody } from './check-body.ts'
import { checkPrinted } from './check-printed.ts'
import { checkSources } from './check-sources.ts'
import { isOlder } from './dates.ts'
import type { Finding } from './finding.ts'
import { type ReportFinding, reportFor } from './report-finding.ts'
import type { BodyEntry, OpenPoint, OrganisationFile } from './schema.ts'

const yearsUntilOld = 5

/**
 * What the staff has to look at in knowledge that can be used as it is: values that are corrupted, contradicted or left
 * out, facts that nobody confirmed for too long, and every open point. Errors are only a source so unsure that its fact
 * must not be shown, and a value that differs from what it says is printed.
 *
 * @param today ISO date
 */
export function checkFacts(sources: KnowledgeSources, today: string): Finding[] {
  const findings: Finding[] = []
  const nationalIds = new Set(sources.national.flatMap((file) => file.data.bodies.map((body) => body.id)))
  const shared = new Map(sources.shared.map((file) => [file.data.id, file.data]))
  const called = ({ id, name, kind, use = '' }: BodyEntry) => ({
    name: name ?? shared.get(use)?.name ?? id,
    kind: kind ?? shared.get(use)?.kind,
  })
  for (const file of sources.organisations) {
    const report = reportFor(file, findings)
    const { data } = file
    checkDocument(data, today, report)
    data.bodies.forEach((body, index) => {
      const around = {
        ...called(body),
        today,
        read: data.document?.checked,
        completed: nationalIds.has(body.id),
      }
      checkBody(body, ['bodies', index], around, report)
    })
    checkPrinted(data, report)
    checkRetention(data, report)
    checkSources(data, today, report)
    data.openPoints.forEach((point, index) => {
      reportOpenPoint(point, index, report)
    })
  }
  for (const file of sources.national) {
    const report = reportFor(file, findings)
    file.data.bodies.forEach((body, index) => {
      const around = { ...called(body), today, read: undefined, completed: false }
      checkBody(body, ['bodies', index], around, report)
    })
    checkSources(file.data, today, report)
  }
  for (const file of sources.shared) checkSources(file.data, today, reportFor(file, findings))
  return findings
}

function checkDocument({ document }: OrganisationFile, today: string, report: ReportFinding): void {
  if (!document) return
  const { version, date, reviewBy } = document
  if (!version && !date) report('stale', 'document-undated', ['document'])
  else if (!date)
    report('stale', 'document-without-date', ['document', 'version'], { version: version ?? '' })
  if (reviewBy && reviewBy <= today) report('stale', 'review-passed', ['document', 'reviewBy'], { reviewBy })
  if (date && isOlder(date, yearsUntilOld * 12, today)) {
    report('stale', 'document-old', ['document', 'date'], { date, years: String(yearsUntilOld) })
  }
}

function checkRetention(data: OrganisationFile, report: ReportFinding): void {
  data.retention.forEach(({ status, printed, remark = '' }, index) => {
    const field = ['retention', index]
    if (status === 'incomplete') report('gap', 'retention-incomplete', field, { remark })
    if (status === 'contradicted') {
      report('doubt', 'retention-contradicted', field, { printed: printed ?? '', remark })
    }
  })
}

const openPointCodes = {
  ambiguity: ['doubt', 'open-ambiguity'],
  contradiction: ['doubt', 'open-contradiction'],
  corrupt: ['doubt', 'open-corrupt'],
  missing: ['gap', 'open-missing'],
  outdated: ['stale', 'open-outdated'],
} as const

function reportOpenPoint(point: OpenPoint, index: number, report: ReportFinding): void {
  const { id, kind, remark, article = '' } = point
  const [severity, code] = openPointCodes[kind]
  report(severity, code, ['openPoints', index], { id, article, remark })
}
