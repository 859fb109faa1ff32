import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Guide } from '../../src/channels/guide.ts'
import { explain } from '../../src/conversation/explain.ts'
import type { State } from '../../src/conversation/state.ts'
import { type ReadTranscript, readTranscript } from '../../src/conversation/transcript.ts'
import type { Project } from '../../src/wiring/project.ts'
import { transcriptCommand } from '../../src/wiring/transcript-command.ts'
import { startBot } from '../channels/bot-under-test.ts'
import { project, root } from '../real-project.ts'
import { guide, texts, world } from '../real-world.ts'

const conversations = join(root, 'tests', 'conversation', 'transcripts')
const names = readdirSync(conversations).filter((name) => name.endsWith('.txt'))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: readonly string[]) => runWith(project, ...args)

async function runWith(loaded: Project, ...args: readonly string[]) {
  const printed: string[] = []
  const problems: string[] = []
  const lines = { out: (line: string) => printed.push(line), problem: (line: string) => problems.push(line) }
  const status = await transcriptCommand(args, root, lines, folder, async () => ({ project: loaded, texts }))
  return { status, printed, problems }
}

const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
const get = (name: string) => readFileSync(join(folder, name), 'utf8')
const getActivities = (name: string): Saved[] => JSON.parse(get(name))

type Saved = {
  type: string
  text?: string
  timestamp: string
  from: { role: string }
  value?: unknown
  channelData?: unknown
  suggestedActions?: { actions: { title: string; value: string }[] }
}

function told(text: string): ReadTranscript {
  const read = readTranscript(text)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read
}

const short = `organisation: pluzorg
bot:    text/greeting
bot:    question/wish

choose: complaint
bot:    question/domain

type:   gemeente
bot:    text/understood
bot:    question/direct

end
`

/** As the Emulator saves a conversation over a channel that knows text alone: no marks, presses as their labels. */
function asText(activities: readonly Saved[]): readonly Saved[] {
  return activities.map(({ value: _value, channelData: _data, ...rest }) => rest)
}

describe('a conversation file and a transcript of the Emulator', () => {
  test('every conversation test becomes a transcript and that the same test again, with the words as they were', async () => {
    const files = names.map((name) => join(conversations, name))
    expect((await run(...files, '--out', 'activities')).status).toBe(0)
    const saved = readdirSync(join(folder, 'activities'))
    expect(saved).toHaveLength(names.length)
    const back = await run(...saved.map((name) => join('activities', name)), '--out', 'back')
    expect({ status: back.status, problems: back.problems }).toEqual({ status: 0, problems: [] })
    const inputs = ({ organisation, locale, today, exchanges }: ReadTranscript) => ({
      organisation,
      locale,
      today,
      inputs: exchanges.map(({ input }) => input),
    })
    for (const name of names) {
      const before = told(readFileSync(join(conversations, name), 'utf8'))
      expect(inputs(told(get(join('back', name)))), name).toEqual(inputs(before))
    }
    await run(...names.map((name) => join('back', name)), '--out', 'again')
    for (const name of saved)
      expect(getActivities(join('again', name)), name).toEqual(getActivities(join('activities', name)))
  }, 60_000)

  test('a transcript shows the words and the buttons', async () => {
    put('a.txt', short)
    const { status, printed } = await run('a.txt')
    expect({ status, printed }).toEqual({ status: 0, printed: [expect.stringContaining('`a.transcript`')] })
    const activities = getActivities('a.transcript')
    expect(activities[0]).toMatchObject({
      type: 'conversationUpdate',
      channelData: { klachtwijzer: { organisation: 'pluzorg', locale: 'nl' } },
    })
    expect(JSON.stringify(activities.slice(1, 3))).toContain('PluZorg')
    expect(activities.find(({ value }) => value !== undefined)).toMatchObject({
      from: { role: 'user' },
      text: expect.stringMatching(/klacht/i),
      value: { choose: 'complaint', of: 'question/wish' },
    })
  })

  test('presses that were saved as labels become choices again', async () => {
    put('a.txt', readFileSync(join(conversations, 'unknown-organisation.txt'), 'utf8'))
    await run('a.txt')
    put('b.transcript', JSON.stringify(asText(getActivities('a.transcript'))))
    const { problems } = await run('b.transcript')
    expect(problems).toEqual([])
    expect(get('b.txt')).toBe(get('a.txt'))
  })

  test('a conversation stands on the day that it was in the Netherlands', async () => {
    put('a.txt', short)
    await run('a.txt')
    const late = getActivities('a.transcript').map((one) => ({ ...one, timestamp: '2026-12-31T23:30:00Z' }))
    put('b.transcript', JSON.stringify(late))
    await run('b.transcript')
    expect(told(get('b.txt')).today).toBe('2027-01-01')
  })

  test('a conversation in English is in English again', async () => {
    put('a.txt', short.replace('bot:', 'locale: en\nbot:').replace('gemeente', 'municipality'))
    await run('a.txt')
    expect(get('a.transcript')).toContain('I am a computer')
    const plain = asText(getActivities('a.transcript')).map((one) => ({ ...one, locale: 'en-US' }))
    put('b.transcript', JSON.stringify(plain))
    await run('b.transcript')
    expect(told(get('b.txt')).locale).toBe('en')
  })

  test('what is said after "wis alles" is said to somebody new', async () => {
    put('a.txt', 'organisation: inzet\nchoose: forget\ntype: hallo\n')
    await run('a.txt')
    await run('a.transcript', '--out', 'b.txt')
    expect(told(get('b.txt')).exchanges.at(-1)?.replies).toEqual(['text/greeting', 'question/wish'])
  })

  test('conversations at several places, general help among them, each begin at their own', async () => {
    const first = (organisation: string) => `${organisation}type: ik wil een klacht indienen\n`
    put('a.txt', first('organisation: inzet\n'))
    put('b.txt', first(''))
    put('c.txt', first('organisation: unknown\n'))
    put('d.txt', first('organisation: inzet\nlocale: en\n'))
    await run('a.txt', 'b.txt', 'c.txt', 'd.txt')
    expect(get('a.transcript')).not.toContain('Bij welke organisatie')
    expect(get('b.transcript')).toContain('Bij welke organisatie')
    expect(get('c.transcript')).not.toContain('Bij welke organisatie')
    expect(get('d.transcript')).toContain('I am a computer')
  })
})

