import type { Contact, OpenPoint, Part, Term } from './schema.ts'
import type { BodyKind } from './vocabulary.ts'

/** Where a fact stands: a document, law or site, and the article, heading or page in it. */
export type Citation = {
  readonly document: string
  readonly article: string
  /** `regulation` for the organisation's own document; `law` and `site` stand outside it. */
  readonly kind: 'regulation' | 'law' | 'site' | 'statement'
}

/** One test of a condition: the slot's value is (or, with `not`, is not) among the values. */
export type Test = { readonly slot: string; readonly values: readonly string[]; readonly not: boolean }

/** Alternatives, each a list of tests that must all hold. `[[]]` always holds. */
export type When = readonly (readonly Test[])[]

/** A body to which a client can be sent, or that an advice names beside it. */
export type Body = {
  readonly id: string
  readonly name: string
  readonly kind: BodyKind
  readonly independent: boolean | 'not-stated'
  readonly ruling: 'binding' | 'judgement' | 'advice' | 'none' | 'not-stated'
  readonly secrecy: true | 'not-stated'
  readonly cost: 'free' | 'not-stated'
  /** Whom it serves; undefined is everybody. */
  readonly serves: readonly Test[]
  readonly via: string | undefined
  readonly approachable: boolean
  readonly contacts: readonly Contact[]
  /** Whether the organisation's regulation names it, or only the national facts do. */
  readonly origin: 'regulation' | 'national'
  readonly citation: Citation
}

/** Where a rule sends, as ids: bodies, terms and notes. */
export type Advise = {
  readonly primary: string
  readonly or: readonly string[]
  readonly then: readonly string[]
  readonly beside: readonly string[]
  readonly terms: readonly string[]
  readonly notes: readonly string[]
}

/** A case beside a rule, in words and as slots, and the body it must lead to. */
type Example = {
  readonly say: string
  readonly case: Readonly<Record<string, unknown>>
  readonly to: string
}

/** A row of the decision table of an organisation: the first that holds decides. */
export type Rule = {
  readonly id: string
  readonly when: When
  readonly advise: Advise
  readonly because: readonly Citation[]
  readonly honest: boolean
  /** Whether the dialog asks a question to find out whether it holds. */
  readonly asked: boolean
  readonly examples: readonly Example[]
}

/** What is added to the advice of any rule when it holds: all that hold are added. */
export type Supplement = {
  readonly id: string
  readonly when: When
  /** Body ids, or `kind:` and a kind, that make it superfluous when the regulation names them. */
  readonly unlessNames: readonly string[]
  readonly then: readonly string[]
  readonly beside: readonly string[]
  readonly notices: readonly string[]
  readonly notes: readonly string[]
  readonly honest: boolean
  /** Whether the dialog asks a question to find out whether it holds. */
  readonly asked: boolean
  readonly because: readonly Citation[]
}

/** When all tests hold, these slots get these values where nothing was told. */
type Implication = { readonly when: readonly Test[]; readonly set: Readonly<Record<string, string>> }

/** A term in a regulation. */
export type RegulationTerm = Omit<Term, 'when' | 'source' | 'printed'> & {
  /** As the document prints it; the period itself where staff stated it. */
  readonly printed: string
  readonly when: readonly Test[]
  readonly citation: Citation
}

/** The organisation's own document, without its text. */
type RegulationDocument = {
  readonly id: string
  readonly title: string
  readonly version?: string | undefined
  readonly date?: string | undefined
  readonly reviewBy?: string | undefined
  readonly file: string
  readonly headings: readonly string[]
  readonly checked: string
}

/** How long the organisation keeps what is written about a complaint. */
type Retention = {
  readonly period?: string | undefined
  readonly status: 'ok' | 'contradicted' | 'incomplete'
  readonly article?: string | undefined
}

/** All that is known of one organisation, with what law and national facts add to it. */
export type Organisation = {
  readonly id: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly confusedWith: readonly string[]
  readonly document: RegulationDocument | undefined
  readonly parts: readonly Part[]
  readonly questions: readonly string[]
  readonly implies: readonly Implication[]
  /** The body to name when somebody wants a person now. */
  readonly person: string
  /** The bodies of its regulation and, after them, the national ones. */
  readonly bodies: Readonly<Record<string, Body>>
  readonly terms: readonly RegulationTerm[]
  readonly retention: readonly Retention[]
  readonly rules: readonly Rule[]
  /** The national supplements that its regulation does not make superfluous, and its own. */
  readonly supplements: readonly Supplement[]
  readonly openPoints: readonly OpenPoint[]
}

/** A day on which nobody works: on a fixed day of the year, or so many days from Easter Sunday. */
export type Holiday = {
  readonly id: string
  readonly day?: string | undefined
  readonly easter?: number | undefined
  readonly notOnSunday?: boolean | undefined
}

/** Everything the product knows, cross-checked and frozen. Organisation `unknown` holds the general help. */
export type Knowledge = {
  /** Short hash of the files it was read from; stands in each receipt. */
  readonly version: string
  readonly organisations: Readonly<Record<string, Organisation>>
  readonly holidays: readonly Holiday[]
}

/** The id of the organisation that holds the general help. */
export const generalHelp = 'unknown'

/** The organisation of that id, or the general help where it is unknown. */
export function organisationOf(knowledge: Knowledge, id: string | undefined): Organisation {
  const { organisations } = knowledge
  const found =
    id !== undefined && Object.hasOwn(organisations, id) ? organisations[id] : organisations[generalHelp]
  if (!found)
    throw new Error('The knowledge holds no general help (knowledge/national/any-organisation.yaml).')
  return found
}
