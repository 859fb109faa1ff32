import { checkOrganisation, type Surroundings } from './check-organisation.ts'
import { citationOf, compileCondition, compileWhen } from './compile-conditions.ts'
import { deepFreeze } from './deep-freeze.ts'
import type { Finding } from './finding.ts'
import { isError } from './finding.ts'
import type { Advise, Body, Knowledge, Organisation, Rule, Supplement } from './knowledge.ts'
import { generalHelp } from './knowledge.ts'
import { type ReadFile, readYaml, type SourceFile } from './read-yaml.ts'
import {
  type BodyEntry,
  type BodyFile,
  bodyFile,
  type Contact,
  type NationalFile,
  nationalFile,
  type OrganisationFile,
  organisationFile,
  type Rule as RuleEntry,
  type Supplement as SupplementEntry,
} from './schema.ts'

/** The files to build from, and what they may refer to. */
export type KnowledgeFiles = {
  /** Every YAML file under `knowledge/`, with its path. */
  readonly files: readonly SourceFile[]
  /** Short hash over those files. */
  readonly version: string
  /** Ids of the questions in `dialogs/questions` with the slot each fills. */
  readonly questions: Readonly<Record<string, string>>
  /** Ids of the notes that have words in `locales`. */
  readonly notes: readonly string[]
}

/** The files that could be read, each with the lines of its fields. */
export type KnowledgeSources = {
  readonly organisations: readonly ReadFile<OrganisationFile>[]
  readonly shared: readonly ReadFile<BodyFile>[]
  readonly national: readonly ReadFile<NationalFile>[]
}

/**
 * Reads all of the knowledge and cross-checks it. Every problem is a finding; `knowledge` is absent when one of them is
 * an error. `sources` holds every file whose shape is right.
 */
export function buildKnowledge(input: KnowledgeFiles): {
  knowledge?: Knowledge
  findings: Finding[]
  sources: KnowledgeSources
} {
  const findings: Finding[] = []
  const organisations: ReadFile<OrganisationFile>[] = []
  const shared: ReadFile<BodyFile>[] = []
  const national: ReadFile<NationalFile>[] = []
  for (const source of input.files) {
    const keep = <T>(result: { file?: ReadFile<T>; findings: Finding[] }, list: ReadFile<T>[]) => {
      findings.push(...result.findings)
      if (result.file) list.push(result.file)
    }
    if (source.path.includes('/bodies/')) keep(readYaml(source, bodyFile), shared)
    else if (source.path.includes('/organisations/') || source.path.endsWith('any-organisation.yaml')) {
      keep(readYaml(source, organisationFile), organisations)
    } else keep(readYaml(source, nationalFile), national)
  }
  const surroundings: Surroundings = {
    shared: new Map(shared.map((file) => [file.data.id, file.data])),
    national: new Map(national.flatMap((file) => file.data.bodies).map((body) => [body.id, body])),
    organisations: new Set([...organisations.map((file) => file.data.id), ...namesOfFiles(input.files)]),
    questions: input.questions,
    notes: new Set(input.notes),
  }
  findings.push(...duplicateIds(organisations))
  for (const file of organisations) findings.push(...checkOrganisation(file, surroundings))
  if (!organisations.some((file) => file.data.id === generalHelp) && !findings.some(isError)) {
    findings.push({
      severity: 'error',
      code: 'general-help-missing',
      file: 'knowledge/national/any-organisation.yaml',
      line: 1,
      field: '',
      params: {},
    })
  }
  const sources: KnowledgeSources = { organisations, shared, national }
  if (findings.some(isError)) return { findings, sources }
  const supplements = national.flatMap((file) => file.data.supplements)
  const knowledge: Knowledge = deepFreeze({
    version: input.version,
    organisations: Object.fromEntries(
      organisations.map((file) => [file.data.id, resolve(file.data, surroundings, supplements)]),
    ),
    holidays: national.flatMap((file) => file.data.holidays),
  })
  return { knowledge, findings, sources }
}

/** A file that cannot be read still names its organisation, so that it is not called unknown as well. */
function namesOfFiles(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path }) => /\/organisations\/(.+)\.yaml$/.exec(path)?.[1] ?? [])
}

