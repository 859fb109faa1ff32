import { describe, expect, test } from 'vitest'
import type { Change, Input } from '../../src/conversation/reply.ts'
import { begin, respond } from '../../src/conversation/respond.ts'
import type { State } from '../../src/conversation/state.ts'
import { toldSoFar } from '../../src/conversation/told.ts'
import type { Turn } from '../../src/conversation/turn.ts'
import { today } from '../real-project.ts'
import { world } from '../real-world.ts'

const choose = (option: string): Input => ({ kind: 'choose', option })
const type = (text: string): Input => ({ kind: 'text', text })
const change = (slot: string): Change => ({ kind: 'change', slot })

function talk(organisation: string | undefined, ...inputs: readonly (Input | Change)[]): Turn {
  return inputs.reduce<Turn>(
    ({ state }, input) => respond(world, JSON.parse(JSON.stringify(state)), input, today),
    begin(world, 'nl', organisation, today),
  )
}

const told = (state: State) =>
  toldSoFar(world, state, today).map((each) => {
    if (each.kind === 'organisation') return [each.slot, each.organisation, each.part].filter((part) => part)
    return each.kind === 'date' ? [each.slot, each.date] : [each.slot, each.option ?? 'unsure']
  })
const askedIn = ({ state }: Turn) => (state.at.kind === 'asking' ? state.at.question : state.at.kind)

describe('what was told so far', () => {
  test('is nothing at the start, or the organisation at whose place the client is', () => {
    expect(told(talk(undefined).state)).toEqual([])
    expect(told(talk('pluzorg').state)).toEqual([['organisation', 'pluzorg']])
  })

  test('holds each answer once, in the order of asking, "I do not know" too', () => {
    const { state } = talk('pluzorg', choose('complaint'), choose('unknown'), choose('help-at-home'))
    expect(told(state)).toEqual([
      ['organisation', 'pluzorg'],
      ['wish', 'complaint'],
      ['domain', 'wmo'],
    ])
    expect(told(talk('pluzorg', choose('complaint'), choose('unknown')).state).at(-1)).toEqual([
      'domain',
      'unsure',
    ])
  })

  test('holds what was typed, and a part with its organisation', () => {
    const { state } = talk(undefined, type('mijn zoon van 14 zit bij PROV en ik wil een klacht indienen'))
    expect(told(state)).toEqual(
      expect.arrayContaining([
        ['organisation', 'pluzorg', 'prov'],
        ['wish', 'complaint'],
        ['minor', 'yes'],
      ]),
    )
  })

  test('says "I am afraid of them" as it was chosen, and not as what follows from it', () => {
    const at = talk('wonenplus', choose('complaint'), choose('wmo'))
    let { state } = at
    for (let count = 0; count < 8 && askedIn({ ...at, state }) !== 'direct'; count += 1) {
      state = respond(world, state, choose('unknown'), today).state
    }
    expect(state.at).toMatchObject({ question: 'direct' })
    const afraid = respond(world, state, choose('afraid'), today)
    expect(told(afraid.state)).toContainEqual(['direct', 'afraid'])
    expect(askedIn(afraid)).toBe('safety')
    const safe = respond(world, afraid.state, choose('safe'), today)
    expect(told(safe.state)).toContainEqual(['safety', 'safe'])
  })

  test('holds no sign of danger that was only read in words', () => {
    const { state } = talk('pluzorg', choose('complaint'), type('ik wil dood'))
    expect(state.case.slots.safety).toBe('suicide')
    expect(told(state).map(([slot]) => slot)).not.toContain('safety')
  })
})

describe('changing an answer', () => {
  test('asks its question with all options, and leaves the others', () => {
    const turn = talk('pluzorg', choose('complaint'), choose('jeugdwet'), change('wish'))
    expect(turn.replies.map((reply) => reply.kind)).toEqual(['text', 'question'])
    expect(turn.state.at).toMatchObject({
      question: 'wish',
      options: expect.arrayContaining(['talk', 'appeal', 'unknown']),
    })
    const next = respond(world, turn.state, choose('talk'), today)
    expect(told(next.state)).toEqual([
      ['organisation', 'pluzorg'],
      ['wish', 'talk'],
      ['domain', 'jeugdwet'],
    ])
  })

  test('is undone by "back", which returns to where the client was', () => {
    const before = talk('pluzorg', choose('complaint'), choose('jeugdwet'))
    const back = respond(
      world,
      respond(world, before.state, change('wish'), today).state,
      choose('back'),
      today,
    )
    expect(told(back.state)).toEqual(told(before.state))
    expect(back.state.at).toEqual(before.state.at)
    expect(back.state.steps).toEqual(before.state.steps)
  })

  test('of the organisation drops its part, and "back" brings it back', () => {
    const before = talk(undefined, type('het gaat over PROV'))
    expect(told(before.state)).toContainEqual(['organisation', 'pluzorg', 'prov'])
    const turn = respond(world, before.state, change('organisation'), today)
    expect(askedIn(turn)).toBe('organisation')
    expect(told(respond(world, turn.state, choose('pluzorg'), today).state)).toContainEqual([
      'organisation',
      'pluzorg',
    ])
    expect(told(respond(world, turn.state, choose('back'), today).state)).toEqual(told(before.state))
  })

  test('of a date drops it at once, so that it does not outweigh the new answer', () => {
    const state = dated()
    expect(told(state)).toContainEqual(['dates.lodged', '2026-01-05'])
    const turn = respond(world, state, change('dates.lodged'), today)
    expect(turn.state.case.dates).toEqual({})
    expect(askedIn(turn)).toBe('overdue')
    expect(respond(world, turn.state, choose('back'), today).state.case.dates).toEqual({
      lodged: '2026-01-05',
    })
  })

  /** A conversation in which the day of lodging was typed. */
  function dated(): State {
    let { state } = talk('pluzorg', choose('complaint'), choose('wmo'))
    for (let count = 0; count < 10 && state.at.kind === 'asking'; count += 1) {
      const { question } = state.at
      const input =
        question === 'overdue' ? type('5 januari 2026') : choose(question === 'stage' ? 'lodged' : 'unknown')
      state = respond(world, state, input, today).state
    }
    return state
  }

  test('of what was never told shows where the conversation is', () => {
    const before = talk('pluzorg', choose('complaint'))
    for (const slot of ['fear', 'dates.died', 'nothing', '__proto__']) {
      const turn = respond(world, before.state, change(slot), today)
      expect(turn.state.case).toEqual(before.state.case)
      expect(turn.replies.map((reply) => reply.kind)).toEqual(['question'])
      expect(askedIn(turn)).toBe('domain')
    }
  })
})
