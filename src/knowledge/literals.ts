import type { Field } from './report-finding.ts'
import type { BodyEntry, Contact, OrganisationFile, Source } from './schema.ts'

/** A piece of text that the data claims to stand in the organisation's document. */
export type Literal = {
  /** Stable path of the fact, e.g. `bodies/jeugdstem/contacts/phone/1`; it holds ids, no positions in the file. */
  readonly fact: string
  readonly field: Field
  /** The ways in which the document may print it; one is enough. */
  readonly anyOf: readonly string[]
  /** Where it must stand, tried in order; empty when it may stand anywhere in the document. */
  readonly articles: readonly string[]
  /** The document prints it corrupted: it is looked up as it stands there. */
  readonly corrupt: boolean
  /** Whether capitals matter. */
  readonly exactCase: boolean
}

type Options = Partial<Pick<Literal, 'corrupt' | 'exactCase'>>

/** All literals of an organisation's file that come from its own document, in the order of the file. */
export function literalsOf(data: OrganisationFile): readonly Literal[] {
  const literals: Literal[] = []
  const add = (
    fact: string,
    field: Field,
    text: string | readonly string[],
    articles: readonly string[],
    options: Options = {},
  ) => {
    const anyOf = [text].flat()
    literals.push({ fact, field, anyOf, articles, corrupt: false, exactCase: true, ...options })
  }
  add('name', ['name'], data.name, [])
  addDocument(data, add)
  data.parts.forEach((part, index) => {
    if (isStated(part.source)) return
    add(`parts/${part.id}/name`, ['parts', index, 'name'], part.name, articlesOf(part.source))
  })
  data.bodies.forEach((body, index) => {
    addBody(body, ['bodies', index], add)
  })
  data.terms.forEach(({ id, printed, source }, index) => {
    if (printed === undefined || isStated(source)) return
    add(`terms/${id}`, ['terms', index, 'printed'], printed, articlesOf(source))
  })
  data.retention.forEach(({ printed, source }, index) => {
    if (!printed || isStated(source)) return
    add(`retention/${index + 1}`, ['retention', index, 'printed'], printed, articlesOf(source))
  })
  return literals
}

type Add = (
  fact: string,
  field: Field,
  text: string | readonly string[],
  articles: readonly string[],
  options?: Options,
) => void

function addDocument({ document }: OrganisationFile, add: Add): void {
  if (!document) return
  const { title, version, date, reviewPrinted, headings } = document
  const front = ['title', ...headings.slice(0, 1)]
  add('document/title', ['document', 'title'], title, front, { exactCase: false })
  if (version) {
    add('document/version', ['document', 'version'], waysOfVersion(version), front, { exactCase: false })
  }
  if (date) add('document/date', ['document', 'date'], waysOfDate(date), front, { exactCase: false })
  if (reviewPrinted) add('document/review', ['document', 'reviewPrinted'], reviewPrinted, [])
}

function addBody(body: BodyEntry, field: Field, add: Add): void {
  if (body.person && !isStated(body.source)) {
    add(`bodies/${body.id}/person`, [...field, 'person'], body.person, articlesOf(body.source))
  }
  const counts = new Map<string, number>()
  body.contacts.forEach((contact, index) => {
    const count = (counts.get(contact.kind) ?? 0) + 1
    counts.set(contact.kind, count)
    if (!('article' in contact.source) || 'law' in contact.source) return
    addContact(
      contact,
      `bodies/${body.id}/contacts/${contact.kind}/${count}`,
      [...field, 'contacts', index],
      add,
    )
  })
}

function addContact(contact: Contact, fact: string, field: Field, add: Add): void {
  const { printed, value, label, hoursPrinted, emailSubject } = contact
  const articles = articlesOf(contact.source)
  const corrupt = contact.status === 'corrupt'
  if (printed !== undefined) add(fact, [...field, 'printed'], printed, articles, { corrupt })
  else if (Array.isArray(value)) {
    value.forEach((line, index) => {
      add(`${fact}/line/${index + 1}`, [...field, 'value', index], line, articles, { corrupt })
    })
  } else if (value !== undefined) add(fact, [...field, 'value'], value, articles, { corrupt })
  if (label !== undefined && label !== printed) {
    label.split(' > ').forEach((step, index) => {
      add(`${fact}/label/${index + 1}`, [...field, 'label'], step, articles)
    })
  }
  if (hoursPrinted) add(`${fact}/hours`, [...field, 'hoursPrinted'], hoursPrinted, articles)
  if (emailSubject) add(`${fact}/subject`, [...field, 'emailSubject'], emailSubject, articles)
}

/** What staff stated does not stand in the document, or stands there wrongly. */
function isStated(source: Source | undefined): boolean {
  return source !== undefined && 'statement' in source
}

function articlesOf(source: Source | undefined): readonly string[] {
  return source && 'article' in source && !('law' in source) ? [source.article] : []
}

/** A bare number says nothing by itself: it must stand behind the word. */
function waysOfVersion(version: string): readonly string[] {
  return /^[\d.]+$/.test(version) ? [`versie: ${version}`, `versie ${version}`] : [version]
}

function waysOfDate(date: string): readonly string[] {
  const [year, month, day] = date.split('-')
  const long = new Intl.DateTimeFormat('nl', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date))
  return [`${day}-${month}-${year}`, `${Number(day)}-${Number(month)}-${year}`, long, date]
}
