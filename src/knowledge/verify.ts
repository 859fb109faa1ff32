import { countLiteral, findLiteral, passageAround, type Stretch } from './find-literal.ts'
import type { Finding } from './finding.ts'
import { type Literal, literalsOf } from './literals.ts'
import { type Hash, hashLiteral, type Lock, type LockedFact } from './lock.ts'
import type { ReadFile } from './read-yaml.ts'
import { type ReportFinding, reportFor } from './report-finding.ts'
import type { OrganisationFile } from './schema.ts'
import { cutSections, type Sections, sectionOf, titleSection } from './sections.ts'

/** How many literals of one organisation were looked up in its document, and how they were found. */
type Count = {
  readonly organisation: string
  readonly literals: number
  readonly found: number
  /** Found, but as the document prints them: corrupted. They are part of `found`. */
  readonly corrupt: number
}

/** What came of looking up the facts in the documents. */
export type Verification = {
  readonly findings: readonly Finding[]
  /** What was found; only of the documents that were there. */
  readonly lock: Lock
  readonly counts: readonly Count[]
}

/**
 * Looks up every literal of the organisations in their own documents, each at the article that the data names. What is
 * not there is an error `literal-not-found`, which says where else it stands, if anywhere.
 *
 * @param documents the text of each document by file name, as `document.file` has it
 */
export function verify(
  files: readonly ReadFile<OrganisationFile>[],
  documents: ReadonlyMap<string, string>,
  sha256: Hash,
): Verification {
  const findings: Finding[] = []
  const counts: Count[] = []
  const locked: Lock['documents'] = []
  for (const file of files) {
    const { document, id } = file.data
    if (!document) continue
    const report = reportFor(file, findings)
    const original = documents.get(document.file)
    if (original === undefined) {
      report('gap', 'document-not-there', ['document', 'file'], { name: document.file })
      continue
    }
    const text = original.replace(/\r\n/g, '\n').normalize('NFC')
    const sections = cutSections(text, document.headings)
    for (const heading of sections.missing) {
      const field = ['document', 'headings', document.headings.indexOf(heading)]
      report('error', 'heading-not-found', field, { heading, name: document.file })
    }
    const literals = literalsOf(file.data)
    const facts: LockedFact[] = []
    for (const literal of literals) {
      const place = locate(literal, text, sections)
      if (place) {
        const passageHash = sha256(passageAround(place, text))
        const literalHash = hashLiteral(literal, sha256)
        const places = Math.max(...literal.anyOf.map((way) => countLiteral(way, text, literal.exactCase)))
        facts.push({ fact: literal.fact, article: place.article, places, literalHash, passageHash })
      } else reportMissing(literal, text, sections, report)
    }
    const version = document.version ?? document.date ?? ''
    locked.push({ id: document.id, file: document.file, version, sha256: sha256(original), facts })
    const corrupted = new Set(literals.filter((literal) => literal.corrupt).map((literal) => literal.fact))
    const corrupt = facts.filter(({ fact }) => corrupted.has(fact)).length
    counts.push({ organisation: id, literals: literals.length, found: facts.length, corrupt })
  }
  return { findings, lock: { documents: locked }, counts }
}

type Place = Stretch & { readonly article: string }

/** The first place where one of the ways of printing stands, at one of the articles it must stand at. */
function locate(literal: Literal, text: string, sections: Sections): Place | undefined {
  const whole = { article: '', from: 0, to: text.length }
  const places = literal.articles.flatMap((article) => {
    const section = sectionOf(article, sections, text)
    return section ? { article, from: section.from, to: section.to } : []
  })
  for (const { article, ...within } of literal.articles.length > 0 ? places : [whole]) {
    for (const way of literal.anyOf) {
      const found = findLiteral(way, text, within, literal.exactCase)
      if (found) return { article, ...found }
    }
  }
  return undefined
}

function reportMissing(literal: Literal, text: string, sections: Sections, report: ReportFinding): void {
  const elsewhere = sections.all.filter((section) =>
    literal.anyOf.some((way) => findLiteral(way, text, section, literal.exactCase)),
  )
  const params = {
    fact: literal.fact,
    literal: literal.anyOf[0] ?? '',
    article: literal.articles[0] ?? titleSection,
    elsewhere: elsewhere.map((section) => section.heading).join('; '),
    context: contextOf(literal, elsewhere.length > 0),
  }
  report('error', 'literal-not-found', literal.field, params)
}

function contextOf(literal: Literal, standsElsewhere: boolean): string {
  if (literal.articles.length === 0) return 'anywhere'
  return standsElsewhere ? 'elsewhere' : ''
}
