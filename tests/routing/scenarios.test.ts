import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { routeCommand } from '../../src/wiring/route-command.ts'
import { project, today } from '../real-project.ts'

type Expectation = {
  primary?: string[]
  include?: string[]
  never?: string[]
  notPrimary?: string[]
  terms?: string[]
  notices?: string[]
  honest?: boolean
}

type Scenario = { id: string; case: Record<string, unknown>; expect: Expectation; why: string }

type Routed = {
  primary: string
  or: string[]
  then: string[]
  beside: string[]
  terms: { period: string }[]
  notices: string[]
  citations: unknown[]
  contacts: Record<string, unknown[]>
  honest: boolean
}

const scenarios: Scenario[] = readFileSync(join(import.meta.dirname, 'scenarios.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

async function route(
  lines: readonly string[],
): Promise<{ advices: Routed[]; problems: string[]; status: number }> {
  const advices: Routed[] = []
  const problems: string[] = []
  const status = await routeCommand(project, Readable.from(`${lines.join('\n')}\n`), today, {
    out: (line) => advices.push(JSON.parse(line)),
    problem: (line) => problems.push(line),
  })
  return { advices, problems, status }
}

describe('every scenario gets the body, the terms and the notices that its document supports', async () => {
  const { advices } = await route(scenarios.map((scenario) => JSON.stringify(scenario.case)))
  test.each(scenarios.map((scenario, at) => ({ ...scenario, at })))('$id: $why', ({ expect: wanted, at }) => {
    const advice = advices[at]
    if (!advice) throw new Error('no advice')
    const route = [advice.primary, ...advice.or, ...advice.then]
    const named = [...route, ...advice.beside]
    const periods = advice.terms.map((term) => term.period)
    if (wanted.primary) expect(wanted.primary).toContain(advice.primary)
    for (const id of wanted.include ?? []) expect(named).toContain(id)
    for (const id of wanted.never ?? []) expect(route).not.toContain(id)
    for (const id of wanted.notPrimary ?? []) expect(advice.primary).not.toBe(id)
    for (const period of wanted.terms ?? []) expect(periods).toContain(period)
    for (const notice of wanted.notices ?? []) expect([...advice.notices, ...named]).toContain(notice)
    if (wanted.honest) expect(advice.honest).toBe(true)
    expect(advice.citations.length).toBeGreaterThan(0)
    expect(Object.values(advice.contacts).flat().length).toBeGreaterThan(0)
  })
})

describe('bad input gets one clear line, and the other lines are still answered', () => {
  const good = JSON.stringify({ organisation: 'inzet', wish: 'talk' })
  test.each([
    ['text that is no JSON', '{"organisation":', 'line 2: is not JSON'],
    ['a list', '[]', 'line 2: is no case'],
    ['an unknown slot', '{"colour":"red"}', 'line 2: slot "colour" is not known'],
    ['an unknown value', '{"role":"captain"}', 'line 2: slot "role" has a value that is not known'],
    ['an unknown organisation', '{"organisation":"nowhere"}', 'line 2: slot "organisation" has a value'],
    ['a part of another organisation', '{"organisation":"inzet","part":"prov"}', 'line 2: slot "part"'],
    [
      'a day that does not exist',
      '{"dates":{"lodged":"2026-02-30"}}',
      'line 2: "dates.lodged" is no ISO date',
    ],
    [
      'a moment that does not exist',
      '{"dates":{"eaten":"2026-02-03"}}',
      'line 2: slot "dates.eaten" is not known',
    ],
    ['a derived slot', '{"inside":"open"}', 'line 2: slot "inside" is not known'],
  ])('%s', async (_, line, problem) => {
    const { advices, problems, status } = await route([good, line, good])
    expect(advices).toHaveLength(2)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(problem)
    expect(status).toBe(1)
  })

  test('what was typed as a value is not repeated', async () => {
    const { problems } = await route(['{"role":"Jansen, 06 12345678"}'])
    expect(problems.join()).not.toContain('Jansen')
  })
})

test('asks names the slots that the dialog would still ask', async () => {
  const { advices } = await route([
    '{"organisation":"pluzorg"}',
    '{"organisation":"pluzorg","wish":"talk","domain":"wmo"}',
  ])
  expect((advices[0] as unknown as { asks: string[] }).asks).toContain('wish')
  expect((advices[1] as unknown as { asks: string[] }).asks).toEqual([])
})
