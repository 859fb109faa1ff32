import type { Contact } from '../knowledge/schema.ts'

/** A term as it applies to this case. */
export type AdvisedTerm = {
  readonly id: string
  /** As the document prints it: `P6W`, `P12M`. */
  readonly period: string
  /** `not-stated` when the document does not say whether working days are meant. */
  readonly workingDays: boolean | 'not-stated'
  readonly from: string
  /** Who must act: a body id, or `client`. */
  readonly actor: string
  /** What must happen: `receipt`, `decision`, `objection`, ... */
  readonly for: string
  readonly extension?: string | undefined
  readonly extensible?: boolean | undefined
  /** Last day, ISO, when the client told the day from which the term runs. */
  readonly due?: string
  /** The day from which it was reckoned. */
  readonly since?: string
  /** Last day when the organisation takes the extension that the document allows, and said so in time. */
  readonly extended?: string
  /** Whether that last day (`due`) lies before today. */
  readonly passed?: boolean
}

/** A way to reach a body now. Corrupted and contradicted values never get here. */
export type AdvisedContact = {
  readonly kind: Contact['kind']
  readonly value: string | readonly string[]
  readonly label?: string | undefined
  readonly hours?: string | undefined
  readonly daysUnstated?: boolean | undefined
  readonly purpose?: Contact['purpose']
  readonly preferred?: boolean | undefined
  /** The value is shown as printed, but staff still has to confirm it. */
  readonly doubtful?: boolean
  /** The body that this contact belongs to, when it passes the complaint on. */
  readonly via?: string
  /** `national` when the value is not from the organisation's own regulation. */
  readonly origin: 'regulation' | 'national'
}

/**
 * Why an advice is `honest`: what the regulation does not settle for this client. `late`: a term of the client has
 * passed; `overdue`: the organisation's has.
 */
export type HonestReason = 'not-covered' | 'law' | 'no-contact' | 'late' | 'overdue'

/** Where to go, by when, why. See design, "Vocabulary". Bodies are ids. */
export type Advice = {
  readonly organisation: string
  readonly rule: string
  readonly primary: string
  readonly or: readonly string[]
  readonly then: readonly string[]
  readonly beside: readonly string[]
  readonly terms: readonly AdvisedTerm[]
  readonly notices: readonly string[]
  readonly notes: readonly string[]
  readonly contacts: Readonly<Record<string, readonly AdvisedContact[]>>
  readonly citations: readonly { readonly document: string; readonly article: string }[]
  readonly honest: boolean
  readonly honestBecause: readonly HonestReason[]
  readonly receipt: string
}
