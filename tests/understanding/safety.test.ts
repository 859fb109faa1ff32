import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isFlat } from '../../src/understanding/find-meanings.ts'
import { safetyKinds } from '../../src/understanding/words.ts'
import { loadSafetySigns } from '../../src/wiring/load-safety-signs.ts'
import { read, words } from './understander.ts'

const root = join(import.meta.dirname, '../..')
const signs = loadSafetySigns(root)

const seen: readonly (readonly [string, string])[] = [
  ['ik word aangeraakt door de begeleider', 'crime'],
  ['mijn begeleider kust mij', 'crime'],
  ['hij zoent mij', 'crime'],
  ['pillen geslikt', 'danger'],
  ['ik heb al mijn pillen geslikt', 'danger'],
  ['mijn moeder voelt zich niet veilig thuis', 'abuse'],
  ['ik voel me thuis niet veilig', 'abuse'],
  ['begeleider raakt me aan waar ik niet wil', 'crime'],
  ['de leiding geeft ons klappen', 'crime'],
  ['ze slaan mij hier', 'crime'],
  ['ze slaan me', 'crime'],
  ['ik krijg klappen', 'crime'],
  ['ik heb klappen gekregen', 'crime'],
  ['hij zit met zijn handen aan mij', 'crime'],
  ['hij zit aan mij', 'crime'],
  ['mn begeleider komt snachts in mn bed', 'crime'],
  ['de begeleider komt in mijn bed', 'crime'],
  ['hij komt aan mij', 'crime'],
  ['my carer touches me and I dont want that', 'crime'],
  ['he touches me', 'crime'],
  ['hij heeft mij aangeraakt op plekken waar ik niet wil', 'crime'],
  ['de begeleider raakt mij aan', 'crime'],
  ['ik word hier geslagen', 'crime'],
  ['ik ben verkracht door een medewerker', 'crime'],
  ['he comes into my bed', 'crime'],
  ['they hit me', 'crime'],
  ['ik heb net allemaal pillen geslikt', 'danger'],
  ['i took pills', 'danger'],
  ['ik wil mn begeleider vermoorden', 'danger'],
  ['ik ga hem vermoorden', 'danger'],
  ['i want to kill my carer', 'danger'],
  ['ik wou dat ik er niet meer was', 'suicide'],
  ['ik heb pillen klaar liggen', 'suicide'],
  ['ik kan niet meer', 'suicide'],
  ['sos', 'danger'],
  ['help me, hij staat voor de deur', 'danger'],
  ['mijn vader bedreigt me met een mes', 'danger'],
  ['ik ga springen', 'suicide'],
  ['ik ga van de flat springen', 'suicide'],
  ['zonder mij is het beter', 'suicide'],
  ['ik maak mezelf kapot', 'suicide'],
  ['kms', 'suicide'],
  ['ik ben er klaar mee met leven', 'suicide'],
  ['ik wl niet meer leve', 'suicide'],
  ['i want to sleep and never wake up', 'suicide'],
  ['mijn kind is niet veilig thuis', 'abuse'],
  ['mijn kleinkind is niet veilig thuis', 'abuse'],
  ['ik ben niet veilig thuis', 'abuse'],
  ['ik ben bang thuis', 'abuse'],
  ['thuis is het onveilig', 'abuse'],
  ['het is thuis niet veilig', 'abuse'],
  ['thuis ben ik niet veilig', 'abuse'],
  ['my child is not safe at home', 'abuse'],
  ['i am scared at home', 'abuse'],
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
  ['wil nie meer leve', 'suicide'],
  ['ik wil doot', 'suicide'],
  ['k wil dood', 'suicide'],
  ['ik maak er een eind aan', 'suicide'],
  ['ik maak er n eind aan', 'suicide'],
  ['ik maak er een einde aan vanavond', 'suicide'],
  ['ik kan niet meer verder zo ik stap eruit', 'suicide'],
  ['ik stap eruit', 'suicide'],
  ['ik stap er uit', 'suicide'],
  ['ik wil eruit stappen, uit dit leven', 'suicide'],
  ['ik ben er klaar mee, ik wil niet meer leven', 'suicide'],
  ['ik wil ni meer leven', 'suicide'],
  ['ik wil niet meer', 'suicide'],
  ['ik wil nie meer leven', 'suicide'],
  ['het leven hoeft niet meer van mij', 'suicide'],
  ['voor mij hoeft het leven niet meer', 'suicide'],
  ['ik hoef niet meer te leven', 'suicide'],
  ['ik zie geen uitweg meer', 'suicide'],
  ['ik zie geen andere uitweg dan de dood', 'suicide'],
  ['ik wil slapen en nooit meer wakker worden', 'suicide'],
  ['ik wou dat ik dood was', 'suicide'],
  ['kwil dood', 'suicide'],
  ['ik wil er niet meer zyn', 'suicide'],
  ['ik wil er nie meer zijn', 'suicide'],
  ['ik ga mezelf wat aandoen', 'suicide'],
  ['straks doe ik mezelf iets aan', 'suicide'],
  ['als dit zo doorgaat doe ik mezelf wat', 'suicide'],
  ['ik spring voor de trein', 'suicide'],
  ['ik spring straks van het dak', 'suicide'],
  ['mijn broer wil zelfmoord plegen', 'suicide'],
  ['ik heb zelfmoordgedachten', 'suicide'],
  ['ik denk elke dag aan doodgaan', 'suicide'],
  ['ik denk eraan om dood te gaan', 'suicide'],
  ['ik denk vaak aan de dood', 'suicide'],
  ['niemand zou me missen', 'suicide'],
  ['de wereld is beter af zonder mij', 'suicide'],
  ['iedereen is beter af zonder mij', 'suicide'],
  ['ik snij mezelf', 'suicide'],
  ['ze snijdt zich in haar arm', 'suicide'],
  ['ik verlang naar de dood', 'suicide'],
  ['ik heb een touw gekocht om mezelf op te hangen', 'suicide'],
  ['ik hang mezelf op', 'suicide'],
  ['ik wil mezelf ophangen', 'suicide'],
  ['ik pleeg zelfmoord', 'suicide'],
  ['ik maak mezelf van kant', 'suicide'],
  ['ik maak me van kant', 'suicide'],
  ['ik ga er een eind an maken', 'suicide'],
  ['ik ga er een punt achter zetten, achter mijn leven', 'suicide'],
  ['leven heeft geen zin meer', 'suicide'],
  ['het leven heeft voor mij geen zin meer', 'suicide'],
  ['waarom zou ik nog leven', 'suicide'],
  ['ik heb geen reden om te leven', 'suicide'],
  ['ik trek het niet meer ik wil dood', 'suicide'],
  ['mijn zoon wil niet meer leven', 'suicide'],
  ['hij zegt dat hij er niet meer wil zijn', 'suicide'],
  ['mijn cliënt heeft het over doodgaan', 'suicide'],
  ['ik wil alleen nog maar dood', 'suicide'],
  ['ik kan zo niet verder leven', 'suicide'],
  ['ik wil dood zijn', 'suicide'],
  ['ik wil gwn dood', 'suicide'],
  ['ik wil echt dood gaan', 'suicide'],
  ['zonder mij zijn jullie beter af', 'suicide'],
  ['ik heb een afscheidsbrief geschreven', 'suicide'],
  ['ik ga mezelf vermoorden', 'suicide'],
  ['ik maak mezelf dood', 'suicide'],
  ['ik ga me ophangen', 'suicide'],
  ['hij heeft een mes', 'danger'],
  ['hij heeft een mes in zijn hand', 'danger'],
  ['hij heeft een pistool', 'danger'],
  ['ik heb pillen geslikt', 'danger'],
  ['ik heb pillen genomen om dood te gaan', 'danger'],
  ['ik heb net een heleboel pillen geslikt', 'danger'],
  ['ik heb een pot paracetamol geslikt', 'danger'],
  ['ik heb mijn polsen doorgesneden', 'danger'],
  ['hij staat voor de deur en wil me wat doen', 'danger'],
  ['hij staat voor de deur en wil mij iets doen', 'danger'],
  ['hij staat voor mijn deur en gaat me wat doen', 'danger'],
  ['hij staat hier en wil me slaan', 'danger'],
  ['mijn ex staat voor de deur met een mes', 'danger'],
  ['hij wil me doodmaken', 'danger'],
  ['hij wil me dood maken', 'danger'],
  ['ik word nu aangevallen', 'danger'],
  ['ik ben nu in gevaar', 'danger'],
  ['help ik bloed dood', 'danger'],
  ['hij probeert mij te wurgen', 'danger'],
  ['mijn moeder ademt niet', 'danger'],
  ['mijn kind is bewusteloos', 'danger'],
  ['er staat een man met een mes in de gang', 'danger'],
  ['hij zwaait met een mes', 'danger'],
  ['hij dreigt nu met een mes', 'danger'],
  ['iemand heeft een overdosis genomen', 'danger'],
  ['ik sta op het spoor', 'danger'],
  ['ik sta op de brug en ga springen', 'danger'],
  ['brand in de keuken', 'danger'],
  ['er is brand!', 'danger'],
  ['mijn stiefvader slaat mij', 'abuse'],
  ['mn stiefvader slaat me', 'abuse'],
  ['mama slaat me', 'abuse'],
  ['mama slaat mij', 'abuse'],
  ['papa slaat mama', 'abuse'],
  ['papa slaat me altijd', 'abuse'],
  ['mijn vader heeft me geslagen', 'abuse'],
  ['mijn moeder schopt me', 'abuse'],
  ['mijn man slaat me', 'abuse'],
  ['mn vriend slaat mij', 'abuse'],
  ['mijn pleegvader zit aan me', 'abuse'],
  ['mijn oom zit aan mij', 'abuse'],
  ['mijn stiefvader komt s nachts in mijn bed', 'abuse'],
  ['ik word thuis mishandeld', 'abuse'],
  ['ik word geslagen door mijn vader', 'abuse'],
  ['mijn vader slaad mij', 'abuse'],
  ['mijn vader sloeg me gisteren', 'abuse'],
  ['me vader slaat me', 'abuse'],
  ['mijn ouders slaan mij', 'abuse'],
  ['de buurman slaat zijn kinderen', 'abuse'],
  ['mijn zoon slaat mij', 'abuse'],
  ['huiselijk geweld', 'abuse'],
  ['begeleider heeft me geslagen', 'crime'],
  ['begleider heeft me geslage', 'crime'],
  ['de begeleider sloeg me', 'crime'],
  ['geld uit mijn portemonnee gestolen', 'crime'],
  ['er is geld uit mijn portemonnee gestolen', 'crime'],
  ['geld uit me portemonee gejat', 'crime'],
  ['ze hebben mijn geld gestolen', 'crime'],
  ['begeleider zit aan mijn borsten', 'crime'],
  ['hij zit aan mijn borsten', 'crime'],
  ['zit aan mijn borsten', 'crime'],
  ['de begeleider zat aan mn borsten', 'crime'],
  ['hij heeft aan mijn borsten gezeten', 'crime'],
  ['hij raakt mijn borsten aan', 'crime'],
  ['de nachtdienst heeft me aangeraakt tussen mijn benen', 'crime'],
  ['ik ben verkracht', 'crime'],
  ['ik ben verkracht door een begeleider', 'crime'],
  ['ik ben bestolen', 'crime'],
  ['ik word bedreigd', 'crime'],
  ['hij heeft me geslage', 'crime'],
  ['de begeleidster heeft me een klap gegeven', 'crime'],
  ['ze heeft mij geknepen', 'crime'],
  ['begeleider heeft mijn bankpas gebruikt', 'crime'],
  ['begeleider pint geld van mijn rekening', 'crime'],
  ['een medebewoner heeft mij geschopt', 'crime'],
  ['hij dwong me tot seks', 'crime'],
  ['mijn ring is gestolen door de thuiszorg', 'crime'],
  ['hij heeft mij aangerand', 'crime'],
  ['mijn begeleider slaat mij', 'crime'],
]

