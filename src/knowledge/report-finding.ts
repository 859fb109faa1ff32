import type { Finding } from './finding.ts'
import { nameField } from './name-field.ts'
import type { ReadFile } from './read-yaml.ts'

/** Path to a field within a file. */
export type Field = readonly PropertyKey[]

/** Adds a finding about one field of a file. */
export type ReportFinding = (
  severity: Finding['severity'],
  code: string,
  field: Field,
  params?: Readonly<Record<string, string>>,
) => void

/** A function that adds findings about this file to a list, each with its line. */
export function reportFor(file: ReadFile<unknown>, findings: Finding[]): ReportFinding {
  return (severity, code, field, params = {}) => {
    const place = { file: file.path, line: file.lineOf(field), field: nameField(file.data, field) }
    findings.push({ severity, code, ...place, params })
  }
}
