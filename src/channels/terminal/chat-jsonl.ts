import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Guide, GuideInput, GuideTurn } from '../guide.ts'
import { takeTurn } from './take-turn.ts'

type Lines = { readonly out: (line: string) => void; readonly problem: (line: string) => void }

/**
 * The `chat --jsonl` contract (design, "Command line"): the greeting first, then one line of replies for each line of
 * input. A line that is no input gives one clear line on stderr and the conversation goes on.
 *
 * @returns the exit status: 1 when a line was no input
 */
export async function chatJsonl(
  guide: Guide,
  input: Readable,
  now: () => Date,
  lines: Lines,
): Promise<number> {
  const show = ({ replies, end }: GuideTurn) => lines.out(JSON.stringify({ replies, end }))
  let turn = takeTurn(guide, undefined, { kind: 'start' }, now(), lines.problem)
  show(turn)
  let number = 0
  let failed = false
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (line.trim() === '') continue
    const said = readLine(line)
    if (said === undefined) {
      failed = true
      lines.problem(`line ${number}: is no input. Write {"text":"..."} or {"choose":"optionId"}.`)
      continue
    }
    turn = takeTurn(guide, turn.state, said, now(), lines.problem)
    show(turn)
  }
  return failed ? 1 : 0
}

function readLine(line: string): GuideInput | undefined {
  try {
    const { text, choose } = JSON.parse(line)
    if (typeof choose === 'string') return { kind: 'choose', option: choose }
    return typeof text === 'string' ? { kind: 'text', text } : undefined
  } catch {
    return undefined
  }
}