const harmless = [
  'mijn kind wil op de trampoline springen',
  'zonder mij is het overleg gehouden',
  'mijn pillen liggen niet klaar',
  'ik wil dat mijn begeleider er niet meer was',
  'ik ben thuis niet goed geholpen',
  'ik ben bang dat thuis niemand komt',
  'hij zit de hele dag tegen mij aan te zeuren',
  'de begeleider raakt mijn medicijnen kwijt',
  'ze raakt mijn spullen aan',
  'de verzorger komt mij in mijn bed leggen',
  'de zuster komt mij in mijn bed helpen',
  'the staff kick me out',
  'they beat me at cards',
  'she kissed me goodbye',
  'raakt mijn begeleider overspannen',
  'de zuster komt bij mijn bed',
  'ik slik elke dag mijn pillen',
  'ik heb mijn pillen netjes geslikt zoals het moet',
  'ik ben veilig thuis gekomen',
  'ik voel me thuis bij mijn begeleider',
  'dat raakt mij',
  'het raakt me diep',
  'ze slaan mij over bij het eten',
  'ik slaap niet goed thuis',
  'de begeleider komt niet bij mij thuis',
  'hij komt elke week bij mij thuis',
  'de hulp zit aan tafel bij mij',
  'ze zit op haar telefoon',
  'i take my pills every morning',
  'my carer never touches my food',
  'the letter touched me',
  'ik heb de klappen van de molen gehad',
  'hij zit tegen mij te praten',
  'ze raakten mijn dossier kwijt',
  'hij komt op mij over als aardig',
  'ik ben bang dat ik thuis kom te zitten',
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
  'doodmoe',
  'ik ben doodmoe van die begeleider',
  'brandoefening',
  'er was een brandoefening vandaag',
  'vroeger wilde ik dood maar nu gaat het goed',
  'vroeger wou ik dood, nu niet meer',
  'dit is career suicide',
  'career suicide',
  'ik wil niet meer naar de dagbesteding',
  'ik wil niet meer met die begeleider praten',
  'ik wil niet meer dat zij komt',
  'ik stap eruit, uit de cliëntenraad',
  'ik stap eruit bij deze organisatie',
  'ik stap uit de auto',
  'hij staat voor de deur',
  'de taxi staat voor de deur',
  'de begeleider staat voor de deur en wil mij niet binnenlaten',
  'ik heb mijn pillen niet gekregen',
  'ik heb vanmorgen mijn pillen geslikt zoals altijd',
  'ik moet elke dag pillen slikken',
  'hij heeft een mes en vork nodig',
  'ik maak er geen punt van',
  'ik maak er een einde aan, aan die begeleiding',
  'ik wil een eind aan deze begeleiding',
  'ik zie het niet zitten om met ze te praten',
  'ik wil eruit, uit dit huis',
  'ik kan niet meer verder met deze begeleider',
  'ik verveel me dood',
  'ik schaam me dood',
  'ik ben als de dood voor tandartsen',
  'mijn moeder is dood',
  'de dood van mijn vader',
  'mijn vader wil dat ik een klacht indien',
  'mijn vader slaat de klacht over',
  'het slaat nergens op',
  'de begeleider slaat mijn vragen over',
  'hij sloeg de deur dicht',
  'mijn moeder zit aan de borstvoeding',
  'ze heeft borstkanker gehad',
  'ik voel me bestolen',
  'geld is niet gekomen',
  'ik wil dit doodgewoon oplossen',
  'dat is een doodlopende weg',
  'ik ben dood op',
  'doodsaai hier',
  'ik hoef geen hulp meer',
  'voor mij hoeft die klacht niet meer',
  'ik zie geen uitweg meer in al die regels',
  'ik wil niet meer wachten',
  'ik zie dit traject niet meer zitten',
  'mijn begeleider zit altijd aan zijn telefoon',
  'ik wil er niet meer wonen',
  'ik wil hier niet meer zijn',
  'toen ik jong was sneed ik mezelf, nu al tien jaar niet meer',
  'ze pakte het mes om brood te snijden',
  'ik heb een mes nodig in de keuken',
  'de hond heeft mij gebeten, nee grapje',
  'de nieuwe begeleider is een moordwijf',
  'hij staat voor de deur en wil me iets vragen',
  'ik heb mijn pillen geslikt',
  'ik heb paracetamol genomen tegen de hoofdpijn',
  'ik ben het zat met die begeleiding, ik stap eruit',
  'ik sta op de rand van een burn-out',
  'ze hebben mijn telefoon van mijn kamer gepakt',
  'mijn vader komt aan mijn deur',
  'mijn vader zit aan haar bed',
  'ze heeft mijn rolstoel geduwd',
  'waarom moet ik leven van 50 euro per week',
  'hij heeft de plank mis geslagen',
  'ik wil niet meer wachten op antwoord',
  'liever niet',
]