test('what the bot itself sends in the Emulator becomes a conversation test, with the words of now', async () => {
  const explained: Guide = { ...guide, explain: (state) => explain(world, state as State, '2026-03-02') }
  const bot = await startBot({ guide: explained })
  const saved: unknown[] = []
  const save = async (activity: Record<string, unknown>) => {
    const { replies, traces } = bot.connector
    const before = [replies.length, traces.length] as const
    const stamped = {
      ...activity,
      from: { id: 'client-1', role: 'user' },
      recipient: { id: 'bot-1', role: 'bot' },
    }
    expect(await bot.send(stamped)).toBeLessThan(300)
    const news = [...replies.slice(before[0]), ...traces.slice(before[1])]
    for (const one of [stamped, ...news]) {
      saved.push({ type: 'message', ...one, timestamp: '2026-03-02T09:00:00Z' })
    }
  }
  await save({ type: 'conversationUpdate', membersAdded: [{ id: 'client-1' }], locale: 'en-US' })
  await save({ text: 'inzet', locale: 'en-US' })
  await save({ value: { choose: 'complaint', of: 'question/wish', turn: 2 }, locale: 'en-US' })
  await save({ value: { choose: 'talk', of: 'question/wish', turn: 2 }, locale: 'en-US' })
  await save({ text: 'just talk', locale: 'en-US' })
  await bot.close()
  put('a.transcript', JSON.stringify(saved))
  const { status, problems } = await run('a.transcript')
  expect({ status, problems }).toEqual({ status: 0, problems: [] })
  expect(told(get('a.txt'))).toMatchObject({
    organisation: undefined,
    locale: 'en',
    today: '2026-03-02',
    exchanges: [
      { input: { kind: 'start' } },
      { input: { kind: 'text', text: 'inzet' } },
      { input: { kind: 'choose', option: 'complaint' } },
      { input: { kind: 'choose', option: 'talk', of: 'question/wish' } },
      { input: { kind: 'text', text: 'just talk' } },
    ],
  })
})

