import { describe, expect, test } from 'vitest'
import { buildKnowledge } from '../../src/knowledge/build-knowledge.ts'
import type { Knowledge } from '../../src/knowledge/knowledge.ts'
import type { Case } from '../../src/knowledge/vocabulary.ts'
import { decide } from '../../src/routing/decide.ts'
import { exampleCase, prove } from '../../src/routing/prove.ts'
import { project, today } from '../real-project.ts'

const placeOf = () => ({ file: 'knowledge/organisations/linde.yaml', line: 1 })

describe('the proof holds for every real organisation', () => {
  const organisations = Object.values(project.knowledge.organisations)
  test.each(organisations.map((organisation) => [organisation.id, organisation] as const))(
    '%s',
    (_, organisation) => {
      const proof = prove(project.knowledge, organisation, today, placeOf)
      expect(proof.findings).toEqual([])
      expect(proof.classes).toBeGreaterThan(100)
      expect(proof.shares.regulation + proof.shares.law + proof.shares.neither).toBeCloseTo(1)
    },
    60_000,
  )
})

const head = `
id: linde
name: Zorggroep De Linde
person: klachten
document: { id: regeling-linde, title: Klachtenregeling De Linde, file: linde.txt, checked: 2026-11-01, headings: [Klachten] }
bodies:
  - { id: gesprek, name: je begeleider, kind: conversation-inside, source: { article: Klachten } }
  - id: klachten
    name: klachtenfunctionaris van De Linde
    kind: klachtenfunctionaris
    contacts: [{ kind: email, value: klachten@delinde.example, checked: 2026-11-01, source: { article: Klachten } }]
    source: { article: Klachten }
  - id: jeugdhulplijn
    name: Jeugdhulplijn
    kind: jeugdvertrouwenspersoon
    serves: { minor: [true] }
    contacts: [{ kind: phone, value: "+31881234567", checked: 2026-11-01, source: { article: Klachten } }]
    source: { article: Klachten }
  - { id: commissie, name: klachtencommissie van De Linde, kind: klachtencommissie, source: { article: Klachten } }
rules:
`

const rule = (id: string, when: string, primary: string, more = '') => `
  - id: ${id}
    ${when}
    advise: { primary: ${primary} }
    because: [{ article: Klachten }]
    ${more}
    examples: [{ say: Een voorbeeld., case: { stage: ${id === 'rest' ? 'lodged' : 'new'} }, to: ${primary} }]
`

const sound = [
  rule('inside', 'when: { stage: [new, unknown], inside: open }', 'gesprek').replace(
    'primary: gesprek }',
    'primary: gesprek, then: [klachten] }',
  ),
  rule('closed', 'when: { inside: closed }', 'klachten').replace(
    'case: { stage: new }',
    'case: { direct: false }',
  ),
  rule('rest', 'when: { stage: [discussed, lodged, decided] }', 'klachten'),
]

function knowledgeOf(rules: readonly string[]): Knowledge {
  const { knowledge, findings } = buildKnowledge({
    files: [{ path: 'knowledge/organisations/linde.yaml', text: head + rules.join('') }, general],
    version: 'test',
    questions: {},
    notes: [],
  })
  if (!knowledge) throw new Error(JSON.stringify(findings))
  return knowledge
}

const general = {
  path: 'knowledge/national/any-organisation.yaml',
  text: `
id: unknown
name: onbekend
person: meldpunt
bodies:
  - id: meldpunt
    name: meldpunt
    kind: inspectorate
    contacts: [{ kind: phone, value: "+31881205020", source: { site: igj.nl, url: "https://www.igj.nl", sure: H, checked: 2026-11-01 } }]
    source: { site: igj.nl, url: "https://www.igj.nl", sure: H, checked: 2026-11-01 }
rules:
  - id: anything
    advise: { primary: meldpunt }
    honest: true
    because: [{ site: igj.nl, url: "https://www.igj.nl", sure: H, checked: 2026-11-01 }]
    examples: [{ say: Ik heb een klacht., case: { role: client }, to: meldpunt }]
`,
}

