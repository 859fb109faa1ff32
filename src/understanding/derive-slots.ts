import { idsUnder, type Meanings, saysDanger } from './find-meanings.ts'

export type SlotsFound = {
  readonly slots: Record<string, string>
  readonly confidence: Record<string, number>
  /** The values of a slot of which more than one was named, the likely ones first. */
  readonly named: Readonly<Record<string, readonly string[]>>
}

/** Where the words name more than one value of a slot, the first of these counts. */
const precedence: Readonly<Record<string, readonly string[]>> = {
  role: ['bereaved', 'employee', 'former-client', 'other', 'parent', 'representative', 'client'],
  domain: ['wzd', 'jeugdwet', 'wlz', 'wmo', 'workplace'],
  wish: ['appeal', 'report', 'mediation', 'wording', 'complaint', 'talk', 'information'],
  stage: ['decided', 'lodged', 'discussed', 'new'],
  topic: [
    'fellow-client',
    'sexual-harassment',
    'discrimination',
    'bullying',
    'conflict-of-interest',
    'abuse-of-power',
    'aggression',
    'misconduct',
    'damages',
    'privacy',
    'staff-change',
    'waiting',
    'money',
    'treatment',
    'quality',
  ],
}

/** Topics that make a matter of the workplace of it when a member of staff tells them. */
const unwantedAtWork: readonly string[] = [
  'aggression',
  'discrimination',
  'bullying',
  'sexual-harassment',
  'abuse-of-power',
  'conflict-of-interest',
  'misconduct',
]

/** What somebody did: "he shouts and the care is bad" is about the shouting. */
const deeds: readonly string[] = [...unwantedAtWork, 'privacy', 'damages']
const manners: readonly string[] = ['treatment', 'quality']

/** Why somebody is treated so counts before how: "they shout at me because of my accent". */
const grounds: readonly string[] = ['sexual-harassment', 'discrimination']
const forms: readonly string[] = ['bullying', 'aggression', ...manners]

/** What happens in a family is no complaint about care: who is in danger there is sent to another place. */
const notAtHome: readonly string[] = ['aggression', 'sexual-harassment']

/** The slots that the words settle, by themselves and together ("mijn zoon" and "14" make a parent of a minor). */
export function deriveSlots(meanings: Meanings, slotIds: readonly string[]): SlotsFound {
  const slots: Record<string, string> = {}
  const confidence: Record<string, number> = {}
  const named: Record<string, readonly string[]> = {}
  const settle = (slot: string, value: string, sure: number): void => {
    slots[slot] = value
    confidence[slot] = sure
  }

  const isAbuse = saysDanger(meanings, 'abuse')
  for (const slot of slotIds) {
    const said = idsUnder(meanings, `slot/${slot}`).filter((value) => !(isAbuse && notAtHome.includes(value)))
    const order = precedence[slot]
    const inOrder = [...(order?.filter((one) => said.includes(one)) ?? []), ...said]
    if (said.length > 1) named[slot] = [...new Set(inOrder)]
    // Yes and no to the same thing settle nothing.
    if (order === undefined && said.length > 1) continue
    const [value] = inOrder
    if (value !== undefined)
      settle(slot, value, said.length === 1 ? 0.9 : overrules(slot, value, said) ? 0.8 : 0.6)
  }

  const signs = new Set(idsUnder(meanings, 'sign'))
  settleKin(slots, signs, settle)
  settleServed(slots, signs, settle)
  settleOwnAge(slots, signs, settle)
  const topics = [slots.topic ?? '', ...(named.topic ?? [])]
  const unwanted =
    signs.has('at-work') || slots.wish === 'report' || topics.some((topic) => unwantedAtWork.includes(topic))
  if (slots.role === 'employee' && unwanted && slots.domain !== 'wzd') settle('domain', 'workplace', 0.8)
  return { slots, confidence, named }
}

/**
 * A rule says which value counts: the furthest stage, the gravest law, a client beside all that the client did, a death,
 * and what was done to somebody beside how the care goes.
 */
function overrules(slot: string, value: string, said: readonly string[]): boolean {
  const besides = said.filter((one) => one !== value)
  if (slot === 'topic' && grounds.includes(value)) return besides.every((one) => forms.includes(one))
  if (slot === 'topic' && deeds.includes(value)) return besides.every((one) => manners.includes(one))
  if (value === 'former-client') return besides.every((one) => one === 'client')
  return slot === 'stage' || slot === 'domain' || value === 'fellow-client' || value === 'bereaved'
}

type Settle = (slot: string, value: string, sure: number) => void

function settleKin(
  slots: Readonly<Record<string, string>>,
  signs: ReadonlySet<string>,
  settle: Settle,
): void {
  if (signs.has('small-child') && slots.minor === undefined) settle('minor', 'true', 0.8)
  const child = signs.has('child') || signs.has('small-child')
  const kin = child || signs.has('sibling') || signs.has('adult-kin') || signs.has('cared-for-kin')
  const free = slots.role === undefined || slots.role === 'bereaved'
  if (signs.has('died') && kin && (free || slots.role === 'parent' || slots.role === 'representative')) {
    settle('role', 'bereaved', 0.8)
    if (!child && !signs.has('sibling') && slots.minor === undefined) settle('minor', 'false', 0.8)
  } else if (child && slots.minor === 'true' && (free || slots.role === 'client')) {
    settle('role', 'parent', 0.8)
  } else if ((child || signs.has('sibling')) && slots.minor === 'false' && free) {
    settle('role', 'representative', 0.8)
  } else if (
    signs.has('cared-for-kin') &&
    !signs.has('own-young') &&
    (free || slots.role === 'representative')
  ) {
    settle('role', 'representative', 0.8)
    if (slots.minor === undefined) settle('minor', 'false', 0.8)
  }
}

/** Whom staff serve badly is the client, where the writer speaks of nobody else. */
function settleServed(
  slots: Readonly<Record<string, string>>,
  signs: ReadonlySet<string>,
  settle: Settle,
): void {
  const others = ['child', 'small-child', 'sibling', 'adult-kin', 'cared-for-kin']
  if (slots.role === undefined && signs.has('served') && !others.some((sign) => signs.has(sign)))
    settle('role', 'client', 0.75)
}

/** The writer's own age counts when the writer is the one who receives the care, or may be. */
function settleOwnAge(
  slots: Readonly<Record<string, string>>,
  signs: ReadonlySet<string>,
  settle: Settle,
): void {
  const own = slots.role === undefined || slots.role === 'client' || slots.role === 'former-client'
  if (!own) return
  if (slots.minor === undefined && signs.has('own-young')) settle('minor', 'true', 0.9)
  if (slots.minor === undefined && signs.has('own-adult')) settle('minor', 'false', 0.9)
  if (slots.role === undefined && signs.has('own-young') && signs.has('in-care'))
    settle('role', 'client', 0.8)
}
