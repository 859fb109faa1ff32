/**
 * The vocabulary of a case: every slot and the values it can hold. A slot that is absent was not asked yet;
 * `unknown` means that the client was asked and does not know.
 */
export const slotValues = {
  role: ['client', 'parent', 'representative', 'bereaved', 'former-client', 'employee', 'other'],
  minor: ['true', 'false'],
  domain: ['jeugdwet', 'wmo', 'wlz', 'wzd', 'workplace', 'other'],
  wish: ['talk', 'wording', 'mediation', 'complaint', 'appeal', 'report', 'information'],
  stage: ['new', 'discussed', 'lodged', 'decided'],
  direct: ['true', 'false'],
  topic: [
    'aggression',
    'discrimination',
    'bullying',
    'sexual-harassment',
    'abuse-of-power',
    'conflict-of-interest',
    'misconduct',
    'privacy',
    'damages',
    'fellow-client',
    'quality',
    'treatment',
    'waiting',
    'money',
    'staff-change',
  ],
  safety: ['danger', 'suicide', 'abuse', 'crime'],
} as const

/** Slots whose values differ per organisation: its parts and its bodies. An organisation may add one of its own. */
export const openSlots = ['organisation', 'part', 'decidedBy'] as const

/** Slots that are never told but follow from the others; rules may test them. */
export const derivedValues = {
  /** Whether a conversation inside the care may be the first step. */
  inside: ['open', 'closed'],
  /** Whether the client speaks as somebody who works there; decided by `role`, or else by `domain`. */
  staff: ['true', 'false'],
  /** Whether a term of the client has passed. */
  late: ['true', 'false'],
  /** Whether a term within which the organisation had to decide has passed. */
  overdue: ['true', 'false'],
  /** What the part that the client named is to the organisation. */
  partKind: ['part', 'member', 'partner', 'location'],
} as const

/** The moments from which a term can run, as ISO dates (`2026-11-03`). */
export const moments = ['lodged', 'decided', 'ended', 'died'] as const
/** A moment from which a term can run. */
export type Moment = (typeof moments)[number]
type Dates = Readonly<Partial<Record<Moment, string>>>

/**
 * What the client has told so far. A slot that is absent was not asked yet. All values are strings, `unknown`
 * included; yes and no are `true` and `false`. `late` and `overdue` stand here only when the client answered them
 * without giving a date.
 */
export type Case = {
  readonly slots: Readonly<Record<string, string>>
  readonly dates: Dates
}

/** The value of a slot for somebody who was asked and does not know. */
export const unknown = 'unknown'

/**
 * Topics in which nobody is sent to a conversation inside the care (design, "Nobody is sent to the person they
 * complain about").
 */
export const unsafeTopics: readonly string[] = [
  'aggression',
  'sexual-harassment',
  'abuse-of-power',
  'discrimination',
]

/** What a body is. What such a body can and cannot do is prose, in `locales/`, once per kind. */
export const bodyKinds = [
  'conversation-inside',
  'complaint-handling',
  'complaint-form',
  'klachtencoordinator',
  'klachtenfunctionaris',
  'klachtenportaal',
  'klachtencommissie',
  'jeugdklachtencommissie',
  'wzd-klachtencommissie',
  'geschillencommissie',
  'clientvertrouwenspersoon',
  'wzd-vertrouwenspersoon',
  'jeugdvertrouwenspersoon',
  'vertrouwenspersoon-medewerkers',
  'clientondersteuning',
  'management',
  'care-organisation',
  'placing-authority',
  'municipal-complaints',
  'ombudsman',
  'inspectorate',
  'police',
  'emergency',
  'helpline',
  'whistleblowers',
] as const
/** What a body is: one of `bodyKinds`. */
export type BodyKind = (typeof bodyKinds)[number]

const vocabulary: Readonly<Record<string, readonly string[]>> = { ...slotValues, ...derivedValues }

/** The values that a slot of the closed vocabulary allows (without `unknown`), or undefined for an open slot. */
export function allowedValues(slot: string): readonly string[] | undefined {
  return Object.hasOwn(vocabulary, slot) ? vocabulary[slot] : undefined
}
