import { z } from 'zod'
import { formats } from './formats.ts'
import { bodyKinds, moments } from './vocabulary.ts'

/**
 * The shape of the files in `knowledge/`. Facts only: no prose, but for `remark`, which is for staff and is never
 * shown to a client.
 */

const id = z.string().regex(formats.id.pattern)
const isoDate = z.string().regex(formats.date.pattern)
const period = z.string().regex(formats.period.pattern)

/**
 * Where a fact comes from: an article of the organisation's own document, a law, a page of the body itself, or a
 * statement of staff. `sure` is how certain a fact outside the document is: H(igh), M(edium), L(ow).
 */
const lawSource = z.strictObject({
  law: z.string(),
  article: z.string().optional(),
  url: z.url().optional(),
  sure: z.enum(['H', 'M', 'L']),
  checked: isoDate,
})
const siteSource = z.strictObject({
  site: z.string(),
  url: z.url(),
  sure: z.enum(['H', 'M', 'L']),
  checked: isoDate,
})
const statementSource = z.strictObject({
  statement: z.strictObject({ who: z.string(), function: z.string(), date: isoDate }),
})
const articleSource = z.strictObject({ article: z.string() })
const source = z.union([articleSource, lawSource, siteSource, statementSource])
/** For facts that only the organisation itself can tell: its document or, where that is wrong, its staff. */
const ownSource = z.union([articleSource, statementSource])

const contact = z.strictObject({
  kind: z.enum(['phone', 'email', 'post', 'web', 'form', 'chat', 'visit', 'menu-path']),
  /** E.164 for a telephone (or a short number), an address, a URL; post: the lines. Absent where none is usable. */
  value: z.union([z.string(), z.array(z.string())]).optional(),
  /** Literally as the document prints it, for the verification; absent when the same as `value`. */
  printed: z.string().optional(),
  /** The name to show with it, such as a menu path or a language-neutral label. */
  label: z.string().optional(),
  /** OpenStreetMap `opening_hours`, e.g. `Mo-Fr 09:00-17:00`. */
  hours: z.string().regex(formats.hours.pattern).optional(),
  hoursPrinted: z.string().optional(),
  /** True when the document gives hours but not the days. */
  daysUnstated: z.boolean().optional(),
  /** Only for this purpose; `directory`: there one is told the number that one needs. */
  purpose: z.enum(['lodge', 'help', 'appointment', 'directory']).optional(),
  /** The contact of a private person: goes stale after half a year. */
  personal: z.boolean().optional(),
  preferred: z.boolean().optional(),
  emailSubject: z.string().optional(),
  /** `corrupt` and `contradicted` values are never shown; `incomplete`: the document leaves it out. */
  status: z.enum(['ok', 'corrupt', 'contradicted', 'incomplete', 'doubtful']).default('ok'),
  checked: isoDate.optional(),
  source,
  remark: z.string().optional(),
})

const condition = z.record(
  z.string(),
  z.union([
    z.string(),
    z.boolean(),
    z.array(z.union([z.string(), z.boolean()])),
    z.strictObject({ not: z.array(z.union([z.string(), z.boolean()])) }),
  ]),
)

/** Conditions over slots, all of which must hold; a list of them when one of several is enough. */
const when = z.union([condition, z.array(condition).min(1)])

/** A body as one organisation's regulation (or the law) has it. `use` takes name and kind from `knowledge/bodies`. */
const body = z.strictObject({
  id,
  use: id.optional(),
  name: z.string().optional(),
  kind: z.enum(bodyKinds).optional(),
  /** A person named in the document. Never shown: persons change; the staff check asks to confirm them. */
  person: z.string().optional(),
  independent: z.union([z.boolean(), z.literal('not-stated')]).default('not-stated'),
  /** Whether its outcome is a ruling: binding, advice to others, or none. */
  ruling: z.enum(['binding', 'judgement', 'advice', 'none', 'not-stated']).default('not-stated'),
  secrecy: z.union([z.literal(true), z.literal('not-stated')]).default('not-stated'),
  cost: z.enum(['free', 'not-stated']).default('not-stated'),
  /** Whom it serves. A slot that is absent here does not limit. */
  serves: condition.optional(),
  /** Reached through another body, which passes the complaint on. */
  via: id.optional(),
  /** False for a body that the client never approaches. */
  approachable: z.boolean().default(true),
  contacts: z.array(contact).default([]),
  source,
  remark: z.string().optional(),
})

const term = z.strictObject({
  id,
  period,
  workingDays: z.union([z.boolean(), z.literal('not-stated')]).default(false),
  from: z.enum([...moments, 'talk', 'not-stated']),
  /** Who has to act within it: a body, or `client`. */
  actor: z.string(),
  /** What must happen within it; prose in `locales`. */
  what: z.enum([
    'receipt',
    'contact',
    'handling',
    'decision',
    'judgement',
    'report',
    'objection',
    'dispute',
    'complaint',
    'notice',
    'check',
    'forward',
    'inadmissible',
  ]),
  /** The bodies in whose advice the term is told. */
  at: z.array(id),
  when: condition.optional(),
  extension: period.optional(),
  /** The organisation may take longer than the term without a stated maximum. */
  extensible: z.boolean().optional(),
  /** True for the term whose passing makes the organisation overdue. */
  decides: z.boolean().optional(),
  /** True when it is told to clients; internal terms are kept for staff. */
  told: z.boolean().default(true),
  /** Absent only when staff stated it. */
  printed: z.string().optional(),
  source: ownSource,
  remark: z.string().optional(),
})

