import { describe, expect, it } from 'vitest'
import { read } from './understander.ts'

type Expected = Readonly<Record<string, string | undefined>>

/** The slots named are as told, and those that are `undefined` stay open. */
function expectSlots(text: string, expected: Expected): void {
  const { slots } = read(text)
  expect(Object.fromEntries(Object.keys(expected).map((slot) => [slot, slots[slot]]))).toEqual(expected)
}

describe('who speaks about whom', () => {
  it.each<[string, Expected]>([
    ['ons mam krijgt hulp en er komt niemand', { role: 'representative', minor: 'false' }],
    ['vader zijn wond is al een week niet verzorgd', { role: 'representative', minor: 'false' }],
    ['Tante Riet woont daar sinds mei', { role: 'representative', minor: 'false' }],
    ['ben 71 en krijg begeleiding van de gemeente', { role: 'client', minor: 'false', domain: 'wmo' }],
    ['me begelijdster luisterd nooit', { role: 'client', topic: 'treatment' }],
    ['ik woon hier al drie jaar', { role: 'client' }],
    ['de leiding zet me elke dag voor lul', { role: 'client', topic: 'bullying' }],
    ['als nachtzuster word ik door het team buitengesloten', { role: 'employee', domain: 'workplace' }],
    ['ben oproepkracht en mijn chef scheldt me uit', { role: 'employee', domain: 'workplace' }],
    ['Ik ben curator van een mevrouw met dementie', { role: 'representative', minor: 'false' }],
    ['ik had begeleiding tot maart, daarna is het gestopt', { role: 'former-client' }],
    ['Tot zij stierf lag oma alleen', { role: 'bereaved', minor: 'false' }],
    ['als juf van groep 6 maak ik me zorgen over een leerling', { role: 'other', minor: 'true' }],
    ['mij zoon 9 jaar, probleem met groep', { role: 'parent', minor: 'true' }],
    ['Ons kleinkind (5) zit in een pleeggezin', { role: undefined, minor: 'true', domain: 'jeugdwet' }],
    ['mijn man leest mee', { role: undefined, minor: undefined }],
    ['dan moet ik drie keer bellen', { minor: undefined }],
  ])('"%s"', expectSlots)
})

describe('what the message is about', () => {
  it.each<[string, string | undefined]>([
    ['er is steeds een ander, maar het ergste is dat ze mij uitschelden', 'aggression'],
    ['een andere bewoner noemt mij vieze turk', 'fellow-client'],
    ['ze maken grapjes over mijn hoofddoek', 'discrimination'],
    ['de hulp zou om negen uur komen en er komt niemand', 'quality'],
    ['ze zouden terugbellen en er komt niks', 'waiting'],
    ['begeleider komt mij huis in zonder kloppe', 'privacy'],
    ['hij stuurt appjes of ik alleen in bed lig', 'sexual-harassment'],
    ['als ik een klacht indien raak ik mijn kamer kwijt zeggen ze', 'abuse-of-power'],
    ['mijn begeleider wil mij zijn auto verkopen', 'conflict-of-interest'],
    ['ze schrijft twee uur op terwijl ze er tien minuten is, valse uren', 'misconduct'],
    ['hulp heeft mijn tv laten vallen en niemand wil het betalen', 'damages'],
    ['al zes verschillende gezichten deze week', 'staff-change'],
    ['ze schelden me uit en ik wacht al weken op antwoord', undefined],
    ['mijn vader slaat mij thuis', undefined],
  ])('"%s": %s', (text, topic) => expectSlots(text, { topic }))
})

describe('what is wanted, and how far it has come', () => {
  it.each<[string, Expected]>([
    ['moet ik betalen als ik een klacht indien?', { wish: 'information' }],
    ['kan er iemand bij komen zitten die niet van hun is', { wish: 'mediation' }],
    ['weet nie hoe je zoiets schrijf, kan jij helpen met woorden', { wish: 'wording' }],
    ['Ik wil dat iemand boven hun daarover beslist', { wish: 'appeal' }],
    ['als curator maak ik bezwaar tegen de gesloten deur', { wish: undefined }],
    ['nog tege niemand gezegt', { stage: 'new' }],
    ['heb m 1 juli gestuurd, mijn klacht', { stage: 'lodged' }],
    ['ik kreeg een brief dat ik geen gelijk krijg', { stage: 'decided' }],
    ['Ik heb gebeld en gemaild. Niemand reageert.', { stage: undefined, topic: 'waiting' }],
  ])('"%s"', expectSlots)
})

describe('names inside a sentence', () => {
  it.each([
    ['fonteijnenburg belt al weken niet terug', 'inzet'],
    ['ik zit al jaren bij zorgkragt 12 en ze komen niet', 'zorgkracht12'],
    ['zorgkr8 12 heeft mijn fiets gesloopt', 'zorgkracht12'],
    ["PluZorg'da kimse aramıyor", 'pluzorg'],
  ])('"%s" names %s', (text, organisation) => expect(read(text).slots.organisation).toBe(organisation))
})