/** The most direct sentences of languages that the guide does not speak. */
const elsewhere: readonly (readonly [string, string | undefined])[] = [
  ['I want to die', 'suicide'],
  ['ich will nicht mehr leben', 'suicide'],
  ['ich möchte sterben', 'suicide'],
  ['Ich will mich umbringen', 'suicide'],
  ['ölmek istiyorum', 'suicide'],
  ['olmek istiyorum', 'suicide'],
  ['yaşamak istemiyorum', 'suicide'],
  ['أريد أن أموت', 'suicide'],
  ['اريد ان اموت', 'suicide'],
  ['لا أريد أن أعيش', 'suicide'],
  ['chcę umrzeć', 'suicide'],
  ['nie chcę żyć', 'suicide'],
  ['я хочу померти', 'suicide'],
  ['не хочу жити', 'suicide'],
  ['хочу вбити себе', 'suicide'],
  ['er hat ein Messer', 'danger'],
  ['er will mich umbringen', 'danger'],
  ['bıçağı var', 'danger'],
  ['beni öldürecek', 'danger'],
  ['معه سكين', 'danger'],
  ['on ma nóż', 'danger'],
  ['chce mnie zabić', 'danger'],
  ['він має ніж', 'danger'],
  ['він хоче мене вбити', 'danger'],
  ['ich habe Tabletten geschluckt', 'danger'],
  ['he has a knife', 'danger'],
  ['I swallowed pills', 'danger'],
  ['ich will nicht sterben', undefined],
  ['لا أريد أن أموت', undefined],
  ['nie chcę umrzeć', undefined],
  ['я не хочу померти', undefined],
  ['ölmek istemiyorum', undefined],
  ['ich bin todmüde', undefined],
  ['ich lache mich tot', undefined],
  ['I have a knife and fork', undefined],
  ['I died laughing', undefined],
]

