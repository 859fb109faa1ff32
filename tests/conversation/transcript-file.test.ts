import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printTranscript, readTranscript, type Transcript } from '../../src/conversation/transcript.ts'

const folder = join(import.meta.dirname, 'transcripts')
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))

function read(text: string) {
  const transcript = readTranscript(text)
  if ('problems' in transcript) throw new Error(JSON.stringify(transcript.problems))
  return transcript
}

/** A transcript without the lines on which it stands. */
function plain({ exchanges, ...head }: Transcript): Transcript {
  return { ...head, exchanges: exchanges.map(({ input, replies }) => ({ input, replies })) }
}

describe('a conversation file', () => {
  test('tells the head, what the client does, and what must follow, each with its line', () => {
    const text =
      'organisation: pluzorg\nlocale: en\ntoday: 2026-03-01\nbot: text/greeting\n\nchoose: talk\nbot: a\nbot: b\n'
    expect(read(text)).toEqual({
      organisation: 'pluzorg',
      locale: 'en',
      today: '2026-03-01',
      exchanges: [
        { input: { kind: 'start' }, line: 3, replies: ['text/greeting'], replyLines: [4] },
        { input: { kind: 'choose', option: 'talk' }, line: 6, replies: ['a', 'b'], replyLines: [7, 8] },
      ],
    })
  })

  test('may leave out the head, hold remarks, and come from Windows', () => {
    expect(read('\uFEFF# a remark\r\nbot: text/greeting\r\ntype: hallo\r\nend\r\n')).toMatchObject({
      organisation: undefined,
      locale: 'nl',
      today: '2026-11-22',
      exchanges: [{ replies: ['text/greeting'] }, { input: { kind: 'text', text: 'hallo' } }],
    })
  })

  test('tells under which earlier reply a button stood', () => {
    expect(read('choose: yes of question/direct').exchanges[1]?.input).toEqual({
      kind: 'choose',
      option: 'yes',
      of: 'question/direct',
    })
  })

  test.each([
    ['plain words', 'type: ik wil praten', 'ik wil praten'],
    ['words in quotes that are no JSON', 'type: "hou op" zei ik', '"hou op" zei ik'],
    ['several lines', 'type: "een\\ntwee"', 'een\ntwee'],
    ['nothing', 'type:', ''],
  ])('holds %s', (_, line, text) => {
    expect(read(line).exchanges[1]?.input).toEqual({ kind: 'text', text })
  })

  test.each(files)('%s is printed as it was written', (name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    expect(printTranscript(read(text))).toBe(text)
  })

  test('whatever it holds, is read as it was printed', () => {
    const word = fc.stringMatching(/^[a-z0-9/_-]{1,20}$/)
    const input = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text: fc.string({ unit: 'binary' }) }),
      fc.record({
        kind: fc.constant('text' as const),
        text: fc.constantFrom('"a"', ' a', 'a\r', '#a', 'end', ''),
      }),
      fc.record({ kind: fc.constant('choose' as const), option: word }),
      fc.record({ kind: fc.constant('choose' as const), option: word, of: word }),
    )
    const transcript = fc.record({
      organisation: fc.option(word, { nil: undefined }),
      locale: fc.constantFrom('nl', 'en'),
      today: fc.constantFrom('2026-11-22', '2027-02-28'),
      exchanges: fc
        .tuple(fc.array(word), fc.array(fc.record({ input, replies: fc.array(word) })))
        .map(([greeting, others]) => [{ input: { kind: 'start' as const }, replies: greeting }, ...others]),
    })
    fc.assert(
      fc.property(transcript, (one) => {
        expect(plain(read(printTranscript(one)))).toEqual(one)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['a line that does not begin right', 'bot: a\nklant: hallo', 'line-unknown', 2],
    ['nothing after the colon', 'bot:', 'value-missing', 1],
    ['a head after the conversation began', 'bot: a\nlocale: en', 'head-late', 2],
    ['a head twice', 'locale: en\nlocale: nl', 'head-twice', 2],
    ['a day that does not exist', 'today: 2026-02-30', 'day-unknown', 1],
    ['a choice of several words', 'choose: a b', 'choice-unclear', 1],
  ])('is not read with %s', (_, text, code, line) => {
    expect(readTranscript(text)).toEqual({ problems: [{ code, line }] })
  })

  test('tells all that is wrong at once', () => {
    expect(readTranscript('x\ny\nbot: a')).toEqual({
      problems: [
        { code: 'line-unknown', line: 1 },
        { code: 'line-unknown', line: 2 },
      ],
    })
  })
})