const advise = z.strictObject({
  primary: id,
  or: z.array(id).default([]),
  then: z.array(id).default([]),
  beside: z.array(id).default([]),
  terms: z.array(id).default([]),
  notes: z.array(id).default([]),
})

const example = z.strictObject({
  /** What somebody says, in plain words. */
  say: z.string(),
  case: z.record(z.string(), z.union([z.string(), z.boolean(), z.record(z.string(), isoDate)])),
  /** The body the case must reach first. */
  to: id,
})

const rule = z.strictObject({
  id,
  when: when.optional(),
  advise,
  because: z.array(source).min(1),
  /** Set when the regulation excludes or does not cover the case. */
  honest: z.literal(true).optional(),
  /** False when the dialog does not ask a question just to find out whether it holds. */
  asked: z.boolean().default(true),
  examples: z.array(example).min(1),
  remark: z.string().optional(),
})

/** Adds to an advice whatever rule won: notes on who may complain, bodies that the law gives. */
const supplement = z.strictObject({
  id,
  when,
  /** Skipped when the organisation's regulation names one of these bodies or kinds itself. */
  unlessNames: z.array(z.string()).default([]),
  then: z.array(id).default([]),
  beside: z.array(id).default([]),
  notices: z.array(id).default([]),
  notes: z.array(id).default([]),
  honest: z.literal(true).optional(),
  /** False when the dialog does not ask a question just to find out whether it holds. */
  asked: z.boolean().default(true),
  because: z.array(source).min(1),
  remark: z.string().optional(),
})

const part = z.strictObject({
  id,
  name: z.string(),
  aliases: z.array(z.string()).default([]),
  kind: z.enum(['part', 'member', 'partner', 'location']),
  /** What follows from the part being named, for slots that the client left open. */
  implies: z.record(z.string(), z.string()).default({}),
  source: ownSource,
  remark: z.string().optional(),
})

/** A point on which the document contradicts itself, is corrupted, dated, or silent; shown by the staff check. */
const openPoint = z.strictObject({
  id,
  kind: z.enum(['ambiguity', 'contradiction', 'corrupt', 'outdated', 'missing']),
  /** How the data settles it for now, in Dutch, for staff. */
  remark: z.string(),
  article: z.string().optional(),
})

const document = z.strictObject({
  id,
  title: z.string(),
  version: z.string().optional(),
  date: isoDate.optional(),
  /** The day before which the organisation meant to review it. */
  reviewBy: isoDate.optional(),
  reviewPrinted: z.string().optional(),
  /** File name of the text within the folder given to the verification. */
  file: z.string(),
  /** The headings under which its facts stand, as printed, in order. */
  headings: z.array(z.string()).default([]),
  checked: isoDate,
})

const retention = z.strictObject({
  period: period.optional(),
  printed: z.string().optional(),
  status: z.enum(['ok', 'contradicted', 'incomplete']).default('ok'),
  source: ownSource.optional(),
  remark: z.string().optional(),
})

/** A file in `knowledge/organisations`: one organisation as its own regulation describes it. */
export const organisationFile = z.strictObject({
  id,
  name: z.string(),
  aliases: z.array(z.string()).default([]),
  /** Names that sound alike: the client is asked which one is meant. */
  confusedWith: z.array(id).default([]),
  region: z.string().optional(),
  document: document.optional(),
  parts: z.array(part).default([]),
  /** Questions of its own, by id in `dialogs/questions`. */
  questions: z.array(z.string()).default([]),
  /** What follows from other answers, e.g. from `domain: wlz`. First match wins per slot. */
  implies: z.array(z.strictObject({ when: condition, set: z.record(z.string(), z.string()) })).default([]),
  /** The body to name when somebody wants a person now. */
  person: id,
  bodies: z.array(body).default([]),
  terms: z.array(term).default([]),
  retention: z.array(retention).default([]),
  rules: z.array(rule).min(1),
  supplements: z.array(supplement).default([]),
  openPoints: z.array(openPoint).default([]),
})

/** A body that several organisations share: only what is true of it everywhere. */
export const bodyFile = z.strictObject({
  id,
  name: z.string(),
  formerNames: z.array(z.string()).default([]),
  aliases: z.array(z.string()).default([]),
  kind: z.enum(bodyKinds),
  source: z.union([articleSource, siteSource, lawSource]),
  remark: z.string().optional(),
})

/** Facts of law and of national bodies, once; an organisation's file cannot override them. */
export const nationalFile = z.strictObject({
  bodies: z.array(body).default([]),
  supplements: z.array(supplement).default([]),
  /** Public holidays: a fixed day (`04-27`) or days from Easter Sunday. */
  holidays: z
    .array(
      z.strictObject({
        id,
        day: z.string().regex(formats.dayOfYear.pattern).optional(),
        easter: z.int().optional(),
        /** Moved to the day before when it falls on a Sunday (Koningsdag). */
        notOnSunday: z.boolean().optional(),
        source: lawSource,
      }),
    )
    .default([]),
})

/** The shapes of the files and of their parts, as they come out of the schema. */
export type OrganisationFile = z.infer<typeof organisationFile>
export type BodyFile = z.infer<typeof bodyFile>
export type NationalFile = z.infer<typeof nationalFile>
export type BodyEntry = z.infer<typeof body>
export type Contact = z.infer<typeof contact>
export type Term = z.infer<typeof term>
export type Rule = z.infer<typeof rule>
export type Supplement = z.infer<typeof supplement>
export type Condition = z.infer<typeof condition>
export type When = z.infer<typeof when>
export type Source = z.infer<typeof source>
export type Part = z.infer<typeof part>
export type OpenPoint = z.infer<typeof openPoint>
