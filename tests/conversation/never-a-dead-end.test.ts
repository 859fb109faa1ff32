import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Input, Reply } from '../../src/conversation/reply.ts'
import { begin, respond, type Turn } from '../../src/conversation/respond.ts'
import { generalHelp } from '../../src/knowledge/knowledge.ts'
import { bodyOf, isUsable } from '../../src/routing/decide.ts'
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

const clarifications = new Set(['clarify-first', 'clarify-second', 'clarify-which'])

function isClarification(reply: Reply): boolean {
  return reply.kind === 'text' && clarifications.has(reply.say)
}

/** A turn leads on when it asks something, advises, or says how to go on after stopping. */
function leadsOn(turn: Turn): boolean {
  const last = turn.replies.at(-1)
  if (!last) return false
  if (last.kind === 'question') return last.options.length > 0
  return (
    last.kind === 'advice' || (last.kind === 'text' && ['why-advice', 'stop', 'forget'].includes(last.say))
  )
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
          for (let asked = 0; asked < 12 && turn.replies.at(-1)?.kind !== 'advice'; asked += 1) {
            turn = respond(world, turn.state, { kind: 'choose', option: 'unknown' }, today)
          }
          const advice = turn.replies.at(-1)
          if (advice?.kind !== 'advice')
            throw new Error(`no advice, but ${JSON.stringify(turn.replies.at(-1))}`)
          expect(Object.values(advice.advice.contacts).flat().some(isUsable)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('nobody who is afraid is sent into a talk inside the care', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...organisations),
        fc.array(anyInput, { maxLength: 15 }),
        (organisation, inputs) => {
          let turn = begin(world, 'nl', organisation, today)
          for (const input of inputs) turn = respond(world, turn.state, input, today)
          const reply = turn.replies.at(-1)
          const { direct, safety } = turn.state.case.slots
          if (reply?.kind !== 'advice' || (direct !== 'false' && (safety ?? 'unknown') === 'unknown')) return
          const { knowledge } = world
          const place = knowledge.organisations[reply.organisation] ?? knowledge.organisations[generalHelp]
          expect(place && bodyOf(place, reply.advice.primary).kind).not.toBe('conversation-inside')
        },
      ),
      { numRuns: 300 },
    )
  })
})
