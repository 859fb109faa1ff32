import { isOlder } from './dates.ts'
import type { Field, ReportFinding } from './report-finding.ts'
import type { BodyEntry, Contact, Source } from './schema.ts'

const monthsUntilOld = 12
const monthsUntilOldOfPerson = 6

/** What is known around a body: its name and kind, the day, when its document was read, and whether a national body completes it. */
type BodyAround = {
  readonly name: string
  readonly kind: string | undefined
  readonly today: string
  readonly read: string | undefined
  readonly completed: boolean
}

/** The contacts of one body, the person it names, and whether it can be reached at all. */
export function checkBody(body: BodyEntry, field: Field, around: BodyAround, report: ReportFinding): void {
  body.contacts.forEach((contact, index) => {
    const place = [...field, 'contacts', index]
    checkStatus(contact, place, around, report)
    checkAge(contact, place, around, report)
  })
  const reached = body.contacts.some(isShown) || around.completed || body.via !== undefined
  // A client finds the people of the care without a number or an address.
  if (body.approachable && !reached && around.kind !== 'conversation-inside') {
    report('gap', 'body-without-contact', [...field, 'id'], { body: around.name })
  }
  const confirmed = statedOn(body.source) ?? around.read
  if (body.person && (!confirmed || isOlder(confirmed, monthsUntilOldOfPerson, around.today))) {
    const params = { body: around.name, person: body.person, months: String(monthsUntilOldOfPerson) }
    report('stale', 'person-old', [...field, 'person'], params)
  }
}

const statusCodes = {
  ok: undefined,
  corrupt: ['doubt', 'contact-corrupt'],
  contradicted: ['doubt', 'contact-contradicted'],
  doubtful: ['doubt', 'contact-doubtful'],
  incomplete: ['gap', 'contact-incomplete'],
} as const

function checkStatus(contact: Contact, place: Field, { name }: BodyAround, report: ReportFinding): void {
  const found = statusCodes[contact.status]
  if (!found) return
  const params = {
    body: name,
    kind: contact.kind,
    value: printedOrValue(contact),
    remark: contact.remark ?? '',
  }
  report(found[0], found[1], place, params)
}

function checkAge(contact: Contact, place: Field, { name, today }: BodyAround, report: ReportFinding): void {
  if (!isShown(contact)) return
  const params = { body: name, kind: contact.kind, value: printedOrValue(contact) }
  const checked = contact.checked ?? statedOn(contact.source)
  const months = contact.personal ? monthsUntilOldOfPerson : monthsUntilOld
  if (!checked) report('stale', 'contact-unconfirmed', place, params)
  else if (isOlder(checked, months, today)) {
    report('stale', 'contact-old', [...place, 'checked'], { ...params, checked, months: String(months) })
  }
}

function printedOrValue({ printed, value, label }: Contact): string {
  return printed ?? [value ?? label ?? ''].flat().join(', ')
}

/** Corrupted and contradicted values are never shown; a contact without a value may still have a label. */
function isShown({ status, value, label }: Contact): boolean {
  return status !== 'corrupt' && status !== 'contradicted' && (value !== undefined || label !== undefined)
}

function statedOn(source: Source): string | undefined {
  return 'statement' in source ? source.statement.date : undefined
}
