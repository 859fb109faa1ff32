import { describe, expect, it } from 'vitest'
import { isError } from '../../src/knowledge/finding.ts'
import { nameField } from '../../src/knowledge/name-field.ts'
import { describeFinding } from '../../src/wiring/describe-finding.ts'
import { checkWith, fictionalDocuments, fictionalKnowledge } from './fictional-project.ts'

const path = 'knowledge/organisations/zorggroep-de-linde.yaml'
const yaml = fictionalKnowledge.files.find((file) => file.path === path)?.text ?? ''

/** What an author reads after a change in the file of De Linde: the errors, without the file and the line. */
function errorsAfter(old: string, text: string, options: Parameters<typeof checkWith>[1] = {}) {
  expect(yaml).toContain(old)
  const { findings } = checkWith({ path, text: yaml.replace(old, () => text) }, options)
  return findings.filter(isError).map((finding) => describeFinding(finding).replace(/^.*?regel \d+: /, ''))
}

describe('an author reads', () => {
  it.each([
    ['an example of a period', 'period: P6W', 'period: zes weken', '"terms.handling.period"', 'zo: P6W.'],
    ['an example of a date', 'date: 2026-01-15', 'date: 15-01-2026', '"document.date"', 'zo: 2026-11-22.'],
    ['an example of an id', 'id: zorggroep-de-linde', 'id: De Linde', '"id"', 'zo: mijn-organisatie.'],
    ['that an id is taken', 'id: zorggroep-de-linde', 'id: constructor', '"id"', 'zo: mijn-organisatie.'],
    [
      'an example of hours in words of their own',
      'hours: Mo-Fr 09:00-12:30',
      'hours: Ma-Do 09:00-12:30',
      '"bodies.linde-gesprek.contacts.0.hours"',
      'zo: Mo 09:00-12:00; We-Fr 09:00-17:00.',
    ],
    [
      'how to write a source',
      'source: { article: Artikel 2 }',
      'source: Artikel 2',
      '"bodies.linde-klachten.source" is geen bron.',
      '{ article: ... }',
    ],
    [
      'how to write a reason of a rule',
      'because: [{ article: Artikel 1.1 }]',
      'because: [Artikel 1.1]',
      '"rules.talk.because.0" is geen bron.',
      '{ article: ... }',
    ],
    [
      'how to write a list',
      'because: [{ article: Artikel 1.1 }]',
      'because: { article: Artikel 1.1 }',
      '"rules.talk.because" moet een lijst zijn.',
      '[...]',
    ],
    [
      'which slots there are',
      'when: { wish: talk }',
      'when: { toString: talk }',
      '"toString"',
      'role, minor,',
    ],
  ])('%s', (_, old, text, field, help) => {
    const errors = errorsAfter(old, text)
    expect(errors).toHaveLength(1)
    expect(errors[0]).toContain(field)
    expect(errors[0]).toContain(help)
  })

  it('one finding about a value that is not in the document, and none about the lock beside it', () => {
    const lock = checkWith(undefined).lock
    const errors = errorsAfter('printed: binnen zes weken', 'printed: in zes weken', { lock, renew: false })
    expect(errors).toEqual([expect.stringContaining('"in zes weken" (terms/handling) staat niet')])
  })

  it('one finding about a telephone number with spaces, and none about the lock beside it', () => {
    const lock = checkWith(undefined).lock
    const old = 'value: "+31307654321"\n        printed: 030 - 765 43 21'
    const errors = errorsAfter(old, 'value: 030 - 765 43 22', { lock, documents: undefined })
    expect(errors).toEqual([expect.stringContaining('is geen telefoonnummer')])
  })

  it('one finding about a document that is missing', () => {
    const errors = errorsAfter(yaml.slice(yaml.indexOf('document:'), yaml.indexOf('parts:')), '')
    expect(errors).toEqual([expect.stringContaining('heeft geen document')])
  })

  it('one finding about faults in the YAML of one file', () => {
    const errors = errorsAfter('person: luisterhuis', 'person: [luisterhuis\n\tx: }')
    expect(errors).toEqual([expect.stringContaining('dit is geen geldige YAML')])
  })

  it.each([
    ['an alias of nothing', 'name: *nobody'],
    [
      'aliases that would fill the memory',
      [
        'a: &a [x, x, x, x, x, x, x, x, x, x]',
        ...['b', 'c', 'd', 'e'].map((name, at) => {
          const before = `*${'abcd'[at]}`
          return `${name}: &${name} [${Array(10).fill(before).join(', ')}]`
        }),
        'name: *e',
      ].join('\n'),
    ],
  ])('which file holds %s', (_, text) => {
    const { findings } = checkWith({ path, text })
    expect(findings.filter(isError)).toMatchObject([{ code: 'yaml-syntax', file: path }])
  })

  it('nothing about a talk inside that has no telephone number', () => {
    const phone = yaml.slice(
      yaml.indexOf('    contacts:'),
      yaml.indexOf('    source: { article: Artikel 1.1 }'),
    )
    const { findings } = checkWith({ path, text: yaml.replace(phone, '') })
    expect(findings.map(({ code }) => code)).not.toContain('body-without-contact')
  })
})

describe('a fact that staff stated', () => {
  const statement = 'source: { statement: { who: bureau kwaliteit, function: kwaliteit, date: 2026-02-01 } }'

  it.each([
    ['a term', 'printed: binnen zes weken\n    source: { article: Artikel 2.2 }', statement],
    [
      'a term as it should have been printed',
      'printed: binnen zes weken\n    source: { article: Artikel 2.2 }',
      `printed: uiterlijk zes weken later\n    ${statement}`,
    ],
    [
      'a part',
      'name: Locatie Noord, kind: location, source: { article: Artikel 1.1 }',
      `name: Locatie Zuid, kind: location, ${statement}`,
    ],
    [
      'a retention',
      'period: P1Y, printed: een jaar, source: { article: Artikel 2.3 }',
      `period: P2Y, ${statement}`,
    ],
    ['a person', 'source: { article: Artikel 2 }', `person: Iemand Anders\n    ${statement}`],
  ])('%s is not looked up in the document', (_, old, text) => {
    expect(errorsAfter(old, text)).toEqual([])
  })

  it('needs no words of the document, but a fact from the document does', () => {
    const errors = errorsAfter('    printed: binnen zes weken\n', '')
    expect(errors).toEqual([expect.stringContaining('"terms.handling.printed" ontbreekt')])
  })
})

describe('without the document at hand', () => {
  const { lock } = checkWith(undefined)

  it.each([true, false])('a changed number is an error (written anew: %s)', (renew) => {
    const documents = new Map([...fictionalDocuments].filter(([name]) => !name.includes('linde')))
    const text = '"+31307654322"\n        printed: 030 - 765 43 22'
    const old = '"+31307654321"\n        printed: 030 - 765 43 21'
    const errors = errorsAfter(old, text, { lock, renew, documents })
    expect(errors).toEqual([expect.stringContaining('is veranderd en nog niet in het document opgezocht')])
  })
})

it.each([
  [['bodies', 1, 'contacts', 0], 'bodies.klachten.contacts.0'],
  [['bodies', 0, 'kind'], 'bodies.0.kind'],
  [['bodies', 7, 'kind'], 'bodies.7.kind'],
])('a field is named after the ids on its way: %s', (field, name) => {
  expect(nameField({ bodies: [{}, { id: 'klachten', contacts: [{}] }] }, field)).toBe(name)
})
