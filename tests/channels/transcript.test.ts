import { describe, expect, test } from 'vitest'
import type { GuideInput, SpokenReply } from '../../src/channels/guide.ts'
import { compareWords } from '../../src/channels/transcript/compare-words.ts'
import { fromActivities, type SavedTurn } from '../../src/channels/transcript/from-activities.ts'
import type { PlayedTurn } from '../../src/channels/transcript/play.ts'
import { readSaved } from '../../src/channels/transcript/read-saved.ts'
import { toActivities } from '../../src/channels/transcript/to-activities.ts'
import { todayInTheNetherlands } from '../../src/wiring/today.ts'

const user = { id: 'u1', name: 'User', role: 'user' }
const bot = { id: 'b1', name: 'Bot', role: 'bot' }
const timestamp = '2026-03-01T23:30:00.000Z'

function said(text: string, more: object = {}) {
  return { type: 'message', timestamp, from: bot, recipient: user, text, ...more }
}

function sent(text: string | undefined, more: object = {}) {
  return {
    type: 'message',
    timestamp,
    from: user,
    recipient: bot,
    ...(text !== undefined && { text }),
    ...more,
  }
}

function read(...activities: readonly unknown[]) {
  const saved = fromActivities(activities)
  if ('problems' in saved) throw new Error(JSON.stringify(saved.problems))
  return saved
}

function question(text = 'Waar gaat het over?'): SpokenReply {
  const options = [
    { id: 'talk', label: 'Met iemand praten' },
    { id: 'complaint', label: 'Een klacht' },
  ]
  const aside = [{ id: 'back', label: 'Terug' }]
  const why = { heading: 'Waarom?', text: 'Dan weet ik\nwie helpt.' }
  return { kind: 'question', key: 'question/wish', text, options, aside, why }
}

const greeting: SpokenReply = {
  kind: 'text',
  key: 'text/greeting',
  text: 'Hallo.\nIk ben een computer.',
  options: [],
}

describe('a played conversation as activities', () => {
  const head = { organisation: 'pluzorg', locale: 'nl', today: '2026-03-01' }
  const now = new Date('2026-03-01T10:00:00Z')
  const turn = (input: GuideInput, ...replies: readonly SpokenReply[]): PlayedTurn<GuideInput> => ({
    input,
    now,
    replies,
    maybe: [],
  })
  const turns = [
    turn({ kind: 'start' }, greeting, question()),
    turn({ kind: 'choose', option: 'complaint' }, question('Bij wie?')),
    turn({ kind: 'text', text: 'Een klacht' }, question('Bij wie?')),
    turn({ kind: 'choose', option: 'yes', of: 'question/direct' }, question('Bij wie?')),
    turn({ kind: 'choose', option: 'back' }),
  ]
  const render = (replies: readonly SpokenReply[]) => replies.map(({ text }) => ({ type: 'message', text }))
  const activities = JSON.parse(JSON.stringify(toActivities(head, turns, render)))

  test('begins with how the conversation begins', () => {
    expect(activities[0]).toMatchObject({
      type: 'conversationUpdate',
      channelId: 'emulator',
      from: { role: 'user' },
      recipient: { role: 'bot' },
      membersAdded: [{ role: 'user' }],
      channelData: { klachtwijzer: { organisation: 'pluzorg', locale: 'nl' } },
    })
  })

  test('has a sender and a recipient with a role, one conversation, and an id of its own for each', () => {
    const roles = activities.map((one: { from: typeof bot; recipient: typeof bot }) =>
      [one.from.role, one.recipient.role].sort().join(),
    )
    expect(new Set(roles)).toEqual(new Set(['bot,user']))
    const of = (pick: (one: { id: string; conversation: { id: string } }) => string) =>
      new Set(activities.map(pick)).size
    expect(of(({ id }) => id)).toBe(activities.length)
    expect(of(({ conversation }) => conversation.id)).toBe(1)
  })

  test('takes place on its day in the Netherlands, in order', () => {
    const times: string[] = activities.map((one: { timestamp: string }) => one.timestamp)
    expect(new Set(times.map((time) => todayInTheNetherlands(new Date(time))))).toEqual(
      new Set(['2026-03-01']),
    )
    expect(times.toSorted()).toEqual(times)
  })

  test('answers the activity of the client', () => {
    const [start, hello, ask, press, reply] = activities
    expect([hello.replyToId, ask.replyToId, reply.replyToId]).toEqual([start.id, start.id, press.id])
  })

  test('shows a press as its label, with the option and the reply that it stood under', () => {
    expect(activities[3]).toMatchObject({
      text: 'Een klacht',
      value: { choose: 'complaint', of: 'question/wish' },
    })
    expect(activities.at(-3)).toMatchObject({
      text: 'yes',
      value: { choose: 'yes', of: 'question/direct' },
    })
    expect(activities.at(-1)).toMatchObject({
      text: 'Terug',
      value: { choose: 'back', of: 'question/wish' },
    })
  })

  test('is always the same file', () => {
    expect(JSON.parse(JSON.stringify(toActivities(head, turns, render)))).toEqual(activities)
  })

  test('reads back as what the client did, typed words that are also a label included', () => {
    const saved = read(...activities)
    expect({ ...saved, turns: saved.turns.map(({ input }) => input) }).toEqual({
      organisation: 'pluzorg',
      locale: 'nl',
      began: '2026-03-01T10:00:00.000Z',
      turns: [
        { kind: 'start' },
        { kind: 'choose', option: 'complaint', of: 'question/wish' },
        { kind: 'text', text: 'Een klacht', typed: true },
        { kind: 'choose', option: 'yes', of: 'question/direct' },
        { kind: 'choose', option: 'back', of: 'question/wish' },
      ],
    })
  })
})