describe('safety', () => {
  it.each(seen)('"%s" is a sign of %s', (text, kind) => {
    expect(read(text).safety).toBe(kind)
  })

  it.each(harmless)('"%s" is no sign of danger', (text) => {
    expect(read(text).safety).toBeUndefined()
  })

  it.each(elsewhere)('in every locale "%s" is %s', (text, kind) => {
    for (const locale of ['nl', 'en', 'de']) expect(read(text, locale).safety).toBe(kind)
  })

  it.each(['nl', 'en'])('is seen in another language than %s', (locale) => {
    expect(read('ik wil dood', locale).safety).toBe('suicide')
    expect(read('i want to die', locale).safety).toBe('suicide')
  })

  it('is seen beside an answer and in the middle of a very long message', () => {
    expect(
      read(`${'Het eten was koud. '.repeat(100)}Ik wil dood. ${'Het eten was koud. '.repeat(100)}`).safety,
    ).toBe('suicide')
    const long = 'Het eten was koud. '.repeat(150)
    expect(read(`${long}Ik wil dood. ${long}`).safety).toBe('suicide')
    expect(read(`${long}I want to die. ${long}`).safety).toBe('suicide')
    expect(read('ja, en ik wil niet meer leven').safety).toBe('suicide')
  })

  it('is not hidden by invisible characters, tags or capitals', () => {
    expect(read('ik w\u200bil d\u200dood').safety).toBe('suicide')
    expect(read('<b>Ik wil</b> DOOD').safety).toBe('suicide')
  })
})