describe('staff are told', () => {
  test('the line at which the guide says something else than when the conversation was saved', async () => {
    put('a.txt', short)
    await run('a.txt')
    put('a.transcript', get('a.transcript').replaceAll('Ik ben een computer', 'Ik ben een mens'))
    const { status, problems } = await run('a.transcript', '--out', 'b.txt')
    expect(status).toBe(0)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/`b\.txt`, regel 2: .*text\/greeting.*`a\.transcript`.*activiteit 1/)
    expect(problems[0]).toMatch(/Toen: ".*Ik ben een mens.*Nu: ".*Ik ben een computer/)
  })

  test('nothing about the greeting of a conversation that the client began', async () => {
    put('a.txt', 'organisation: inzet\ntype: ik wil een klacht indienen\n')
    await run('a.txt')
    const [start, ...rest] = getActivities('a.transcript')
    const typed = rest.findIndex(({ from }) => from.role === 'user')
    const greetedLate = [start, rest[typed], ...rest.slice(0, typed), ...rest.slice(typed + 1)]
    put('b.transcript', JSON.stringify(greetedLate))
    expect((await run('b.transcript')).problems).toEqual([])
  })

  test('which lines of a conversation test do not hold any more', async () => {
    put('a.txt', short.replace('question/domain', 'question/stage'))
    const { status, problems } = await run('a.txt')
    expect(status).toBe(0)
    expect(problems).toEqual([
      expect.stringMatching(/`a\.txt`, regel 5: .*question\/domain.*question\/stage/),
    ])
  })

  test('nothing about a draft without replies', async () => {
    put('a.txt', 'type: hallo\n')
    expect((await run('a.txt')).problems).toEqual([])
  })

  test('that a conversation ran past midnight', async () => {
    put('a.txt', short)
    await run('a.txt')
    const activities = getActivities('a.transcript')
    put(
      'b.transcript',
      JSON.stringify(
        activities.map((one, at) => (at < 3 ? one : { ...one, timestamp: '2026-11-23T10:00:00Z' })),
      ),
    )
    expect((await run('b.transcript')).problems).toContainEqual(
      expect.stringMatching(/`b\.transcript`: .*2026-11-22/),
    )
  })
})

describe('nothing is overwritten', () => {
  test('unless it is asked for', async () => {
    put('a.txt', short)
    put('a.transcript', 'mine')
    const refused = await run('a.txt')
    expect({ ...refused, text: get('a.transcript') }).toEqual({
      status: 1,
      printed: [],
      problems: [expect.stringMatching(/`a\.transcript`: .*--force/)],
      text: 'mine',
    })
    expect((await run('a.txt', '--force')).status).toBe(0)
    expect(getActivities('a.transcript').length).toBeGreaterThan(3)
  })

  test.each([
    ['a file that is read', ['a.txt', 'a.transcript'], /`a\.transcript`: .*gelezen/],
    ['the same place twice', ['a.txt', 'sub/a.txt', '--out', 'there'], /`there\/a\.transcript`: twee/],
    ['what is no file', ['a.txt', '--out', '/dev/full', '--force'], /`\/dev\/full`: .*--out/],
    [
      'a file, with several results',
      ['a.txt', 'sub/a.txt', '--out', 'a.transcript'],
      /`a\.transcript`: .*een map/,
    ],
  ])('nor %s', async (_, args, problem) => {
    put('a.txt', short)
    put('a.transcript', '[]')
    mkdirSync(join(folder, 'sub'))
    put('sub/a.txt', short)
    const { status, problems } = await run(...args)
    expect(status).toBe(1)
    expect(problems.join('\n')).toMatch(problem)
    expect(get('a.txt')).toBe(short)
  })

  test('and a result goes where --out says: a file, a folder that is there, or one to make', async () => {
    put('a.txt', short)
    mkdirSync(join(folder, 'there'))
    await run('a.txt', '--out', 'b.transcript')
    await run('a.txt', '--out', 'there')
    await run('a.txt', '--out', 'made/here/')
    for (const name of ['b.transcript', 'there/a.transcript', 'made/here/a.transcript'])
      expect(getActivities(name).length, name).toBeGreaterThan(3)
  })
})