describe('a saved conversation', () => {
  const data = { choose: 'complaint', of: 'question/wish', turn: 1 }
  test.each<[string, unknown, unknown]>([
    ['words', sent('ik wil praten'), { kind: 'text', text: 'ik wil praten', typed: false }],
    ['no words at all', sent(''), { kind: 'text', text: '', typed: false }],
    ['words with a value of something else', sent('hallo', { value: { x: 1 } }), { kind: 'text' }],
    ['a press with a value', sent(undefined, { value: data }), { kind: 'choose', option: 'complaint' }],
    [
      'a press that a card sent as a postback',
      sent('', { value: data, channelData: { postback: true } }),
      { kind: 'choose', option: 'complaint', of: 'question/wish' },
    ],
    [
      'a press as an invoke',
      {
        ...sent(undefined),
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb: 'choose', data }, trigger: 'manual' },
      },
      { kind: 'choose', option: 'complaint', of: 'question/wish' },
    ],
    ['a press of which the reply is not known', sent(undefined, { value: { choose: 'x' } }), { option: 'x' }],
  ])('holds %s', (_, activity, input) => {
    expect(read(said('Hallo'), activity).turns[1]).toMatchObject({ activity: 2, at: timestamp, input })
  })

  test('passes over what is no conversation', () => {
    const update = { type: 'conversationUpdate', timestamp, from: user, recipient: bot }
    const { turns } = read(
      { ...update, membersAdded: [bot] },
      { ...update, membersAdded: [user] },
      said('Hallo'),
      { type: 'trace', timestamp, from: bot, recipient: user, value: { case: { slots: {} } } },
      { type: 'typing', timestamp, from: bot, recipient: user },
      { type: 'typing', timestamp, from: user, recipient: bot },
      { type: 'invoke', name: 'signin/verifyState', timestamp, from: user, recipient: bot },
      { type: 'installationUpdate', timestamp, from: user, recipient: bot },
      { type: 'messageReaction', timestamp, from: user, recipient: bot },
      sent('hoi'),
      { type: 'endOfConversation', timestamp, from: bot, recipient: user },
      { type: 'of next year', timestamp },
    )
    expect(turns.map(({ input, said }) => ({ kind: input.kind, said }))).toEqual([
      { kind: 'start', said: ['Hallo'] },
      { kind: 'text', said: [] },
    ])
  })

  test('may be an object with the list, as other tools write it', () => {
    expect(fromActivities({ transcript: [said('Hallo')] })).toMatchObject({ began: timestamp })
  })

  test('knows who speaks by the role, as a word or a number, or by an account that has one', () => {
    const numbered = { ...said('a'), from: { id: 'b1', role: 0 }, recipient: { id: 'u1', role: 1 } }
    const bare = { ...said('b'), from: { id: 'b1' }, recipient: undefined }
    const answer = { ...sent('c'), from: { id: 'u1' }, recipient: { id: 'b1' } }
    const { turns } = read(numbered, bare, answer)
    expect(turns).toMatchObject([{ said: ['a', 'b'] }, { input: { text: 'c' } }])
  })

  test('holds the lines of cards and buttons too', () => {
    const content = {
      type: 'AdaptiveCard',
      fallbackText: 'Hallo.\nKies.',
      body: [
        { type: 'TextBlock', text: 'Hallo.' },
        { type: 'Container', selectAction: { type: 'Action.Submit', title: 'Een klacht', data: {} } },
        { type: 'Container', selectAction: { type: 'Action.ToggleVisibility', title: 'Waarom?' } },
      ],
    }
    const plain = { body: [{ type: 'TextBlock', text: 'Zonder terugvaltekst' }] }
    const actions = [{ type: 'imBack', title: 'Met iemand praten', value: 'Met iemand praten' }]
    const { turns } = read(
      said('', { attachments: [{ content }, { contentType: 'image/png' }] }),
      said('Boven', { attachments: [{ content: plain }], suggestedActions: { actions } }),
    )
    expect(turns[0]?.said).toEqual([
      'Hallo.',
      'Kies.',
      'Een klacht',
      'Boven',
      'Zonder terugvaltekst',
      'Met iemand praten',
    ])
    expect(turns[0]?.buttons).toEqual(['Met iemand praten'])
  })

  test('holds the words of a card as far as a person would have nested it', () => {
    const nest = (depth: number) =>
      JSON.parse(`${'{"items":['.repeat(depth)}{"text":"Onderop"}${']}'.repeat(depth)}`)
    const wordsAt = (depth: number, more = {}) =>
      read(said('Boven', { attachments: [{ content: { ...nest(depth), ...more } }] })).turns[0]?.said
    expect(wordsAt(20)).toEqual(['Boven', 'Onderop'])
    expect(wordsAt(50_000)).toEqual(['Boven'])
    expect(wordsAt(50_000, { fallbackText: 'Kaart' })).toEqual(['Boven', 'Kaart'])
  })

  test('begins as its first activity says; else as the trace and the channel tell', () => {
    const update = { type: 'conversationUpdate', timestamp, from: user, recipient: bot, locale: 'en-US' }
    const traced = {
      type: 'trace',
      timestamp,
      from: bot,
      value: { case: { slots: { organisation: 'inzet' } }, locale: 'en' },
    }
    const channelData = { klachtwijzer: { organisation: 'pluzorg', locale: 'nl' } }
    expect(read(update, said('Hello'), traced)).toMatchObject({ organisation: 'inzet', locale: 'en-US' })
    expect(read({ ...update, channelData }, said('Hallo'), traced)).toMatchObject({
      organisation: 'pluzorg',
      locale: 'nl',
    })
    expect(read(said('Hallo'), sent('inzet'), traced).organisation).toBeUndefined()
  })

  test.each<[string, unknown, string, number]>([
    ['no list', { a: 1 }, 'no-list', 0],
    ['nothing', null, 'no-list', 0],
    ['something that is no activity', [said('a'), { text: 'b' }], 'no-activity', 2],
    ['a field of another shape', [said('a'), sent('b', { from: 'me' })], 'no-activity', 2],
    [
      'somebody who is not known',
      [{ type: 'message', timestamp, from: { id: 'x' }, text: 'a' }],
      'no-sender',
      1,
    ],
    ['a button that is not known', [said('a'), sent(undefined, { value: { go: 'x' } })], 'press-unknown', 2],
    [
      'an option of several words',
      [said('a'), sent(undefined, { value: { choose: 'a b' } })],
      'press-unknown',
      2,
    ],
    [
      'an option that holds what cannot be seen',
      [said('a'), sent(undefined, { value: { choose: 'talk\u001b[2J' } })],
      'press-unknown',
      2,
    ],
    [
      'a reply named by what cannot be seen',
      [said('a'), sent(undefined, { value: { choose: 'talk', of: 'question/wish\u202e' } })],
      'press-unknown',
      2,
    ],
    ['a time before 1900', [said('a'), said('b', { timestamp: '1899-12-31T23:59:59Z' })], 'time-outside', 2],
    ['a time after 2999', [said('a', { timestamp: '+012345-01-01T00:00:00Z' })], 'time-outside', 1],
    ['a time that is none', [said('a', { timestamp: 'noon' })], 'time-unknown', 1],
    ['no time at all', [said('a', { timestamp: undefined })], 'no-time', 1],
    ['nobody who speaks', [{ type: 'typing', timestamp }], 'nobody-speaks', 0],
  ])('is not read with %s', (_, content, code, activity) => {
    expect(fromActivities(content)).toEqual({ problems: [{ code, activity }] })
  })
})

