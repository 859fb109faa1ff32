import { describe, expect, it } from 'vitest'
import { ask, read } from './understander.ts'

describe('commands', () => {
  it.each([
    ['opnieuw', 'restart'],
    ['begin maar opnieuw', 'restart'],
    ['terug', 'back'],
    ['vorige vraag graag', 'back'],
    ['stop', 'stop'],
    ['laat maar', 'stop'],
    ['help', 'help'],
    ['waarom vraag je dat', 'why'],
    ['in het engels graag', 'language'],
    ['wis alles', 'forget'],
    ['ik wil een mens', 'human'],
    ['bedankt', 'thanks'],
    ['hoi', 'greeting'],
    ['sotp', 'stop'],
    ['start again', 'restart'],
    ['delete everything', 'forget'],
  ])('"%s" is the command %s', (text, command) => {
    expect(read(text).command).toBe(command)
    expect(read(text, 'nl', ask('wish')).command).toBe(command)
  })

  it.each([
    'waarom belt niemand mij terug',
    'ze moeten stoppen met in mijn kast te kijken',
    'ik wil terug naar mijn oude groep',
    'ik wil helemaal opnieuw met iemand anders',
    'ze zijn mijn medicijnen vergeten',
    'ik wil gewoon met iemand praten',
    'goedenavond, mijn moeder ligt in een vies bed',
    'mijn begeleider spreekt geen nederlands',
    'ik heb geen computer',
  ])('"%s" is not addressed to the guide', (text) => {
    expect(read(text).command).toBeUndefined()
  })

  it('knows which language was asked for', () => {
    expect(read('in english please').language).toBe('en')
  })
})

describe('organisations', () => {
  it.each([
    ['ik zit bij pluzorg', 'pluzorg', undefined],
    ['plu zorg', 'pluzorg', undefined],
    ['mijn zoon zit bij prov', 'pluzorg', 'prov'],
    ['het gaat om Heemz.org', 'pluzorg', 'heemz'],
    ['zorgkragt 12', 'zorgkracht12', undefined],
    ['puspunt', 'pluspunt', undefined],
    ['wonen plus', 'wonenplus', undefined],
    ['begeleiding van wonen+', 'wonenplus', undefined],
    ['fonteinenburg', 'inzet', 'fonteynenburg'],
    ['ik heb hulp van inZet', 'inzet', undefined],
    ['mijn begeleider van Kwadraad', 'inzet', 'kwadraad'],
    ['niet bij Pluspunt maar bij WonenPlus', 'wonenplus', undefined],
  ])('"%s" names %s', (text, organisation, part) => {
    expect(read(text).slots.organisation).toBe(organisation)
    expect(read(text).slots.part).toBe(part)
  })

  it.each([
    'aan de inzet van de meiden ligt het niet',
    'een pluspunt: ze kwamen op tijd',
    'mag mijn zus mee naar dat gesprek',
    'ik zit bij Philadelphia',
    'mijn kamer is koud',
  ])('"%s" names none', (text) => {
    expect(read(text).slots.organisation).toBeUndefined()
  })

  it('asks which one is meant where a name lies between two', () => {
    const { ambiguous } = read('pluszorg', 'nl', ask('organisation'))
    expect(new Set(ambiguous)).toEqual(new Set(['pluzorg', 'pluspunt']))
  })
})

describe('dates', () => {
  it.each([
    ['3 november', '2026-11-03'],
    ['3-11-2026', '2026-11-03'],
    ['op 3 nov. 2025', '2025-11-03'],
    ['gisteren', '2026-11-21'],
    ['drie weken geleden', '2026-11-01'],
    ['twee maanden geleden', '2026-09-22'],
    ['25 december', '2025-12-25'],
    ['last week', '2026-11-15'],
  ])('"%s" is %s', (text, date) => {
    expect(read(text, 'nl', ask('late')).date).toBe(date)
  })

  it.each(['31 februari', '3 november 2027', 'in de zomer', 'langer dan zes weken geleden', '12,50 euro'])(
    '"%s" is no day',
    (text) => {
      expect(read(text, 'nl', ask('late')).date).toBeUndefined()
    },
  )
})

describe('slots', () => {
  it.each([
    [
      'mn zoon van 14 zit bij prov en ze luisteren nergens naar, wil gewoon met iemand praten',
      {
        organisation: 'pluzorg',
        part: 'prov',
        role: 'parent',
        minor: 'true',
        wish: 'talk',
        topic: 'treatment',
      },
    ],
    ['ik heb al een klacht ingediend', { stage: 'lodged' }],
    ['ik wil een klacht indienen', { wish: 'complaint' }],
    ['ik heb een klacht', {}],
    [
      'mijn moeder woont bij wonenplus',
      { organisation: 'wonenplus', role: 'representative', minor: 'false' },
    ],
    ['mijn vader is overleden', { role: 'bereaved', minor: 'false' }],
    ['het gaat om mijn zoon', {}],
    ['mijn begeleider luistert nooit', { role: 'client', topic: 'treatment' }],
    ['ze doen mijn deur op slot', { role: 'client', domain: 'wzd' }],
    ['ik loop stage en word gepest', { role: 'employee', topic: 'bullying', domain: 'workplace' }],
    ['my son is 9', { role: 'parent', minor: 'true' }],
    ['ja', {}],
    ['weet ik niet', {}],
  ])('"%s" settles what it says and no more', (text, slots) => {
    expect(read(text).slots).toEqual(slots)
  })

  it.each([
    ['geen klacht, alleen praten', 'talk'],
    ['ik wil geen klacht indienen, ik wil gewoon praten', 'talk'],
    ['klacht indienen wil ik niet', undefined],
    ['ik wil niet praten maar een klacht indienen', 'complaint'],
  ])('reads the negation in "%s"', (text, wish) => {
    expect(read(text).slots.wish).toBe(wish)
  })

  it('what has nothing to do with care is out of scope, a greeting or an answer is not', () => {
    expect(read('hoe laat gaat de bus naar het station').scope).toBe('out')
    expect(read('hoi').scope).toBeUndefined()
    expect(read('de taxibus naar de dagbesteding komt te laat').scope).toBeUndefined()
  })
})