describe('what cannot be done is said in one line, with the place and the way out', () => {
  test.each<[string, string, string, RegExp]>([
    ['a line that is not known', 'a.txt', 'bot: a\nik ben Kwibus', /^`a\.txt`, regel 2: .*Kies uit/],
    [
      'an organisation that is not known',
      'a.txt',
      'organisation: nergens',
      /^`a\.txt`: .*"nergens".*pluzorg/,
    ],
    ['a language that is not known', 'a.txt', 'locale: fy', /^`a\.txt`: .*"fy".*nl, nl-simple, en/],
    [
      'JSON that is broken',
      'a.transcript',
      '[\n{ "text": "Kwibus" x }]',
      /^`a\.transcript`, regel 2: .*JSON/,
    ],
    ['JSON that is none', 'a.transcript', 'Kwibus', /^`a\.transcript`.*JSON/],
    ['JSON that is not whole', 'a.transcript', '[{"type":', /^`a\.transcript`.*JSON/],
    ['no list', 'a.transcript', '{}', /^`a\.transcript`: .*lijst/],
    ['no activity', 'a.transcript', '[{}]', /^`a\.transcript`, activiteit 1: .*`type`/],
    ['another kind of file', 'a.pdf', '', /^`a\.pdf`: .*\.txt/],
  ])('%s', async (_, name, text, problem) => {
    put(name, text)
    const { status, printed, problems } = await run(name)
    expect({ status, printed }).toEqual({ status: 1, printed: [] })
    expect(problems).toEqual([expect.stringMatching(problem)])
    expect(problems.join()).not.toContain('Kwibus')
  })

  test.each<[string, readonly string[], RegExp]>([
    ['no file named', [], /npm run transcript/],
    ['an option that is not known', ['a.txt', '--colour'], /--out/],
    ['a file that is not there', ['b.txt'], /^`b\.txt`: .*niet/],
    ['a folder', ['.'], /: dit is een map/],
    ['a folder with the name of a file', ['folder.txt'], /^`folder\.txt`: dit is een map/],
    [
      'a place that cannot be written',
      ['a.txt', '--out', 'a.txt/b.transcript'],
      /^`a\.txt\/b\.transcript`: .*\(E[A-Z]+\).*--out/,
    ],
  ])('%s', async (_, args, problem) => {
    put('a.txt', short)
    mkdirSync(join(folder, 'folder.txt'))
    const { status, problems } = await run(...args)
    expect(status).toBe(1)
    expect(problems).toEqual([expect.stringMatching(problem)])
  })

  test('and the other files are still written', async () => {
    put('a.txt', short)
    const { status, printed } = await run('b.txt', 'a.txt')
    expect({ status, printed }).toEqual({ status: 1, printed: [expect.stringContaining('a.transcript')] })
  })
})

describe('a file of somebody else', () => {
  test('cannot steer the screen on which its words are shown', async () => {
    put('a.txt', short)
    await run('a.txt')
    const steer = '\\u001b[2J\\u009b1m\\u202e'
    put('a.transcript', get('a.transcript').replaceAll('Ik ben een computer', `Ik ben een mens${steer}`))
    put('b.transcript', get('a.transcript').replaceAll('"pluzorg"', `"linde${steer}"`))
    const problems = [
      ...(await run('a.transcript', '--out', 'c.txt')).problems,
      ...(await run('b.transcript')).problems,
    ].join('\n')
    expect(problems).toContain('Ik ben een mens\uFFFD[2J\uFFFD1m\uFFFD')
    expect(problems).toContain('"linde\uFFFD[2J\uFFFD1m\uFFFD"')
    expect(problems.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  test('on which the conversion fails is named, without its words, and the others are written', async () => {
    put('a.txt', 'organisation: inzet\ntype: Kwibus\n')
    put('b.txt', short)
    const broken = { ...project, trees: { ...project.trees, inzet: {} as never } }
    const { status, printed, problems } = await runWith(broken, 'a.txt', 'b.txt')
    expect({ status, printed }).toEqual({ status: 1, printed: [expect.stringContaining('b.transcript')] })
    expect(problems).toEqual([expect.stringMatching(/^`a\.txt`: .*niet worden omgezet \(\w*Error\)/)])
    expect(problems.join()).not.toContain('Kwibus')
  })

  test('on an unlikely day is told apart; the first and the last day that are likely are read back', async () => {
    put('a.txt', short)
    await run('a.txt')
    const on = (timestamp: string) =>
      JSON.stringify(getActivities('a.transcript').map((one) => ({ ...one, timestamp })))
    put('b.transcript', on('1900-01-01T00:00:00Z'))
    put('c.transcript', on('2999-12-31T23:59:59Z'))
    put('d.transcript', on('0050-06-01T10:00:00Z'))
    const { problems } = await run('b.transcript', 'c.transcript', 'd.transcript')
    expect([told(get('b.txt')).today, told(get('c.txt')).today]).toEqual(['1900-01-01', '3000-01-01'])
    expect(problems).toContainEqual(expect.stringMatching(/^`d\.transcript`, activiteit 1: .*1900.*2999/))
    expect(readdirSync(folder)).not.toContain('d.txt')
  })

  test('that is a pipe is not waited for', async () => {
    expect(spawnSync('mkfifo', [join(folder, 'pipe.txt')]).status).toBe(0)
    const { status, problems } = await run('pipe.txt')
    expect({ status, problems }).toEqual({
      status: 1,
      problems: [expect.stringMatching(/^`pipe\.txt`: dit is geen gewoon bestand/)],
    })
  })
})

test('results, which hold what people typed, are for whoever made them alone', async () => {
  put('a.txt', short)
  put('a.transcript', '')
  await run('a.txt', '--force')
  await run('a.transcript', '--out', 'b.txt')
  for (const name of ['a.transcript', 'b.txt'])
    expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
})