function faultsIn(rules: readonly string[]): readonly string[] {
  const knowledge = knowledgeOf(rules)
  const organisation = knowledge.organisations.linde
  if (!organisation) throw new Error('De Linde is missing')
  return prove(knowledge, organisation, today, placeOf).findings.map(({ code }) => code)
}

describe('the proof', () => {
  test('accepts a table in which every case reaches a body that can be reached', () => {
    expect(faultsIn(sound)).toEqual([])
  })

  test('accepts a last row without conditions that is honest and rests on a national source', () => {
    const knowledge = knowledgeOf(sound)
    const unknown = knowledge.organisations.unknown
    expect(unknown && prove(knowledge, unknown, today, placeOf).findings).toEqual([])
  })

  test.each([
    ['a gap: no rule for a case', sound.slice(0, 2), 'no-rule-holds'],
    [
      'a dead rule',
      [...sound, rule('late', 'when: { stage: new, wish: complaint }', 'klachten')],
      'rule-never-used',
    ],
    ['a catch-all row', [...sound.slice(0, 2), rule('rest', '', 'klachten')], 'rule-without-conditions'],
    [
      'an honest catch-all row without a national source',
      [...sound.slice(0, 2), rule('rest', '', 'klachten', 'honest: true')],
      'rule-without-conditions',
    ],
    [
      'a youth body for an adult',
      [rule('talk', 'when: { wish: talk }', 'jeugdhulplijn').replace('stage: new', 'wish: talk'), ...sound],
      'advice-excluded-body',
    ],
    [
      'a talk inside for somebody who was harassed',
      [
        rule('harassed', 'when: { topic: sexual-harassment }', 'gesprek').replace(
          'stage: new',
          'topic: sexual-harassment',
        ),
        ...sound,
      ],
      'advice-inside-when-closed',
    ],
    [
      'a talk inside for somebody who cannot talk to them',
      [...sound.slice(1), rule('new', 'when: { stage: [new, unknown], direct: false }', 'gesprek')].reverse(),
      'advice-inside-when-closed',
    ],
    [
      'an advice that holds no way to reach anybody',
      [...sound.slice(0, 2), rule('rest', 'when: { stage: [discussed, lodged, decided] }', 'commissie')],
      'advice-without-contact',
    ],
    [
      'an example that goes elsewhere',
      sound.map((entry) => entry.replace('to: gesprek', 'to: klachten')),
      'example-goes-elsewhere',
    ],
  ])('fails on %s', (_, rules, code) => {
    expect(faultsIn(rules)).toContain(code)
  })
})

describe('without any one rule, the advice of one of its examples is another', () => {
  const organisations = Object.values(project.knowledge.organisations)
  const all = organisations.flatMap((organisation) =>
    organisation.rules.map((each) => ({ organisation, each })),
  )
  test.each(
    all.map(({ organisation, each }) => [`${organisation.id} / ${each.id}`, organisation, each] as const),
  )('%s', (_, organisation, removed) => {
    const altered = { ...organisation, rules: organisation.rules.filter((each) => each.id !== removed.id) }
    const others = { ...project.knowledge.organisations, [organisation.id]: altered }
    const without = { ...project.knowledge, organisations: others }
    const changed = removed.examples.filter((example) => {
      const given = exampleCase(organisation, example.case)
      return adviceIn(without, given) !== adviceIn(project.knowledge, given)
    })
    expect(changed.length).toBeGreaterThan(0)
  })

  /** What the client is told, without the name of the rule. */
  function adviceIn(knowledge: Knowledge, given: Case): string {
    try {
      const { rule: _rule, receipt: _receipt, ...told } = decide(knowledge, given, today)
      return JSON.stringify(told)
    } catch {
      return 'no rule holds'
    }
  }
})
