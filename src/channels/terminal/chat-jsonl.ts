import type { Readable } from 'node:stream'
import type { Guide, GuideInput, GuideTurn, SpokenReply } from '../guide.ts'
import { readJsonLines } from './json-lines.ts'
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
  const show = ({ replies, end }: GuideTurn) =>
    lines.out(JSON.stringify({ replies: replies.map(toContract), end }))
  let turn = takeTurn(guide, undefined, { kind: 'start' }, now(), lines.problem)
  show(turn)
  let failed = false
  for await (const line of readJsonLines(input)) {
    const said = 'problem' in line ? line.problem : readInput(line.text)
    if (typeof said === 'string') {
      failed = true
      lines.problem(`line ${line.number}: ${said}`)
      continue
    }
    turn = takeTurn(guide, turn.state, said, now(), lines.problem)
    show(turn)
  }
  return failed ? 1 : 0
}

/** A reply with the fields of the contract; the others serve channels that show more than text. */
function toContract({ kind, key, text, options, advice }: SpokenReply): Partial<SpokenReply> {
  return { kind, key, text, options, ...(advice !== undefined && { advice }) }
}

const noInput = 'is no input. Write {"text":"..."} or {"choose":"optionId"}.'

/** What the client did, or why a line does not say so. */
function readInput(line: string): GuideInput | string {
  try {
    const { text, choose } = JSON.parse(line)
    if (typeof choose === 'string') return { kind: 'choose', option: choose }
    return typeof text === 'string' ? { kind: 'text', text } : noInput
  } catch {
    return noInput
  }
}
