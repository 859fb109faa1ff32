import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Input, Reply } from '../../src/conversation/reply.ts'
import { begin, respond } from '../../src/conversation/respond.ts'
import type { Turn } from '../../src/conversation/turn.ts'
import { bodyOf } from '../../src/knowledge/body-of.ts'
import { generalHelp } from '../../src/knowledge/knowledge.ts'
import { isUsable } from '../../src/routing/contacts-of.ts'
import { today } from '../real-project.ts'
import { world } from '../real-world.ts'

const organisations = Object.keys(world.knowledge.organisations).filter((id) => id !== generalHelp)

/** What a client may do: press any button ever shown, a made-up one, type words, commands or noise. */
const anyInput: fc.Arbitrary<Input> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...optionIds()).map((option) => ({ kind: 'choose' as const, option })),
  },
  { weight: 2, arbitrary: fc.constantFrom(...typed()).map((text) => ({ kind: 'text' as const, text })) },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }).map((text) => ({ kind: 'text' as const, text })) },
  {
    weight: 1,
    arbitrary: fc.string({ maxLength: 8 }).map((option) => ({ kind: 'choose' as const, option })),
  },
)

function optionIds(): readonly string[] {
  const options = world.questions.flatMap(({ options }) =>
    options === 'bodies' ? [] : options.map(({ id }) => id),
  )
  return [
    ...options,
    ...organisations,
    'unknown',
    'rest',
    'other',
    'talk',
    'back',
    'restart',
    'why',
    'human',
    'language',
    'language-en',
    'help',
    'stop',
    'forget',
  ]
}

function typed(): readonly string[] {
  return [
    'ik wil gewoon praten',
    'weet ik niet',
    'terug',
    'opnieuw',
    'waarom',
    'wis alles',
    'ik wil een mens',
    '2',
    'nee',
    'ja',
    'wonenplus',
    'ik wil dood',
    'asdfgh',
    'verander organisatie',
    '3 november',
    'in het engels',
  ]
}

const clarifications = new Set(['clarify-first', 'clarify-second', 'clarify-which', 'clarify-organisation'])

function isClarification(reply: Reply): boolean {
  return reply.kind === 'text' && clarifications.has(reply.say)
}

/** A turn leads on when it asks something, advises, or says how to go on after stopping. */
function leadsOn(turn: Turn): boolean {
  const last = turn.replies.at(-1)
  if (!last) return false
  if (last.kind === 'question') return last.options.length > 0
  if (last.kind !== 'text') return last.kind === 'advice'
  return (last.options ?? []).length > 0 || last.say === 'stop' || last.say === 'forget'
}

describe('whatever a client does', () => {
  test('no turn is without a next step, and nobody is asked for other words more than twice in a row', () => {
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom(...organisations), { nil: undefined }),
        fc.array(anyInput, { maxLength: 25 }),
        (organisation, inputs) => {
          let turn = begin(world, 'nl', organisation, today)
          let clarified = 0
          expect(leadsOn(turn)).toBe(true)
          for (const input of inputs) {
            turn = respond(world, JSON.parse(JSON.stringify(turn.state)), input, today)
            expect(leadsOn(turn)).toBe(true)
            clarified = turn.replies.some(isClarification) ? clarified + 1 : 0
            expect(clarified).toBeLessThanOrEqual(2)
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  test('from any point, "I do not know" to everything ends in an advice with a way to reach somebody', () => {
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom(...organisations), { nil: undefined }),
        fc.array(anyInput, { maxLength: 10 }),
        (organisation, inputs) => {
          let turn = begin(world, 'nl', organisation, today)
          for (const input of inputs) turn = respond(world, turn.state, input, today)
          for (let asked = 0; asked < 12 && turn.state.at.kind !== 'advised'; asked += 1) {
            turn = respond(world, turn.state, { kind: 'choose', option: 'unknown' }, today)
          }
          turn = respond(world, turn.state, { kind: 'start' }, today)
          const advice = turn.replies.at(-1)
          if (advice?.kind !== 'advice')
            throw new Error(`no advice, but ${JSON.stringify(turn.replies.at(-1))}`)
          expect(Object.values(advice.advice.contacts).flat().some(isUsable)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('nobody who cannot talk to them, or is in danger, is sent into a talk inside the care', () => {
    let advised = 0
    const frightened: Input[] = [
      { kind: 'text', text: 'ik durf niet met ze te praten, ik ben bang voor mijn begeleider' },
      { kind: 'text', text: 'ik wil niet meer leven' },
      { kind: 'text', text: 'mijn begeleider heeft mij geslagen' },
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...organisations),
        fc.constantFrom(...frightened),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        (organisation, fear, picks) => {
          let turn = respond(world, begin(world, 'nl', organisation, today).state, fear, today)
          for (const pick of picks) {
            const last = turn.replies.at(-1)
            if (last?.kind !== 'question') break
            const option = last.options[pick % last.options.length] ?? 'unknown'
            if (option === 'yes' && last.question === 'direct') break
            turn = respond(world, turn.state, { kind: 'choose', option }, today)
          }
          const reply = turn.replies.at(-1)
          const { direct, safety } = turn.state.case.slots
          if (reply?.kind !== 'advice' || (direct !== 'false' && safety === undefined)) return
          advised += 1
          const place = world.knowledge.organisations[reply.organisation]
          expect(place && bodyOf(place, reply.advice.primary).kind).not.toBe('conversation-inside')
        },
      ),
      { numRuns: 300 },
    )
    expect(advised).toBeGreaterThan(100)
  })

  test('going back gives the answers and the question as they were before', () => {
    let undone = 0
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom(...organisations), { nil: undefined }),
        fc.array(anyInput, { maxLength: 10 }),
        anyInput,
        (organisation, inputs, last) => {
          let before = begin(world, 'nl', organisation, today)
          for (const input of inputs) before = respond(world, before.state, input, today)
          const after = respond(world, before.state, last, today)
          if (after.state.steps.length !== before.state.steps.length + 1) return
          undone += 1
          const back = respond(world, after.state, { kind: 'choose', option: 'back' }, today)
          expect(back.state.asked).toEqual(before.state.asked)
          const { safety: _given, ...slots } = back.state.case.slots
          const { safety: _before, ...earlier } = before.state.case.slots
          expect(slots).toEqual(earlier)
          expect(back.state.case.dates).toEqual(before.state.case.dates)
        },
      ),
      { numRuns: 500 },
    )
    expect(undone).toBeGreaterThan(50)
  })
})
