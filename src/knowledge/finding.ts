/**
 * Something that an author of the knowledge can repair, or a person has to settle. A finding is data: `code` and
 * `params` choose the sentence in `locales/nl/findings.json`, which says what is wrong and how to mend it.
 *
 * - `error`: the knowledge cannot be used; the product does not start.
 * - `gap`: the regulation leaves something out that a client needs.
 * - `doubt`: the regulation contradicts itself, is corrupted or can be read in two ways.
 * - `stale`: a check or a review date has passed.
 */
export type Finding = {
  readonly severity: 'error' | 'gap' | 'doubt' | 'stale'
  readonly code: string
  /** Path of the file, relative to the project, e.g. `knowledge/organisations/pluzorg.yaml`. */
  readonly file: string
  /** Line in that file, counted from 1. */
  readonly line: number
  /** Path to the field within the file, e.g. `bodies.2.contacts.0.value`. */
  readonly field: string
  readonly params: Readonly<Record<string, string>>
}

/** Whether the knowledge cannot be used while this finding stands. */
export function isError(finding: Finding): boolean {
  return finding.severity === 'error'
}
