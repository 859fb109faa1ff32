import type { Finding } from './finding.ts'
import { isPhone } from './formats.ts'
import { foldHeading, headingOf } from './headings.ts'
import { generalHelp } from './knowledge.ts'
import type { ReadFile } from './read-yaml.ts'
import { reportFor } from './report-finding.ts'
import type { BodyEntry, BodyFile, Condition, OrganisationFile, Source, When } from './schema.ts'
import { allowedValues, derivedValues, openSlots, slotValues, unknown } from './vocabulary.ts'

/** What stands around one organisation's file and can be referred to from it. */
export type Surroundings = {
  readonly shared: ReadonlyMap<string, BodyFile>
  readonly national: ReadonlyMap<string, BodyEntry>
  readonly organisations: ReadonlySet<string>
  readonly questions: Readonly<Record<string, string>>
  readonly notes: ReadonlySet<string>
}

/** National bodies that a regulation may name and describe; all others are the same for everybody. */
const mayBeDescribed = new Set(['igj-meldpunt', 'jeugdstem'])

type Field = readonly PropertyKey[]
type Report = (code: string, field: Field, params?: Record<string, string>) => void

/** Cross-checks one organisation: every name it refers to exists, every value is in the vocabulary. */
export function checkOrganisation(file: ReadFile<OrganisationFile>, surroundings: Surroundings): Finding[] {
  const findings: Finding[] = []
  const add = reportFor(file, findings)
  const report: Report = (code, field, params) => {
    add('error', code, field, params)
  }
  const { data } = file
  const bodyIds = new Set([...data.bodies.map((body) => body.id), ...surroundings.national.keys()])
  const list = (values: Iterable<string>) => [...values].sort().join(', ')
  const knowsBody = (id: string, field: Field) => {
    if (!bodyIds.has(id)) report('body-unknown', field, { id, allowed: list(bodyIds) })
  }
  const knowsNote = (id: string, field: Field) => {
    if (!surroundings.notes.has(id)) report('note-unknown', field, { id, allowed: list(surroundings.notes) })
  }
  const checkSource = (source: Source, field: Field) => {
    if (!('article' in source) || 'law' in source) return
    if (!data.document) {
      // Elsewhere the missing document is one finding, not one for each fact that stands in it.
      if (data.id === generalHelp) report('source-without-document', field)
      return
    }
    const headings = data.document.headings
    if (!headings.some((heading) => headingOf(source.article, [heading]) !== undefined)) {
      const params = { article: source.article, allowed: headings.join(' | ') }
      if (foldHeading(source.article) !== 'title') report('article-unknown', [...field, 'article'], params)
    }
  }
  const slotOf = (question: string) =>
    Object.hasOwn(surroundings.questions, question) ? surroundings.questions[question] : undefined
  const ownSlots = data.questions.flatMap((question) => slotOf(question) ?? [])
  const checkCondition = (condition: Condition | undefined, field: Field) => {
    for (const [slot, wanted] of Object.entries(condition ?? {})) {
      const values = (
        typeof wanted === 'object' && !Array.isArray(wanted) ? wanted.not : [wanted].flat()
      ).map(String)
      checkSlot(slot, values, [...field, slot])
    }
  }
  const checkSlot = (slot: string, values: readonly string[], field: Field) => {
    const allowed = allowedFor(slot, data, bodyIds, ownSlots)
    if (!allowed) return report('slot-unknown', field, { slot, allowed: slotsOf(ownSlots).join(', ') })
    for (const value of values) {
      if (value !== unknown && !allowed.includes(value)) {
        report('slot-value-unknown', field, { slot, value, allowed: [...allowed, unknown].join(', ') })
      }
    }
  }
  const checkWhen = (when: When | undefined, field: Field) => {
    if (Array.isArray(when)) {
      for (const [index, condition] of when.entries()) checkCondition(condition, [...field, index])
    } else checkCondition(when, field)
  }
  const unique = (ids: readonly string[], field: Field) => {
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index) report('id-twice', [...field, index, 'id'], { id, first: file.path })
    })
  }

  for (const [index, id] of data.confusedWith.entries()) {
    if (!surroundings.organisations.has(id)) report('organisation-unknown', ['confusedWith', index], { id })
  }
  for (const [index, question] of data.questions.entries()) {
    if (!slotOf(question)) {
      report('question-unknown', ['questions', index], {
        id: question,
        allowed: list(Object.keys(surroundings.questions)),
      })
    }
  }
  data.implies.forEach((entry, index) => {
    checkCondition(entry.when, ['implies', index, 'when'])
    for (const [slot, value] of Object.entries(entry.set))
      checkSlot(slot, [value], ['implies', index, 'set', slot])
  })
  unique(
    data.parts.map((part) => part.id),
    ['parts'],
  )
  data.parts.forEach((part, index) => {
    checkSource(part.source, ['parts', index, 'source'])
    for (const [slot, value] of Object.entries(part.implies))
      checkSlot(slot, [value], ['parts', index, 'implies', slot])
  })
  unique(
    data.bodies.map((body) => body.id),
    ['bodies'],
  )
  data.bodies.forEach((body, index) => {
    const field = ['bodies', index]
    if (surroundings.national.has(body.id) && !mayBeDescribed.has(body.id)) {
      report('national-override', [...field, 'id'], { id: body.id })
    }
    const shared = body.use ? surroundings.shared.get(body.use) : undefined
    if (body.use && !shared) {
      report('shared-body-unknown', [...field, 'use'], {
        id: body.use,
        allowed: list(surroundings.shared.keys()),
      })
    } else if (!(body.kind ?? shared?.kind)) report('body-without-kind', [...field, 'id'], { id: body.id })
    else if (!(body.name ?? shared?.name)) report('body-without-name', [...field, 'id'], { id: body.id })
    if (body.via) knowsBody(body.via, [...field, 'via'])
    checkCondition(body.serves, [...field, 'serves'])
    checkSource(body.source, [...field, 'source'])
    body.contacts.forEach((contact, at) => {
      const place = [...field, 'contacts', at]
      checkSource(contact.source, [...place, 'source'])
      checkContact(contact, place, report)
    })
  })
  const termIds = data.terms.map((term) => term.id)
  unique(termIds, ['terms'])
  data.terms.forEach((term, index) => {
    for (const [at, id] of term.at.entries()) knowsBody(id, ['terms', index, 'at', at])
    if (term.actor !== 'client') knowsBody(term.actor, ['terms', index, 'actor'])
    checkCondition(term.when, ['terms', index, 'when'])
    checkSource(term.source, ['terms', index, 'source'])
    if (term.printed === undefined && !('statement' in term.source)) {
      report('field-missing', ['terms', index, 'printed'], { expected: 'string' })
    }
  })
  data.retention.forEach(({ source }, index) => {
    if (source) checkSource(source, ['retention', index, 'source'])
  })
  knowsBody(data.person, ['person'])
  checkPerson(data, surroundings, report)
  unique(
    data.rules.map((rule) => rule.id),
    ['rules'],
  )
  data.rules.forEach((rule, index) => {
    const field = ['rules', index]
    checkWhen(rule.when, [...field, 'when'])
    knowsBody(rule.advise.primary, [...field, 'advise', 'primary'])
    for (const place of ['or', 'then', 'beside'] as const) {
      for (const [at, id] of rule.advise[place].entries()) knowsBody(id, [...field, 'advise', place, at])
    }
    rule.advise.terms.forEach((id, at) => {
      if (!termIds.includes(id))
        report('term-unknown', [...field, 'advise', 'terms', at], { id, allowed: list(termIds) })
    })
    for (const [at, id] of rule.advise.notes.entries()) knowsNote(id, [...field, 'advise', 'notes', at])
    for (const [at, source] of rule.because.entries()) checkSource(source, [...field, 'because', at])
    rule.examples.forEach((example, at) => {
      knowsBody(example.to, [...field, 'examples', at, 'to'])
      for (const [slot, value] of Object.entries(example.case)) {
        if (slot !== 'dates') checkSlot(slot, [String(value)], [...field, 'examples', at, 'case', slot])
      }
    })
  })
  data.supplements.forEach((entry, index) => {
    const field = ['supplements', index]
    checkWhen(entry.when, [...field, 'when'])
    for (const place of ['then', 'beside', 'notices'] as const) {
      for (const [at, id] of entry[place].entries()) knowsBody(id, [...field, place, at])
    }
    for (const [at, id] of entry.notes.entries()) knowsNote(id, [...field, 'notes', at])
    for (const [at, source] of entry.because.entries()) checkSource(source, [...field, 'because', at])
  })
  if (!data.document && data.id !== generalHelp) report('document-missing', ['id'])
  return findings
}

