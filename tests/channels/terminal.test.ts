import { PassThrough, Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { Guide } from '../../src/channels/guide.ts'
import { chatJsonl } from '../../src/channels/terminal/chat-jsonl.ts'
import { chatTerminal } from '../../src/channels/terminal/chat-terminal.ts'
import { guide, texts } from '../real-world.ts'

const now = () => new Date('2026-11-22T12:00:00Z')
const words = texts.texts.nl?.terminal ?? { prompt: '', hint: '' }

async function jsonl(input: readonly string[], spoken: Guide = guide) {
  const out: {
    replies: { kind: string; key: string; text: string; options: { id: string; label: string }[] }[]
    end: boolean
  }[] = []
  const problems: string[] = []
  const status = await chatJsonl(spoken, Readable.from(`${input.join('\n')}\n`), now, {
    out: (line) => out.push(JSON.parse(line)),
    problem: (line) => problems.push(line),
  })
  return { out, problems, status }
}

async function terminal(input: string): Promise<string> {
  const output = new PassThrough()
  const shown: string[] = []
  output.on('data', (chunk) => shown.push(String(chunk)))
  await chatTerminal(guide, Readable.from(input), output, now, words)
  return shown.join('')
}

describe('a conversation as lines of JSON', () => {
  test('greets before any input, and ends with the advice', async () => {
    const { out, status } = await jsonl([
      '{"choose":"pluzorg"}',
      '{"choose":"talk"}',
      '{"choose":"jeugdwet"}',
    ])
    expect(out.map(({ replies }) => replies.at(-1)?.key)).toEqual([
      'question/organisation',
      'question/wish',
      'question/domain',
      'advice/jeugdstem',
    ])
    expect(out.map(({ end }) => end)).toEqual([false, false, false, true])
    expect(out[0]?.replies[0]?.kind).toBe('text')
    expect(status).toBe(0)
  })

  test('a line that is no input gives one clear line, and the conversation goes on', async () => {
    const { out, problems, status } = await jsonl([
      '{"choose":',
      '{"say":"x"}',
      '[]',
      'null',
      '{"choose":"pluzorg"}',
    ])
    expect(problems).toHaveLength(4)
    expect(problems[0]).toMatch(/^line 1: is no input/)
    expect(out.at(-1)?.replies.at(-1)?.key).toBe('question/wish')
    expect(status).toBe(1)
  })

  test('a line separator of Unicode within a text is part of the text', async () => {
    const heard: unknown[] = []
    const spoken: Guide = {
      ...guide,
      turn: (state, input, when) => {
        heard.push(input)
        return guide.turn(state, input, when)
      },
    }
    const { status, problems } = await jsonl([`{"text":"een\u2028twee\u2029drie"}\r`], spoken)
    expect(heard.at(-1)).toEqual({ kind: 'text', text: 'een\u2028twee\u2029drie' })
    expect([status, problems]).toEqual([0, []])
  })

  test('a fault inside a turn tells the client what to do and gives a telephone number', async () => {
    const broken: Guide = {
      ...guide,
      turn: (state, input, when) => {
        if (input.kind === 'text') throw new Error('secret words of a client')
        return guide.turn(state, input, when)
      },
    }
    const { out, problems } = await jsonl(['{"text":"mijn verhaal"}', '{"choose":"pluzorg"}'], broken)
    expect(out[1]?.replies[0]?.key).toBe('text/apology')
    expect(out[1]?.replies[0]?.text).toMatch(/\d{3} \d{3}/)
    expect(out[2]?.replies.at(-1)?.key).toBe('question/wish')
    expect(problems.join()).not.toContain('secret')
  })
})

describe('a conversation in the terminal', () => {
  test('takes numbers and words, and goes on after the advice', async () => {
    const shown = await terminal('pluzorg\n1\njeugdzorg\nwaarom\nstop\n')
    expect(shown).toContain('Jeugdstem')
    expect(shown).toContain('088 555 1000')
    expect(shown).toContain('1. ')
    expect(shown.split('Jeugdstem').length).toBeGreaterThan(2)
  })

  test('ends with the input', async () => {
    expect(await terminal('')).toContain(texts.texts.nl?.greeting.computer)
  })
})