describe('what the client did in a saved turn', () => {
  const turn = (input: SavedTurn['input'], buttons: readonly string[] = []): SavedTurn => ({
    activity: 1,
    at: undefined,
    input,
    said: [],
    buttons,
  })
  const start = turn({ kind: 'start' }, ['Praten', 'Een klacht'])
  const text = (words: string, typed = false) => turn({ kind: 'text', text: words, typed })

  test.each<[string, SavedTurn, GuideInput]>([
    ['the label of a button is its option', text('Een klacht'), { kind: 'choose', option: 'complaint' }],
    ['so is a label that changed since', text('Praten'), { kind: 'choose', option: 'talk' }],
    ['typed is typed', text('Een klacht', true), { kind: 'text', text: 'Een klacht' }],
    ['other words are words', text(' iets anders '), { kind: 'text', text: 'iets anders' }],
    [
      'a button of what is shown needs no reply named',
      turn({ kind: 'choose', option: 'talk', of: 'question/wish' }),
      { kind: 'choose', option: 'talk' },
    ],
    [
      'a button of before keeps its reply',
      turn({ kind: 'choose', option: 'yes', of: 'question/direct' }),
      { kind: 'choose', option: 'yes', of: 'question/direct' },
    ],
  ])('%s', (_, saved, input) => {
    expect(readSaved(saved, start, [greeting, question()])).toEqual(input)
  })

  test('a changed label is not guessed when there are other buttons now', () => {
    const before = turn({ kind: 'start' }, ['Praten', 'Een klacht', 'Iets anders'])
    expect(readSaved(text('Praten'), before, [question()])).toEqual({ kind: 'text', text: 'Praten' })
  })
})