/** Somebody who wants a person now is not sent inside, and without an organisation there must be somebody to call. */
function checkPerson(data: OrganisationFile, { shared, national }: Surroundings, report: Report): void {
  const { person } = data
  const own = data.bodies.find((body) => body.id === person)
  const body = own ?? national.get(person)
  const kind = body?.kind ?? shared.get(body?.use ?? '')?.kind
  if (kind === 'conversation-inside') report('person-inside', ['person'], { id: person })
  const contacts = [own, national.get(person)].flatMap((entry) => entry?.contacts ?? [])
  const hasPhone = contacts.some(
    (contact) => contact.kind === 'phone' && contact.value !== undefined && contact.status === 'ok',
  )
  if (data.id === generalHelp && body && !hasPhone) {
    report('general-help-without-phone', ['person'], { id: person })
  }
}

/** All slots that a condition may test. */
function slotsOf(ownSlots: readonly string[]): readonly string[] {
  return [...Object.keys(slotValues), ...openSlots, ...Object.keys(derivedValues), ...ownSlots]
}

function allowedFor(
  slot: string,
  data: OrganisationFile,
  bodyIds: ReadonlySet<string>,
  ownSlots: readonly string[],
): readonly string[] | undefined {
  if (slot === 'part') return data.parts.map((part) => part.id)
  if (slot === 'decidedBy') return [...bodyIds]
  if (slot === 'organisation') return [data.id]
  if (ownSlots.includes(slot)) return ['true', 'false']
  return (openSlots as readonly string[]).includes(slot) ? undefined : allowedValues(slot)
}

function checkContact(contact: BodyEntry['contacts'][number], field: Field, report: Report): void {
  const { value, kind, status } = contact
  if (value === undefined) {
    if (status === 'ok' || status === 'doubtful') report('contact-without-value', [...field, 'kind'])
    return
  }
  if (status === 'corrupt') report('corrupt-with-value', [...field, 'value'])
  const text = [value].flat().join(' ')
  const wanted: Partial<Record<typeof kind, RegExp>> = {
    email: /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i,
    web: /^https?:\/\//,
    form: /^https?:\/\//,
    chat: /^https?:\/\//,
  }
  const pattern = wanted[kind]
  const isRight = kind === 'phone' ? isPhone(text) : (pattern?.test(text) ?? true)
  if (!isRight) report(`contact-${kind}`, [...field, 'value'], { value: text })
}
