import { describe, expect, it } from 'vitest'
import { read } from './understander.ts'

const seen: readonly (readonly [string, string])[] = [
  ['ik wil dood', 'suicide'],
  ['IK WIL DOOD!!!', 'suicide'],
  ['ik wil niet meer leven', 'suicide'],
  ['ik zie het niet meer zitten', 'suicide'],
  ['ik wil er niet meer zijn', 'suicide'],
  ['ik ga er een eind aan maken', 'suicide'],
  ['ik denk aan zelfmoort', 'suicide'],
  ['ik heb mijn slaappillen opgespaard', 'suicide'],
  ['mijn dochter snijdt zichzelf', 'suicide'],
  ['mijn zoon zegt dat hij dood wil', 'suicide'],
  ['het hoeft voor mij allemaal niet meer', 'suicide'],
  ['i want to kill myself', 'suicide'],
  ['ik heb alle pillen ingenomen', 'danger'],
  ['hij staat voor de deur met een mes', 'danger'],
  ['ze ademt niet meer', 'danger'],
  ['er is brand op de groep', 'danger'],
  ['hij gaat me vermoorden', 'danger'],
  ['my friend is not breathing', 'danger'],
  ['mijn vader slaat mij', 'abuse'],
  ['mijn man slaat me elke dag', 'abuse'],
  ['ik word thuis geslagen', 'abuse'],
  ['er is sprake van huiselijk geweld', 'abuse'],
  ['my stepdad hits me', 'abuse'],
  ['een begeleider heeft mij geslagen', 'crime'],
  ['de zuster heeft geld uit mijn kast gestolen', 'crime'],
  ['ik ben aangerand door een medewerker', 'crime'],
  ['hij heeft me bedreigd', 'crime'],
  ['somebody stole my money', 'crime'],
]

const harmless = [
  'ik wil brood',
  'ik wil een klacht indienen',
  'ik erger me dood',
  'ik lach me dood',
  'ik ben doodmoe',
  'ik ben doodziek van die begeleider',
  'bang dat hij me vermoordt als grap',
  'ik schrok me dood',
  'ik ga dood van verveling',
  'ze moeten er een eind aan maken',
  'ik maak er een eind aan, aan dat contract',
  'er is vorig jaar brand geweest',
  'ze slaat me elke week over',
  'dat tarief is gewoon diefstal',
  '113 dagen wacht ik al',
  'mijn medicijnen zijn op',
  'hij heeft zijn medicijnen ingenomen',
  'als ik er niet meer ben, wie zorgt er dan voor mijn zoon',
  'ik ben nooit geslagen hoor',
  'I nearly died laughing',
  'this is career suicide',
]

describe('safety', () => {
  it.each(seen)('"%s" is a sign of %s', (text, kind) => {
    expect(read(text).safety).toBe(kind)
  })

  it.each(harmless)('"%s" is no sign of danger', (text) => {
    expect(read(text).safety).toBeUndefined()
  })

  it.each(['nl', 'en'])('is seen in another language than %s', (locale) => {
    expect(read('ik wil dood', locale).safety).toBe('suicide')
    expect(read('i want to die', locale).safety).toBe('suicide')
  })

  it('is seen beside an answer and in the middle of a very long message', () => {
    expect(
      read(`${'Het eten was koud. '.repeat(100)}Ik wil dood. ${'Het eten was koud. '.repeat(100)}`).safety,
    ).toBe('suicide')
    expect(read('ja, en ik wil niet meer leven').safety).toBe('suicide')
  })

  it('is not hidden by invisible characters, tags or capitals', () => {
    expect(read('ik w\u200bil d\u200dood').safety).toBe('suicide')
    expect(read('<b>Ik wil</b> DOOD').safety).toBe('suicide')
  })
})
