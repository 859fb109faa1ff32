import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain } from '../../src/conversation/explain.ts'
import { begin, respond } from '../../src/conversation/respond.ts'
import type { State } from '../../src/conversation/state.ts'
import { deepFreeze } from '../../src/knowledge/deep-freeze.ts'
import { today } from '../real-project.ts'
import { world } from '../real-world.ts'

const organisations = Object.keys(world.knowledge.organisations).filter((id) => id !== 'unknown')

function play(organisation: string | undefined, ...options: readonly string[]): State {
  let { state } = begin(world, 'nl', organisation, today)
  for (const option of options) state = respond(world, state, { kind: 'choose', option }, today).state
  return deepFreeze(state)
}

describe('the explanation of a turn', () => {
  test('of a question: the case so far, the rule that wins now, and what the answers distinguish', () => {
    const said = explain(world, play('zorgkracht12', 'complaint'), today)
    expect(said).toMatchObject({
      locale: 'nl',
      organisation: 'zorgkracht12',
      case: { slots: { organisation: 'zorgkracht12', wish: 'complaint' }, dates: {} },
      rule: { id: 'conversation', primary: 'zorgkracht12-gesprek' },
      question: { id: 'domain' },
    })
    const under = (option: string) =>
      said.question?.distinguishes.find((distinction) => distinction.option === option)?.bodies
    expect(under('jeugdwet')).toEqual(['klachtenportaal-zorg'])
    expect(under('wzd')).toEqual(['wzd-klachtencommissie'])
    expect(said.near.map(({ id }) => id)).toContain('youth')
    expect(said.advice).toBeUndefined()
  })

  test('of an advice: its body and its receipt', () => {
    const said = explain(world, play('pluzorg', 'complaint', 'wmo', 'yes', 'discussed'), today)
    expect(said.question).toBeUndefined()
    expect(said.advice).toEqual({
      primary: 'pluzorg-klachten',
      honest: expect.any(Boolean),
      receipt: `${world.knowledge.version}-pluzorg-${said.rule.id}`,
    })
    expect(said.derived).toEqual({ inside: 'open', staff: 'false' })
  })

  test('of the question about the organisation: the general help, and nothing to distinguish', () => {
    const said = explain(world, play(undefined), today)
    expect(said).toMatchObject({
      organisation: 'unknown',
      question: { id: 'organisation', distinguishes: [] },
    })
  })

  test('of a question that is asked anew: nothing to distinguish', () => {
    const advised = play('inzet', 'wording', 'wmo')
    const { state } = respond(world, advised, { kind: 'text', text: 'verander organisatie' }, today)
    expect(explain(world, state, today).question).toEqual({ id: 'organisation', distinguishes: [] })
  })

  test('tells dates, and what follows from them', () => {
    const asked = play('pluspunt', 'complaint', 'wmo', 'lodged')
    const { state } = respond(world, asked, { kind: 'text', text: '3-3-2026' }, today)
    const said = explain(world, state, today)
    expect(said.case.dates).toEqual({ lodged: '2026-03-03' })
    expect(said.derived).toMatchObject({ overdue: 'true' })
    expect(said.rule.conditions).toContainEqual(expect.objectContaining({ slot: 'overdue', has: 'true' }))
  })

  test('holds no word that a client typed', () => {
    const { state } = begin(world, 'nl', 'inzet', today)
    const typed = 'mijn begeleider Kwibus slaat mij, bel 06 12345678'
    const turn = respond(world, state, { kind: 'text', text: typed }, today)
    expect(JSON.stringify(explain(world, turn.state, today))).not.toMatch(/kwibus|12345678|slaat/i)
  })
})

describe('whatever a client chooses', () => {
  test('the explanation survives JSON, agrees with the turn, and is bounded', () => {
    const pressed = fc.constantFrom(
      'talk',
      'complaint',
      'appeal',
      'wmo',
      'wzd',
      'jeugdwet',
      'unknown',
      'rest',
    )
    const typed = fc.constantFrom(
      'terug',
      'ik ben bang',
      'mijn werk',
      '3 november',
      'stop',
      'taal',
      'opnieuw',
    )
    const input = fc.oneof(
      pressed.map((option) => ({ kind: 'choose' as const, option })),
      typed.map((text) => ({ kind: 'text' as const, text })),
    )
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom(...organisations), { nil: undefined }),
        fc.array(input, { maxLength: 8 }),
        (organisation, inputs) => {
          let turn = begin(world, 'nl', organisation, today)
          for (const one of inputs) turn = respond(world, turn.state, one, today)
          const said = explain(world, turn.state, today)
          const last = turn.replies.at(-1)
          expect(JSON.parse(JSON.stringify(said))).toEqual(said)
          expect(said.question?.id).toBe(last?.kind === 'question' ? last.question : undefined)
          if (last?.kind === 'advice') expect(said.advice?.receipt).toBe(last.advice.receipt)
          const places = said.question?.distinguishes ?? []
          if (places.length > 0 && last?.kind === 'question' && turn.state.misses === 0)
            expect(places.map(({ option }) => option)).toEqual(last.options)
          expect(JSON.stringify(said).length).toBeLessThan(20_000)
        },
      ),
      { numRuns: 200 },
    )
  })
})
