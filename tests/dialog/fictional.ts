import type { Question } from '../../src/dialog/questions.ts'
import { compileWhen } from '../../src/knowledge/compile-conditions.ts'
import type { Body, Citation, Organisation, Rule, Supplement } from '../../src/knowledge/knowledge.ts'
import type { BodyKind } from '../../src/knowledge/vocabulary.ts'

/** Stichting De Linde does not exist. */
const citation: Citation = { document: 'klachtenregeling-de-linde', article: 'Artikel 1', kind: 'regulation' }

function body(id: string, name: string, kind: BodyKind): Body {
  return {
    id,
    name,
    kind,
    independent: 'not-stated',
    ruling: 'not-stated',
    secrecy: 'not-stated',
    cost: 'not-stated',
    serves: [],
    via: undefined,
    approachable: true,
    contacts: [],
    origin: 'regulation',
    citation,
  }
}

type When = Parameters<typeof compileWhen>[0]

export function rule(id: string, when: When, primary: string, more: Partial<Rule> = {}): Rule {
  return {
    id,
    when: compileWhen(when),
    advise: { primary, or: [], then: [], beside: [], terms: [], notes: [] },
    because: [citation],
    honest: false,
    asked: true,
    examples: [],
    ...more,
  }
}

export function supplement(id: string, when: When, more: Partial<Supplement> = {}): Supplement {
  return {
    id,
    when: compileWhen(when),
    unlessNames: [],
    then: [],
    beside: [],
    notices: [],
    notes: [],
    honest: false,
    asked: true,
    because: [citation],
    ...more,
  }
}

/** De Linde with these rules: its bodies are a manager, a klachtenfunctionaris and a klachtencommissie. */
export function deLinde(rules: readonly Rule[], supplements: readonly Supplement[] = []): Organisation {
  const bodies = [
    body('gesprek', 'teamleider "Oost" (De Linde)', 'conversation-inside'),
    body('functionaris', 'klachtenfunctionaris', 'klachtenfunctionaris'),
    body('commissie', 'klachtencommissie', 'klachtencommissie'),
  ]
  return {
    id: 'de-linde',
    name: 'Stichting De Linde',
    aliases: [],
    confusedWith: [],
    document: undefined,
    parts: [],
    questions: [],
    implies: [],
    person: 'functionaris',
    bodies: Object.fromEntries(bodies.map((entry) => [entry.id, entry])),
    terms: [],
    retention: [],
    rules,
    supplements,
    openPoints: [],
  }
}

export function question(id: string, options: readonly string[], more: Partial<Question> = {}): Question {
  return {
    id,
    slot: id,
    options: options.map((option) => ({ id: option, sets: { [id]: option } })),
    again: false,
    when: {},
    merge: true,
    counted: true,
    ...more,
  }
}

/** A few questions in plain order, the second about the domain in words of daily life. */
export const questions: readonly Question[] = [
  question('wish', ['talk', 'complaint', 'information'], { merge: false }),
  question('domain', ['jeugdwet', 'wmo', 'wlz', 'workplace', 'other']),
  question('situation', [], {
    slot: 'domain',
    again: true,
    options: [
      { id: 'young', sets: { domain: 'jeugdwet' } },
      { id: 'my-work', sets: { domain: 'workplace' } },
    ],
  }),
  question('role', ['client', 'parent', 'representative', 'employee']),
  question('topic', ['aggression', 'privacy', 'money', 'waiting']),
  question('direct', [], {
    counted: false,
    options: [
      { id: 'yes', sets: { direct: 'true' } },
      { id: 'rather-not', sets: { direct: 'false' } },
      { id: 'afraid', sets: { direct: 'false', fear: 'true' } },
    ],
  }),
  question('safety', ['danger', 'abuse'], { counted: false, when: { fear: 'true' } }),
  question('stage', ['new', 'discussed', 'decided']),
  question('minor', [], {
    options: [
      { id: 'yes', sets: { minor: 'true' } },
      { id: 'no', sets: { minor: 'false' } },
    ],
  }),
]

/** What somebody would write for De Linde. */
export const plainRules: readonly Rule[] = [
  rule('employee', { staff: true }, 'functionaris'),
  rule('youth', { domain: 'jeugdwet' }, 'commissie'),
  rule('talk', { wish: 'talk' }, 'functionaris'),
  rule('decided', { stage: 'decided' }, 'commissie'),
  rule('written', { inside: 'closed' }, 'functionaris'),
  rule('conversation', undefined, 'gesprek', {
    advise: {
      primary: 'gesprek',
      or: [],
      then: ['functionaris', 'commissie'],
      beside: [],
      terms: [],
      notes: [],
    },
  }),
]
