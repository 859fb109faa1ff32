import { describe, expect, test } from 'vitest'
import type { WireReply, WireTurn } from '../../src/channels/direct-line/wire.ts'
import {
  type Activity,
  type Entry,
  isWaiting,
  takeActivity,
  tellOf,
  unsentLast,
} from '../../src/widget/transcript.ts'

const question: WireReply = {
  kind: 'question',
  key: 'question/wish',
  text: 'Wat wil je?',
  options: [
    { id: 'talk', label: 'Praten' },
    { id: 'back', label: 'Een optie die zo heet' },
  ],
}
const turn = (count: number, replies: readonly WireReply[] = [question]): WireTurn => ({
  turn: count,
  replies,
  frame: {
    locale: 'nl',
    direction: 'ltr',
    answers: [{ slot: 'wish', question: 'Wat wil je?', answer: 'Praten' }],
    commands: [{ id: 'back', label: 'Terug' }],
    languages: [{ id: 'language-en', label: 'English', locale: 'en' }],
  },
  end: false,
  erased: false,
})
const bot = (id: string, count: number): Activity => ({
  type: 'message',
  id,
  from: { id: 'bot', role: 'bot' },
  channelData: { klachtwijzer: turn(count) },
})
const client = (id: string, said: object): Activity => ({
  type: 'message',
  id,
  from: { id: 'dl_1', role: 'user' },
  ...said,
})
const first: readonly Entry[] = [{ kind: 'turn', id: 'first', turn: turn(1) }]
const ids = (entries: readonly Entry[]) => entries.map(({ id }) => id)

describe('what was said', () => {
  test('begins once, though page and log both begin with the first words', () => {
    const told: Entry = { kind: 'told', id: 'mine', text: 'Praten', isSent: false }
    const entries = [bot('a', 1), bot('b', 2)].reduce(takeActivity, [...first, told])
    expect(ids(entries)).toEqual(['a', 'mine', 'b'])
  })

  test('holds nothing twice, whatever comes in again', () => {
    const log = [
      bot('a', 1),
      client('b', { text: 'hoi', channelData: { clientActivityID: 'mine' } }),
      bot('c', 2),
    ]
    const entries = [...log, ...log].reduce(takeActivity, first)
    expect(ids(entries)).toEqual(['a', 'mine', 'c'])
  })

  test('counts what the client said as sent when the server tells of it', () => {
    const told: Entry = { kind: 'told', id: 'mine', text: 'hoi', isSent: false }
    const [, echo] = takeActivity(
      [...first, told],
      client('b', { text: 'hoi', channelData: { clientActivityID: 'mine' } }),
    )
    expect(echo).toMatchObject({ isSent: true })
    expect(isWaiting([...first, told])).toBe(true)
  })

  test('ends with what waits to be sent', () => {
    const told: Entry = { kind: 'told', id: 'mine', text: 'hoi', isSent: false }
    expect(ids(unsentLast([told, ...first]))).toEqual(['first', 'mine'])
  })

  test('leaves out what is no message', () => {
    expect(takeActivity(first, { type: 'typing', id: 'x', from: { role: 'bot' } })).toBe(first)
  })
})

describe('what the client pressed is told in the words of the button', () => {
  test.each([
    ['an answer', { choose: 'talk', of: 'question/wish' }, 'Praten'],
    [
      'one of two with the same id: that of the question',
      { choose: 'back', of: 'question/wish' },
      'Een optie die zo heet',
    ],
    ['a language', { choose: 'language-en' }, 'English'],
    ['another answer', { change: 'wish' }, 'Wat wil je?'],
    ['what is not known any more, by its id', { choose: 'weg' }, 'weg'],
  ])('%s', (_, value, told) => {
    expect(tellOf(first, { value })).toBe(told)
  })
})
