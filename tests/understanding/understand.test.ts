import { describe, expect, it } from 'vitest'
import type { Asked } from '../../src/understanding/understand.ts'
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
    expect(read('puspunt west').slots.organisation).toBe('pluspunt')
    expect(new Set(read('plusorg', 'nl', ask('organisation')).ambiguous)).toEqual(
      new Set(['pluzorg', 'pluspunt']),
    )
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
    ['vorige week dinsdag', '2026-11-10'],
    ['dinsdag vorige week', '2026-11-10'],
    ['vorige week op dinsdag heb ik gebeld', '2026-11-10'],
    ['afgelopen dinsdag', '2026-11-17'],
    ['twee weken geleden', '2026-11-08'],
    ['2-3-2026', '2026-03-02'],
    ['op 2-3 heb ik gebeld', '2026-03-02'],
  ])('"%s" is %s', (text, date) => {
    expect(read(text, 'nl', ask('late')).date).toBe(date)
  })

  it.each([
    '31 februari',
    '3 november 2027',
    'in de zomer',
    'langer dan zes weken geleden',
    '12,50 euro',
    '2-3 weken geleden',
    '2 of 3 weken geleden',
    'twee tot drie weken geleden',
    '2,5 maand geleden',
    '1/2 jaar geleden',
    'al 2-3 keer gebeld',
    'vorige maand',
    'vorige week',
    'vorig jaar',
    'last week',
    'last month',
    'constructor',
  ])('"%s" is no day', (text) => {
    expect(read(text, 'nl', ask('late')).date).toBeUndefined()
  })
})

describe('lengths of time', () => {
  const bare = (question: string): Asked => ({
    question,
    options: [
      { id: 'no', label: 'Korter geleden' },
      { id: 'yes', label: 'Langer geleden' },
      { id: 'unknown', label: 'Weet ik niet' },
    ],
    expectsDate: true,
  })

  it.each([
    ['langer dan 6 weken geleden', 'yes'],
    ['langer dan zes weken', 'yes'],
    ['al langer dan 6 weken geleden', 'yes'],
    ['het is langer geleden dan 6 weken', 'yes'],
    ['meer dan zes weken geleden', 'yes'],
    ['meer als 6 weken geleden', 'yes'],
    ['niet korter dan 6 weken', 'yes'],
    ['langer dan een jaar geleden', 'yes'],
    ['longer than 6 weeks ago', 'yes'],
    ['more than six weeks ago', 'yes'],
    ['korter dan 6 weken geleden', 'no'],
    ['minder dan zes weken geleden', 'no'],
    ['niet langer dan 6 weken geleden', 'no'],
    ['nog geen zes weken geleden', 'no'],
    ['binnen de 6 weken', 'no'],
    ['less than 6 weeks ago', 'no'],
    ['not more than 6 weeks ago', 'no'],
  ])('"%s" is answered %s, whatever the labels and the language', (text, option) => {
    for (const question of ['late', 'overdue']) {
      for (const asked of [ask(question), ask(question, 'en'), bare(question)]) {
        for (const locale of ['nl', 'en']) {
          const { date, ...understood } = read(text, locale, asked)
          expect(date).toBeUndefined()
          expect(understood.option).toBe(option)
        }
      }
    }
  })

  it.each(['langer dan een week geleden', 'korter dan een jaar geleden', 'vorige maand'])(
    '"%s" leaves open which side of six weeks it is, so that is asked',
    (text) => {
      const { date, option, ambiguous } = read(text, 'nl', ask('late'))
      expect([date, option]).toEqual([undefined, undefined])
      expect(ambiguous).toEqual(['no', 'yes'])
    },
  )

  it('"vorige week" is less than six weeks ago, whatever the day', () => {
    expect(read('vorige week', 'nl', ask('late')).option).toBe('no')
    expect(read('vorige week', 'nl', bare('late')).ambiguous).toEqual(['no', 'yes'])
  })
})

describe('doubt', () => {
  it('two topics settle none, and both are asked about', () => {
    const text = 'ze schelden me uit en ik wacht al weken op antwoord'
    expect(read(text).slots.topic).toBeUndefined()
    expect(read(text).confidence.topic).toBeUndefined()
    const { option, ambiguous } = read(text, 'nl', ask('topic'))
    expect(option).toBeUndefined()
    expect(ambiguous).toEqual(['aggression', 'waiting'])
  })

  it('a name that is only begun is asked about', () => {
    const { slots, option, ambiguous } = read('plusp', 'nl', ask('organisation'))
    expect([slots.organisation, option]).toEqual([undefined, undefined])
    expect(ambiguous?.[0]).toBe('pluspunt')
  })

  it('the furthest stage counts, so two of them leave no doubt', () => {
    expect(read('ik heb een klacht ingediend en die is ongegrond verklaard').slots.stage).toBe('decided')
  })
})

describe('languages', () => {
  it('the language of most of the words is read, not that of a stray one', () => {
    const text = 'my carer never listens to me, she calls herself my begeleider'
    expect(read(text, 'nl').slots).toEqual(read(text, 'en').slots)
    expect(read(text, 'nl').slots).toEqual({ role: 'client' })
    expect(read('I want to file a complaint against the voogd', 'nl').slots.wish).toBe('complaint')
    expect(read('mijn begeleider luistert nooit, sorry', 'en').slots).toMatchObject({ role: 'client' })
  })
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
