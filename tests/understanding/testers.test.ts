import { describe, expect, it } from 'vitest'
import { parsePhrase } from '../../src/understanding/phrase.ts'
import { ask, read, words } from './understander.ts'

/** What testers said to the guide, and people like them: what must be read in it, and what must not. */
const slots: readonly (readonly [string, Readonly<Record<string, string | undefined>>])[] = [
  ['ik ben verkracht door een medewerker', { role: undefined, domain: undefined }],
  ['ik ben bang voor mijn begeleider', { role: 'client', domain: undefined }],
  ['ik ben geslagen door de begeleider', { role: undefined, domain: undefined }],
  ['ik ben de begeleider kwijt', { role: undefined }],
  ['ik ben geen medewerker maar client', { role: 'client' }],
  ['ik ben geen medewerker', { role: undefined }],
  ['ik werk daar niet', { role: undefined }],
  ['ik ben medewerker', { role: 'employee' }],
  ['ik werk hier en ik mag niks zeggen', { role: 'employee' }],
  ['ik werk bij pluspunt en ik ben geslagen door een client', { role: 'employee' }],
  ['nee, ik ben client', { role: 'client' }],
  ['ik ben begeleider bij pluspunt', { role: 'employee' }],
  ['ik ben een vrijwilliger', { role: 'employee' }],
  ['ik ben mentor en mijn client wordt s nachts opgesloten', { role: 'representative', domain: 'wzd' }],
  ['ik ben mentor en mijn cliënt wordt ’s nachts opgesloten', { role: 'representative', domain: 'wzd' }],
  ['ik ben mentor van een bewoner', { role: 'representative' }],
  ['mijn client zit snachts opgesloten', { domain: 'wzd' }],
  ['’s nachts opgesloten', { domain: 'wzd' }],
  ['ze houden mij tegen', { domain: 'wzd' }],
  ['ik word vastgebonden', { domain: 'wzd' }],
  ['ik moest in de separeer', { domain: 'wzd' }],
  ['ze geven mij medicijnen tegen mijn zin', { domain: 'wzd' }],
  ['ze pakken mijn telefoon af', { domain: 'wzd' }],
  ['mijn telefoon is afgepakt', { domain: 'wzd' }],
  ['mijn vader is 5 maanden geleden overleden door slechte zorg', { role: 'bereaved' }],
  ['mijn vader is vijf maanden geleden gestorven en ik krijg geen dossier', { role: 'bereaved' }],
  [
    'mijn man is overleden door fout van verpleging, hoeveel geld krijg ik',
    { role: 'bereaved', topic: 'damages' },
  ],
  ['mijn begeleider deed niks, mijn moeder is doodgegaan', { role: 'bereaved' }],
  ['my mother died in the nursing home', { role: 'bereaved' }],
  ['ik wil niet naar de geschillencommissie', { wish: undefined }],
  ['ik hoef niet in beroep', { wish: undefined }],
  ['ik wil naar de geschillencommissie', { wish: 'appeal' }],
  ['ik wil geen klacht indienen', { wish: undefined }],
  ['ik wil geen klacht indienen maar praten', { wish: 'talk' }],
  ['niet klacht maar praten', { wish: 'talk' }],
  ["I don't want to make a complaint", { wish: undefined }],
  ["I don't want to make a complaint, I just want to talk", { wish: 'talk' }],
  ['I want to complain', { wish: 'complaint' }],
  ['I want to make a complaint about my helper', { wish: 'complaint' }],
  ['ik wil gewoon praten', { wish: 'talk' }],
  ['ff praten', { wish: 'talk' }],
  ['met iemand praten', { wish: 'talk' }],
  ['ik wacht al 5 maanden op antwoord op mijn klacht', { stage: 'lodged' }],
  ['ik heb een klacht gestuurd en ik wacht al 5 maanden op antwoord', { stage: 'lodged' }],
  ['ik wacht al 5 maanden op antwoord', { stage: undefined }],
  ['de coordinator heeft beslist en ik ben het er niet mee eens', { stage: 'decided', wish: 'appeal' }],
  [
    'de coördinator heeft beslist op mijn klacht en ik ben het er niet mee eens',
    { stage: 'decided', wish: 'appeal' },
  ],
  ['ik bedoel pluspunt', { organisation: 'pluspunt' }],
  ['nee sorry, ik bedoel pluspunt', { organisation: 'pluspunt' }],
  ['hij is 19 trouwens', { minor: 'false' }],
  ['hij is 12 trouwens', { minor: 'true' }],
]

