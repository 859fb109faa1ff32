import { describe, expect, test } from 'vitest'
import { readState } from '../../src/conversation/read-state.ts'
import { type Input, keyOf } from '../../src/conversation/reply.ts'
import { begin, respond } from '../../src/conversation/respond.ts'
import type { Turn } from '../../src/conversation/turn.ts'
import { today } from '../real-project.ts'
import { guide, world } from '../real-world.ts'

const choose = (option: string): Input => ({ kind: 'choose', option })
const type = (text: string): Input => ({ kind: 'text', text })

/** The conversation after these inputs; a string is a button. */
function talk(organisation: string | undefined, ...inputs: readonly (string | Input)[]): Turn {
  let turn = begin(world, 'nl', organisation, today)
  for (const input of inputs) {
    turn = respond(world, turn.state, typeof input === 'string' ? choose(input) : input, today)
  }
  return turn
}

const keys = (turn: Turn) => turn.replies.map(keyOf)
const slots = (turn: Turn) => turn.state.case.slots

describe('going back', () => {
  test('after the second question about the same thing, asks that second question again', () => {
    const turn = talk('pluzorg', 'complaint', 'unknown', 'young', 'back')
    expect(keys(turn)).toEqual(['text/back', 'question/situation'])
    expect(slots(turn).domain).toBe('unknown')
  })

  test('restores an answer that was corrected', () => {
    const turn = talk('wonenplus', 'complaint', 'wlz', type('nee ik bedoel pluzorg'), 'back')
    expect(slots(turn)).toMatchObject({ organisation: 'wonenplus', wish: 'complaint', domain: 'wlz' })
  })

  test('at the choice of a language returns to the question, and takes no answer back', () => {
    const turn = talk('pluzorg', 'complaint', 'language', 'back')
    expect(keys(turn)).toEqual(['question/domain'])
    expect(slots(turn).wish).toBe('complaint')
  })

  test('keeps a sign of danger out of the way of being undone', () => {
    const turn = talk('pluzorg', type('ik wil niet meer leven'), 'talk', 'back')
    expect(slots(turn).safety).toBe('suicide')
  })
})

describe('a number counts the options that the client sees', () => {
  test('also at the choice of a language', () => {
    expect(talk('pluzorg', 'language', type('3')).state.locale).toBe('en')
  })

  test('also when only a few options are shown', () => {
    const turn = talk(undefined, type('zorgkracht of pluspunt'))
    const shown = turn.replies.at(-1)
    if (shown?.kind !== 'question') throw new Error('no question')
    const next = respond(world, turn.state, type('1'), today)
    expect(slots(next).organisation).toBe(shown.options[0])
  })

  test('also after an advice', () => {
    expect(keys(talk('pluzorg', 'talk', 'wmo', type('1')))).toEqual(['text/why-advice'])
  })
})

describe('nothing that was said is thrown away', () => {
  test('a date with more in the message keeps both, and both are said back', () => {
    const turn = talk(
      'wonenplus',
      'complaint',
      'wmo',
      'rather-not',
      'lodged',
      'rest',
      type('3 november, ik bel voor mijn moeder'),
    )
    expect(turn.state.case.dates).toEqual({ lodged: '2026-11-03' })
    expect(keys(turn)[0]).toBe('text/understood')
  })

  test('another organisation keeps what still holds, and asks what it alone asks', () => {
    const waiting = talk('wonenplus', 'complaint', 'wmo', 'rather-not', 'lodged', 'rest', 'yes')
    expect(slots(waiting).overdue).toBe('true')
    const turn = respond(world, waiting.state, type('het gaat over pluzorg'), today)
    expect(slots(turn)).toMatchObject({ organisation: 'pluzorg', wish: 'complaint', stage: 'lodged' })
    expect(slots(turn).overdue).toBeUndefined()
    expect(keys(turn).at(-1)).toBe('question/overdue')
  })
})

describe('signs of danger', () => {
  test('a lesser one never replaces a graver one', () => {
    const turn = talk('pluzorg', type('ik wil dood'), type('en een begeleider heeft mijn geld gestolen'))
    expect(slots(turn).safety).toBe('suicide')
    expect(keys(turn)).toContain('notice/politie')
  })

  test('a notice that a later answer brings is still given', () => {
    const turn = talk('inzet', type('ik word thuis geslagen door mijn vader'), type('ik ben 12'))
    expect(keys(turn)).toContain('notice/kindertelefoon')
  })

  test('the same words again give the same notice again', () => {
    const turn = talk('inzet', type('ik wil dood'), type('ik wil dood'))
    expect(keys(turn)[0]).toBe('notice/113')
  })
})

test('a person is offered once after three times "I do not know", not at every turn after it', () => {
  const third = talk('zorgkracht12', 'unknown', 'unknown', 'unknown')
  expect(keys(third)).toContain('text/offer-person')
  const after = respond(world, third.state, type('help'), today)
  expect(keys(after)).not.toContain('text/offer-person')
})

test('after "why" the same can be pressed as under the advice', () => {
  const { replies } = guide.turn(
    talk('pluzorg', 'talk', 'wmo').state,
    choose('why'),
    new Date('2026-11-22T12:00:00Z'),
  )
  expect(replies.at(-1)?.options.map(({ id }) => id)).toEqual(['why', 'back', 'restart', 'human', 'forget'])
})