describe('the words of then and now', () => {
  const labels = ['Met iemand praten', 'Een klacht']
  test.each<[string, readonly string[]]>([
    ['one after another', ['Hallo.', 'Ik ben een computer.', 'Waar gaat het over?', ...labels]],
    [
      'with Markdown and a list',
      [
        'Hallo.',
        'Ik \\*ben\\* een computer.',
        'Waar gaat het over?',
        '1. Met iemand praten',
        '2\\. Een klacht',
        ...labels,
      ],
    ],
    [
      'with what only some channels show',
      [
        'Hallo.',
        'Ik ben een computer.',
        'Waar gaat het over?',
        ...labels,
        'Terug',
        'Waarom?',
        'Dan weet ik',
        'wie helpt.',
      ],
    ],
    ['in another order', [...labels, 'Waar gaat het over?', 'Ik ben een computer.', 'Hallo.']],
  ])('are the same %s', (_, saved) => {
    expect(compareWords(saved, [greeting, question()])).toBeUndefined()
  })

  test.each<[string, readonly string[], unknown]>([
    [
      'a line changed',
      ['Hallo.', 'Ik was een computer.', 'Waar gaat het over?', ...labels],
      { reply: 0, before: 'Ik was een computer.', now: 'Ik ben een computer.' },
    ],
    ['a line came', ['Hallo.', 'Ik ben een computer.', ...labels], { reply: 1, now: 'Waar gaat het over?' }],
    [
      'a line went',
      ['Hallo.', 'Ik ben een computer.', 'Dag!', 'Waar gaat het over?', ...labels],
      { reply: 1, before: 'Dag!' },
    ],
    [
      'a button changed',
      ['Hallo.', 'Ik ben een computer.', 'Waar gaat het over?', 'Praten', 'Een klacht'],
      { reply: 1, before: 'Praten', now: 'Met iemand praten' },
    ],
    ['nothing was said', [], { reply: 0, now: 'Hallo.' }],
  ])('differ when %s', (_, saved, differ) => {
    expect(compareWords(saved, [greeting, question()])).toEqual(differ)
  })

  test('do not differ by what a channel may add', () => {
    const gone: SpokenReply = { kind: 'text', key: 'text/unsaid', text: 'Alles is weg.', options: [] }
    const lines = ['Hallo.', 'Ik ben een computer.']
    expect(compareWords([...lines, 'Alles is weg.'], [greeting], [gone])).toBeUndefined()
    expect(compareWords(lines, [greeting], [gone])).toBeUndefined()
  })
})
