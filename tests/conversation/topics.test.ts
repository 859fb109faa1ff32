import { describe, expect, test } from 'vitest'
import { type Input, keyOf } from '../../src/conversation/reply.ts'
import { begin, respond } from '../../src/conversation/respond.ts'
import type { Turn } from '../../src/conversation/turn.ts'
import { today } from '../real-project.ts'
import { guide, world } from '../real-world.ts'

const choose = (option: string): Input => ({ kind: 'choose', option })
const type = (text: string): Input => ({ kind: 'text', text })

function talk(organisation: string | undefined, ...inputs: readonly Input[]): readonly Turn[] {
  const turns = [begin(world, 'nl', organisation, today)]
  for (const input of inputs) {
    const { state } = turns.at(-1) as Turn
    turns.push(respond(world, state, input, today))
  }
  return turns
}

const last = (turns: readonly Turn[]) => turns.at(-1) as Turn
const keys = (turn: Turn) => turn.replies.map(keyOf)
const two = type('ik moet altijd heel lang wachten en mijn begeleider scheldt me uit')
/** To the advice at Zorgkracht 12, after what was typed. */
const toAdvice = [choose('complaint'), choose('wmo'), choose('unknown')]

describe('two topics in one message', () => {
  test('are taken one at a time, the gravest first, and the other is not forgotten', () => {
    const turn = last(talk('zorgkracht12', two, ...toAdvice))
    expect(turn.state.case.slots.topic).toBe('aggression')
    expect(keys(turn).slice(-2)).toEqual(['text/more-topics', 'advice/klachtenportaal-zorg'])
    const advice = turn.replies.at(-1)
    expect(advice?.kind === 'advice' && advice.options[0]).toBe('next-topic')
  })

  test('keep the answers about the person and ask anew about what happened', () => {
    const next = last(talk('zorgkracht12', two, ...toAdvice, choose('next-topic')))
    expect(keys(next)[0]).toBe('text/next-topic')
    expect(next.state.case.slots).toMatchObject({
      organisation: 'zorgkracht12',
      role: 'client',
      domain: 'wmo',
      topic: 'waiting',
    })
    expect(next.state.case.slots.wish).toBeUndefined()
  })

  test.each(['volgende', 'Naar het volgende'])('go on when "%s" is typed', (text) => {
    expect(keys(last(talk('zorgkracht12', two, ...toAdvice, type(text))))[0]).toBe('text/next-topic')
  })

  test('are gone when all is begun anew', () => {
    const turns = talk('zorgkracht12', two, ...toAdvice, choose('restart'))
    expect(last(turns).state.waiting).toBeUndefined()
  })

  test('come back when the next one was taken back', () => {
    const turn = last(talk('zorgkracht12', two, ...toAdvice, choose('next-topic'), choose('back')))
    expect(turn.state.case.slots.topic).toBe('aggression')
  })
})

describe('a question that the knowledge answers', () => {
  test.each([
    ['wat is het telefoonnummer van de klachtenfunctionaris?', 'quasir-klachtenfunctionaris'],
    ['wanneer zijn jullie bereikbaar', 'quasir-klachtenfunctionaris'],
    ['wat is een geschillencommissie', 'geschillencommissie'],
  ])('"%s" is answered at once, and the conversation goes on', (text, body) => {
    const turn = last(talk('pluzorg', type(text)))
    const [answer, question] = turn.replies
    expect(answer).toMatchObject({ say: 'asked-body' })
    expect(answer && 'body' in answer && answer.body).toContain(body)
    expect(question?.kind).toBe('question')
    expect(turn.state.case.slots.wish).toBeUndefined()
  })

  test('about time names every term of the regulation, with its source', () => {
    const said = guide
      .turn(
        guide.turn(undefined, { kind: 'start', organisation: 'pluzorg' }, new Date()).state,
        type('hoe lang mag dat duren?') as { kind: 'text'; text: string },
        new Date(),
      )
      .replies.map(({ text }) => text)
      .join('\n')
    expect(said).toContain('Binnen 2 dagen')
    expect(said).toContain('4 weken')
    expect(said).toContain('12 maanden')
    expect(said).toMatch(/Dit staat in: Klachtenregeling/)
  })

  test('asks first which organisation is meant, where nothing else can be said', () => {
    const turn = last(talk(undefined, type('wat is het adres?')))
    expect(keys(turn)).toEqual(['text/asked-where', 'question/organisation'])
  })

  test('after an advice is about the body that was advised', () => {
    const turns = talk('zorgkracht12', two, ...toAdvice, type('wat is het adres?'))
    expect(last(turns).replies).toMatchObject([{ say: 'asked-body', body: 'klachtenportaal-zorg' }])
  })
})
