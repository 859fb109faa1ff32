import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { routeCommand } from '../../src/wiring/route-command.ts'
import { understandCommand } from '../../src/wiring/understand-command.ts'
import { project, root, today } from '../real-project.ts'

async function run(command: (input: Readable, lines: Lines) => Promise<number>, text: string) {
  const printed: string[] = []
  const problems: string[] = []
  const lines = { out: (line: string) => printed.push(line), problem: (line: string) => problems.push(line) }
  const status = await command(Readable.from([Buffer.from(text)]), lines)
  return { status, printed, problems }
}

type Lines = Parameters<typeof understandCommand>[3]

const route = (text: string, of = project) =>
  run((input, lines) => routeCommand(of, input, today, lines), text)
const understand = (text: string, ...args: string[]) =>
  run((input, lines) => understandCommand(args, root, input, lines), text)

describe('route', () => {
  test('names the known organisations once each', async () => {
    const { problems } = await route('{"organisation":"nergens"}\n')
    expect(problems).toHaveLength(1)
    expect(problems[0]?.match(/\bunknown\b/g)).toHaveLength(1)
    expect(problems[0]).toContain('pluzorg')
  })

  test('does not repeat a name that is too long for a slot', async () => {
    const said = 'mijn begeleider Jan heeft mij geslagen'
    const { problems } = await route(`{"${said}":"x"}\n{"colour":"x"}\n`)
    expect(problems).toEqual(['line 1: a slot is not known.', 'line 2: slot "colour" is not known.'])
  })

  test('answers the lines after one on which the machine fails', async () => {
    const { pluzorg: _, ...trees } = project.trees
    const broken = { ...project, trees: new Proxy(trees, { get: failOn('pluzorg') }) } as typeof project
    const { status, printed, problems } = await route(
      '{"organisation":"pluzorg","wish":"talk"}\n{"organisation":"inzet","wish":"talk"}\n',
      broken,
    )
    expect({ status, printed: printed.length, problems: problems.length }).toEqual({
      status: 1,
      printed: 1,
      problems: 1,
    })
    expect(problems[0]).toMatch(/^line 1: could not be answered/)
  })
})

describe('understand', () => {
  test('keeps a line together that holds a line separator', async () => {
    const { status, printed } = await understand('{"text":"Ik wil praten\u2028met iemand"}\n')
    expect(status).toBe(0)
    expect(printed).toHaveLength(1)
  })

  test.each([
    ['pluzorg', 'pluzorg'],
    ['nergens', undefined],
    ['constructor', undefined],
  ])('takes the organisation %s as %s', async (organisation, taken) => {
    const { printed } = await understand(`${JSON.stringify({ text: 'hallo', organisation })}\n`)
    expect(JSON.parse(printed[0] ?? '').slots.organisation).toBe(taken)
  })

  test('names the lines of a file that are no message, without what they hold', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-'))
    const file = join(folder, 'messages.jsonl')
    writeFileSync(
      file,
      '{"id":"1","locale":"nl","text":"hallo","expect":{}}\n\nJan sloeg mij\n{"text":"geheim"}\n',
    )
    const { status, problems, printed } = await understand('', '--evaluate', file)
    rmSync(folder, { recursive: true })
    expect({ status, problems, printed }).toEqual({
      status: 1,
      problems: ['line 3 is no message', 'line 4 is no message'],
      printed: [],
    })
  })
})

function failOn(name: string) {
  return (trees: object, key: string) => {
    if (key === name) throw new Error('There is a fault in this tree.')
    return Reflect.get(trees, key)
  }
}