function duplicateIds(files: readonly ReadFile<OrganisationFile>[]): Finding[] {
  const seen = new Map<string, string>()
  return files.flatMap((file) => {
    const first = seen.get(file.data.id)
    seen.set(file.data.id, file.path)
    if (first === undefined) return []
    const place = { file: file.path, line: file.lineOf(['id']), field: 'id' }
    return [{ severity: 'error' as const, code: 'id-twice', ...place, params: { id: file.data.id, first } }]
  })
}

function resolve(
  file: OrganisationFile,
  surroundings: Surroundings,
  nationalSupplements: readonly SupplementEntry[],
): Organisation {
  const documentId = file.document?.id ?? 'national'
  const own = file.bodies.map((entry) => resolveBody(entry, surroundings, documentId, 'regulation'))
  const ownIds = new Set(own.map((body) => body.id))
  const nationals = [...surroundings.national.values()]
    .filter((entry) => !ownIds.has(entry.id))
    .map((entry) => resolveBody(entry, surroundings, documentId, 'national'))
  const names = new Set(own.flatMap((body) => [body.id, `kind:${body.kind}`]))
  const supplements = [...nationalSupplements, ...file.supplements]
    .filter((entry) => !entry.unlessNames.some((name) => names.has(name)))
    .map((entry) => resolveSupplement(entry, documentId))
  return {
    id: file.id,
    name: file.name,
    aliases: file.aliases,
    confusedWith: file.confusedWith,
    document: file.document,
    parts: file.parts,
    questions: file.questions,
    implies: file.implies.map((entry) => ({ when: compileCondition(entry.when), set: entry.set })),
    person: file.person,
    bodies: Object.fromEntries([...own, ...nationals].map((body) => [body.id, body])),
    terms: file.terms.map(({ source, when, ...term }) => ({
      ...term,
      printed: term.printed ?? term.period,
      when: compileCondition(when),
      citation: citationOf(source, documentId),
    })),
    retention: file.retention.map((entry) => ({
      period: entry.period,
      status: entry.status,
      article: entry.source && 'article' in entry.source ? entry.source.article : undefined,
    })),
    rules: file.rules.map((entry) => resolveRule(entry, documentId)),
    supplements,
    openPoints: file.openPoints,
  }
}

function resolveBody(
  entry: BodyEntry,
  surroundings: Surroundings,
  documentId: string,
  origin: Body['origin'],
): Body {
  const shared = entry.use ? surroundings.shared.get(entry.use) : undefined
  const national = origin === 'regulation' ? surroundings.national.get(entry.id) : undefined
  const kind = entry.kind ?? shared?.kind
  const name = entry.name ?? shared?.name
  if (!kind || !name)
    throw new Error(`Body ${entry.id} has no kind or name; checkOrganisation must refuse it.`)
  return {
    id: entry.id,
    name,
    kind,
    independent: entry.independent,
    ruling: entry.ruling,
    secrecy: entry.secrecy,
    cost: entry.cost,
    serves: compileCondition(entry.serves),
    via: entry.via,
    approachable: entry.approachable,
    contacts: withNationalContacts(entry.contacts, national?.contacts ?? []),
    origin,
    citation: citationOf(entry.source, documentId),
  }
}

/** A national body is itself the source of its contacts: they complete what the regulation prints. */
function withNationalContacts(own: readonly Contact[], national: readonly Contact[]): readonly Contact[] {
  const groupOf = ({ kind }: Contact) =>
    kind === 'web' || kind === 'chat' || kind === 'form' ? 'site' : kind
  const groups = new Set(own.map(groupOf))
  return [...own, ...national.filter((contact) => !groups.has(groupOf(contact)))]
}

function resolveRule(entry: RuleEntry, documentId: string): Rule {
  const advise: Advise = entry.advise
  return {
    id: entry.id,
    when: compileWhen(entry.when),
    advise,
    because: entry.because.map((source) => citationOf(source, documentId)),
    honest: entry.honest === true,
    asked: entry.asked,
    examples: entry.examples,
  }
}

function resolveSupplement(entry: SupplementEntry, documentId: string): Supplement {
  return {
    id: entry.id,
    when: compileWhen(entry.when),
    unlessNames: entry.unlessNames,
    then: entry.then,
    beside: entry.beside,
    notices: entry.notices,
    notes: entry.notes,
    honest: entry.honest === true,
    asked: entry.asked,
    because: entry.because.map((source) => citationOf(source, documentId)),
  }
}