describe('what testers said', () => {
  it.each(slots)('"%s"', (text, expected) => {
    const locale = /\b(I|my)\b/u.test(text) ? 'en' : 'nl'
    const found = read(text, locale).slots
    expect(Object.fromEntries(Object.keys(expected).map((slot) => [slot, found[slot]]))).toEqual(expected)
  })

  it.each([
    'ik ben bang voor mijn begeleider',
    'ik ben bang voor de teamleider',
    'bang voor mijn teamleider',
  ])('"%s" says that talking to them is no way', (text) => {
    expect(['afraid', 'rather-not']).toContain(read(text, 'nl', ask('direct')).option)
  })

  it.each(['nee ik ga echt niet met die gast praten', 'ik wil niet met hem praten'])(
    '"%s" is no wish to talk to them',
    (text) => {
      expect(read(text, 'nl', ask('direct')).option).toBe('rather-not')
      expect(read(text).slots.wish).toBeUndefined()
    },
  )

  it('knows the language of a sentence, and leaves it open where it is not clear', () => {
    expect(read('I want to complain about my support worker', 'nl').spoken).toBe('en')
    expect(read('ik wil een klacht indienen over mijn begeleider', 'en').spoken).toBe('nl')
    for (const text of ['ok', 'pluspunt', 'was', 'in me', '12', '']) expect(read(text).spoken).toBeUndefined()
  })
})

describe('options', () => {
  it.each(['hoi', 'hallo', 'dag', 'bedankt', 'ja', 'ok', 'nee', 'ja hoor', 'hoi hallo'])(
    '"%s" chooses no organisation',
    (text) => {
      const { option, ambiguous } = read(text, 'nl', ask('organisation'))
      expect([option, ambiguous]).toEqual([undefined, undefined])
    },
  )

  it('no filler alone chooses anything but yes and no', () => {
    for (const locale of ['nl', 'en'] as const)
      for (const filler of words[locale]?.fillers ?? [])
        for (const question of ['organisation', 'wish', 'role', 'topic', 'domain'])
          expect([undefined, 'unknown']).toContain(read(filler, locale, ask(question, locale)).option)
  })

  it.each(['een andere organisatie', 'ander', 'andere', 'een ander'])(
    '"%s" is another organisation',
    (text) => {
      expect(read(text, 'nl', ask('organisation')).option).toBe('other')
    },
  )

  it.each(['-1', '-2', ' -1 ', '1,5', 'constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    '"%s" is the place of no option',
    (text) => {
      expect(read(text, 'nl', ask('wish')).option).toBeUndefined()
    },
  )
})

describe('phrases', () => {
  it.each(['^ a? $', '^ (a|b)? c? $', '~3', '^ ~2 $', '(a|b?)', '{perhaps}'])(
    '"%s" could match no words at all, and is refused',
    (source) => {
      expect(() => parsePhrase(source, { perhaps: ['a?'] })).toThrow('no words at all')
    },
  )
})

describe('dates', () => {
  it.each([
    '999 jaar geleden',
    '150 jaar geleden',
    '12000 jaar geleden',
    'constructor',
    'constructor geleden',
  ])('"%s" is no day', (text) => {
    expect(read(text, 'nl', ask('late')).date).toBeUndefined()
  })
})

describe('10,000 characters', () => {
  it.each([
    ['full stops', `${'…'.repeat(10_000)}a`],
    ['short full stops', `${'. '.repeat(5_000)}a`],
    ['full stops without an end', `${'.'.repeat(10_000)}a`],
    ['long ligatures', 'ﷺ'.repeat(10_000)],
    ['fillers', 'ja '.repeat(3_333)],
    ['negations', 'niet '.repeat(2_000)],
    ['danger', 'klacht ik wil dood '.repeat(500)],
    ['brackets', '('.repeat(10_000)],
    ['tags', '<a'.repeat(5_000)],
    ['one word', 'a'.repeat(10_000)],
    ['one name', `bij ${'a'.repeat(10_000)}`],
    ['names', 'bij pluspumt '.repeat(770)],
    ['numbers', '1-1-'.repeat(2_500)],
    ['mine', 'mijn mn '.repeat(1_250)],
  ])('are read to the end: %s', (_, text) => {
    const understood = read(text, 'nl', ask('late'))
    expect(Object.keys(understood.confidence).length).toBeLessThan(10)
  })
})