describe('signs of danger', () => {
  it.each(
    Object.entries(signs).flatMap(([id, { kind, examples }]) =>
      examples.map((text) => [id, kind, text] as const),
    ),
  )('%s: %s is seen in "%s"', (_id, kind, text) => {
    expect(read(text).safety).toBe(kind)
  })

  it.each(
    Object.entries(signs).flatMap(([id, sign]) => sign.not.map((text) => [id, sign.kind, text] as const)),
  )('%s: no %s in "%s"', (_id, kind, text) => {
    expect(read(text).safety).not.toBe(kind)
  })

  it.each(Object.keys(words))('every sign of %s has its reasoning, under the same kind', (locale) => {
    for (const kind of safetyKinds) {
      const phrases = words[locale]?.safety[kind]
      if (phrases === undefined || isFlat(phrases)) continue
      for (const sign of Object.keys(phrases)) expect([sign, signs[sign]?.kind]).toEqual([sign, kind])
    }
  })

  it('every reasoning has phrases in some language', () => {
    for (const [id, { kind }] of Object.entries(signs)) {
      const known = Object.values(words).flatMap(({ safety }) => Object.keys(safety[kind]))
      expect(known).toContain(id)
    }
  })
})

/** Danger and the wish to die lead to help at once, abuse and crime to help soon. */
const groups: Readonly<Record<string, string>> = {
  danger: 'now',
  suicide: 'now',
  abuse: 'soon',
  crime: 'soon',
}
const benchmark = ['benchmark/tune.jsonl', 'safety-sentences.jsonl']
  .flatMap((file) => readFileSync(join(import.meta.dirname, file), 'utf8').split('\n'))
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line))
  .filter(({ locale }) => locale === 'nl' || locale === 'en')

describe('safety in the sentences that may be tuned on', () => {
  it('misses no direct statement', () => {
    const direct = benchmark.filter(({ direct }) => direct)
    expect(direct.length).toBeGreaterThan(10)
    for (const { text, locale, expect: slots } of direct) {
      expect([text, groups[read(text, locale).safety ?? '']]).toEqual([text, groups[slots.safety]])
    }
  })

  it('raises no alarm where there is nothing', () => {
    const harmless = benchmark.filter(({ expect: slots }) => slots.safety === undefined)
    const alarms = harmless.filter(({ text, locale }) => read(text, locale).safety !== undefined)
    expect(harmless.length).toBeGreaterThan(100)
    expect(alarms.length / harmless.length).toBeLessThanOrEqual(0.02)
  })
})
