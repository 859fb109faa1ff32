import { describe, expect, it } from 'vitest'
import type { Asked } from '../../src/understanding/understand.ts'
import { ask, locales, questions, read } from './understander.ts'

const typed: readonly (readonly [question: string, typed: string, option: string])[] = [
  ['wish', 'klagt indienen', 'complaint'],
  ['wish', 'klacht', 'complaint'],
  ['wish', 'praaten', 'talk'],
  ['wish', 'gewoon praten', 'talk'],
  ['wish', 'info', 'information'],
  ['wish', 'hoe werkt het', 'information'],
  ['wish', 'opschrijven', 'wording'],
  ['wish', 'bemidelling', 'mediation'],
  ['wish', 'in beroep', 'appeal'],
  ['wish', 'misstand', 'report'],
  ['wish', 'de tweede', 'complaint'],
  ['domain', 'gemeente', 'wmo'],
  ['domain', 'gemente', 'wmo'],
  ['domain', 'dwang', 'wzd'],
  ['domain', 'kind', 'jeugdwet'],
  ['domain', 'jeugzorg', 'jeugdwet'],
  ['domain', 'verpleeghuis', 'wlz'],
  ['domain', 'mijn werk', 'workplace'],
  ['domain', 'iets anders', 'other'],
  ['situation', 'deur op slot', 'forced'],
  ['situation', 'jeugdzorg', 'young'],
  ['situation', 'thuis', 'help-at-home'],
  ['situation', 'ik woon er', 'living-in-care'],
  ['situation', 'ik werk er', 'my-work'],
  ['role', 'client', 'client'],
  ['role', 'pleegmoeder', 'parent'],
  ['role', 'mentor', 'representative'],
  ['role', 'nabestaande', 'bereaved'],
  ['role', 'vroeger', 'former-client'],
  ['role', 'medewerkr', 'employee'],
  ['role', 'buurman', 'other'],
  ['topic', 'pesten', 'bullying'],
  ['topic', 'schelden', 'aggression'],
  ['topic', 'privacie', 'privacy'],
  ['topic', 'wachtlijst', 'waiting'],
  ['topic', 'geld', 'money'],
  ['topic', 'schade', 'damages'],
  ['direct', 'ja', 'yes'],
  ['direct', 'nee liever niet', 'rather-not'],
  ['direct', 'nee', 'rather-not'],
  ['direct', 'durf niet', 'rather-not'],
  ['direct', 'ben bang', 'afraid'],
  ['direct', 'nee want ik ben bang voor hem', 'afraid'],
  ['safety', 'nee', 'safe'],
  ['safety', 'gevaar', 'danger'],
  ['safety', 'bedreigd', 'crime'],
  ['stage', 'nog niks', 'new'],
  ['stage', 'al besproken', 'discussed'],
  ['stage', 'ingediend', 'lodged'],
  ['stage', 'ongegrond', 'decided'],
  ['minor', 'ja', 'yes'],
  ['minor', 'nee', 'no'],
  ['minor', '14', 'yes'],
  ['minor', '35', 'no'],
  ['mainProvider', 'nee', 'yes'],
  ['mainProvider', 'ja', 'no'],
  ['late', 'langer', 'yes'],
  ['overdue', 'korter', 'no'],
  ['stage', 'weet nie', 'unknown'],
  ['domain', 'geen idee', 'unknown'],
  ['role', 'weet ik niet', 'unknown'],
]

describe('options', () => {
  it.each(typed)('asked for %s, "%s" chooses %s', (question, text, option) => {
    expect(read(text, 'nl', ask(question)).option).toBe(option)
  })

  const asked = questions.map(({ id }) => id).filter((id) => id !== 'decidedBy')
  for (const locale of locales) {
    it.each(asked)(`every option of %s is chosen by its label and its number in ${locale}`, (question) => {
      const shown = ask(question, locale)
      for (const [at, { id, label }] of shown.options.entries()) {
        expect(read(label, locale, shown).option, label).toBe(id)
        expect(read(label.toUpperCase(), locale, shown).option, label).toBe(id)
        expect(read(String(at + 1), locale, shown).option, String(at + 1)).toBe(id)
      }
    })
  }

  it('an option is chosen by what it tells, whatever it is called', () => {
    const asked: Asked = {
      question: 'law',
      slot: 'domain',
      options: [
        { id: 'a', label: 'A', sets: { domain: 'wzd' } },
        { id: 'b', label: 'B', sets: { domain: 'jeugdwet' } },
        { id: 'rest', label: 'C', sets: { domain: 'unknown' } },
      ],
      expectsDate: false,
    }
    expect(read('ze doen mijn deur op slot', 'nl', asked).option).toBe('a')
    expect(read('het gaat om pleegzorg', 'nl', asked).option).toBe('b')
    expect(read('via de wmo', 'nl', asked).option).toBe('rest')
  })

  it('an option that tells more than was said is not chosen', () => {
    const asked: Asked = {
      question: 'who',
      slot: 'minor',
      options: [
        { id: 'a', label: 'A', sets: { minor: 'true', role: 'parent' } },
        { id: 'b', label: 'B', sets: { minor: 'true' } },
      ],
      expectsDate: false,
    }
    expect(read('ik ben 14', 'nl', asked).option).toBe('b')
    expect(read('mijn zoon is 14', 'nl', asked).option).toBe('a')
  })

  it('without what the options tell, their ids are the values', () => {
    const { slot: _slot, ...asked } = ask('domain')
    const options = asked.options.map(({ id, label }) => ({ id, label }))
    expect(read('ze doen mijn deur op slot', 'nl', { ...asked, options }).option).toBe('wzd')
  })

  it('an option that is only guessed is asked about', () => {
    const asked: Asked = {
      question: 'colour',
      options: [
        { id: 'red', label: 'Een donkere kleur rood' },
        { id: 'blue', label: 'Een lichte tint blauw' },
      ],
      expectsDate: false,
    }
    const { option, ambiguous } = read('donkeer', 'nl', asked)
    expect([option, ambiguous]).toEqual([undefined, ['red']])
  })

  it('a number beyond the list chooses nothing', () => {
    expect(read('99', 'nl', ask('wish')).option).toBeUndefined()
  })

  it('what was not offered is not chosen', () => {
    const asked = { question: 'wish', options: [{ id: 'talk', label: 'Praten' }], expectsDate: false }
    expect(read('klacht indienen', 'nl', asked).option).toBeUndefined()
  })
})