describe('a stored state', () => {
  const told = talk('wonenplus', 'complaint', 'wmo').state

  test('made with older knowledge goes on with its answers, with an apology', () => {
    const { replies, state } = guide.turn(
      { ...told, knowledge: 'older' },
      choose('yes'),
      new Date('2026-11-22T12:00:00Z'),
    )
    expect(replies.map(({ key }) => key)).toEqual(['text/renewed', 'question/stage'])
    expect(JSON.stringify(state)).toContain('complaint')
  })

  test('of an older version keeps what still means something', () => {
    const old = {
      version: 1,
      knowledge: 'x',
      locale: 'en',
      case: { slots: { organisation: 'gone', wish: 'talk', topic: 'nonsense' }, dates: {} },
    }
    const read = readState(old, world, today)
    expect(read?.renewed).toBe(true)
    expect(read?.state.case.slots).toEqual({ wish: 'talk' })
    expect(read?.state.locale).toBe('en')
  })

  test.each([[null], ['text'], [{ version: 2 }], [{ ...told, at: { kind: 'flying' } }], [[]]])(
    'that is broken never breaks the conversation',
    (stored) => {
      const { replies } = guide.turn(stored, choose('talk'), new Date('2026-11-22T12:00:00Z'))
      expect(replies[0]?.key).toBe('text/renewed')
      expect(replies.at(-1)?.options.length).toBeGreaterThan(0)
    },
  )

  test('holds slots, and no words of the client', () => {
    const turn = talk('pluzorg', type('mijn naam is Truus Jansen en mijn zoon van 14 zit bij prov'))
    expect(JSON.stringify(turn.state)).not.toMatch(/Truus|Jansen|zoon/)
  })
})

test('starting over and deleting keep only the organisation at whose place the bot stands', () => {
  expect(slots(talk('inzet', 'talk', 'restart'))).toEqual({ organisation: 'inzet' })
  expect(slots(talk(undefined, 'inzet', 'talk', 'forget'))).toEqual({})
  expect(talk('inzet', 'talk', 'forget').effects).toEqual(['erase'])
})

test('an old button of a question that was answered changes that answer, and says so', () => {
  const turn = talk('pluzorg', 'talk', 'wmo', 'complaint')
  expect(slots(turn)).toMatchObject({ wish: 'complaint', domain: 'wmo' })
  expect(keys(turn)).toEqual(['text/understood', 'question/direct'])
})

test('a button of a question that was never asked is asked about, and loses nothing', () => {
  const turn = talk('pluzorg', 'talk', 'wmo', 'lodged')
  expect(keys(turn)[0]).toBe('text/clarify-first')
  expect(slots(turn)).toMatchObject({ wish: 'talk', domain: 'wmo' })
})

describe('a button that says under which reply it stood', () => {
  const under = (of: string, option: string): Input => ({ kind: 'choose', option, of })

  test('answers that question when it is the one being asked', () => {
    const turn = talk('pluzorg', under('question/wish', 'talk'))
    expect(keys(turn)).toEqual(['question/domain'])
  })

  test('changes nothing when it was answered so before', () => {
    const turn = talk('pluzorg', 'complaint', 'wmo', under('question/wish', 'complaint'))
    expect(keys(turn)).toEqual(['text/old-card', 'question/direct'])
    expect(slots(turn)).toMatchObject({ wish: 'complaint', domain: 'wmo' })
  })

  test('changes the answer when it is another one, though the question of now has such an option too', () => {
    const turn = talk('pluzorg', 'complaint', 'wmo', under('question/domain', 'jeugdwet'))
    expect(slots(turn)).toMatchObject({ wish: 'complaint', domain: 'jeugdwet' })
    expect(keys(turn)[0]).toBe('text/understood')
  })

  test('is told to be of before when its question was never asked here', () => {
    const turn = talk('pluzorg', under('question/stage', 'lodged'))
    expect(keys(turn)).toEqual(['text/old-card', 'question/wish'])
    expect(slots(turn)).toEqual({ organisation: 'pluzorg' })
  })

  test('is told to be of before after an advice, which stays', () => {
    const turn = talk('pluzorg', 'talk', 'jeugdwet', under('question/stage', 'lodged'))
    expect(keys(turn)).toEqual(['text/old-card-advised'])
    expect(turn.state.at).toEqual({ kind: 'advised' })
  })

  test('"back" under an advice that is no longer shown goes nowhere', () => {
    const turn = talk('pluzorg', 'talk', 'jeugdwet', 'back', under('advice/jeugdstem', 'back'))
    expect(keys(turn)).toEqual(['text/old-card', 'question/domain'])
  })

  test('"back" under an advice goes nowhere while another advice is shown', () => {
    const turn = talk('pluzorg', 'talk', 'jeugdwet', 'back', 'wmo', under('advice/jeugdstem', 'back'))
    expect(keys(turn)).toEqual(['text/old-card-advised'])
  })

  test.each(['human', 'restart', 'forget'])('"%s" is done wherever it stood', (command) => {
    expect(keys(talk('pluzorg', 'talk', under('question/organisation', command)))[0]).toBe(`text/${command}`)
  })

  test('of a reply that does not exist does no harm', () => {
    expect(keys(talk('pluzorg', under('constructor', '__proto__')))[0]).toMatch(
      /^text\/(old-card|clarify-first)$/,
    )
  })
})

describe('simple Dutch', () => {
  test('stays simple when the client types Dutch, and English is still heard', () => {
    const simple = { ...begin(world, 'nl-simple', 'pluzorg', today).state }
    const told = respond(world, simple, type('ik wil een klacht indienen over mijn begeleider'), today)
    expect(told.state.locale).toBe('nl-simple')
    const english = respond(world, simple, type('I want to complain about my support worker'), today)
    expect(english.state.locale).toBe('en')
  })
})
