import { isDate } from '../routing/calendar.ts'
import type { Input } from './reply.ts'

/** One exchange: what the client does, and the keys of the replies that must follow. */
export type Exchange = { readonly input: Input; readonly replies: readonly string[] }

/** A conversation as a text file tells it; see `readTranscript`. The first exchange is the start. */
export type Transcript = {
  /** The organisation at whose place the bot stands; undefined: the client is asked. */
  readonly organisation: string | undefined
  readonly locale: string
  /** ISO date on which the conversation takes place. */
  readonly today: string
  readonly exchanges: readonly Exchange[]
}

/** A transcript with the lines on which it stands, from 1. */
export type ReadTranscript = Omit<Transcript, 'exchanges'> & { readonly exchanges: readonly ReadExchange[] }

export type ReadExchange = Exchange & {
  /** The line of the client; of the start, the last line before the bot speaks. */
  readonly line: number
  /** The line of each reply. */
  readonly replyLines: readonly number[]
}

/** What an author can repair in a transcript. It never repeats the line: that may be what a client typed. */
export type TranscriptProblem = {
  readonly code:
    | 'line-unknown'
    | 'value-missing'
    | 'head-late'
    | 'head-twice'
    | 'day-unknown'
    | 'choice-unclear'
  readonly line: number
}

/** What holds where a transcript does not say otherwise. */
export const usual = { locale: 'nl', today: '2026-11-22' } as const

const headWords: readonly string[] = ['organisation', 'locale', 'today']

/**
 * Reads a transcript:
 *
 * ```
 * organisation: pluzorg
 * bot:    text/greeting
 * bot:    question/wish
 *
 * choose: complaint
 * bot:    question/domain
 *
 * type:   terug
 * bot:    text/back
 * bot:    question/wish
 *
 * end
 * ```
 *
 * `organisation:`, `locale:` and `today:` come first and may be left out. After that `choose:` and `type:` are the
 * client, and `bot:` names a reply by its key. `choose: yes of question/direct` is a button that stood under an earlier
 * reply. A typed text with line ends stands as a JSON string: `type: "one\ntwo"`. Lines that start with `#` are remarks.
 *
 * @returns the transcript, or everything that keeps it from being read
 */
export function readTranscript(
  text: string,
): ReadTranscript | { readonly problems: readonly TranscriptProblem[] } {
  const head: Record<string, string> = {}
  const problems: TranscriptProblem[] = []
  const exchanges: Reading[] = [{ input: { kind: 'start' }, line: 0, replies: [], replyLines: [] }]
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const line = at + 1
    const content = raw.trim()
    if (content === '' || content.startsWith('#') || content === 'end') continue
    const problem = readLine(content, line, head, exchanges)
    if (problem) problems.push({ code: problem, line })
  }
  if (problems.length > 0) return { problems }
  return {
    organisation: head.organisation,
    locale: head.locale ?? usual.locale,
    today: head.today ?? usual.today,
    exchanges,
  }
}

type Reading = {
  readonly input: Input
  line: number
  readonly replies: string[]
  readonly replyLines: number[]
}

/** Adds one line to what was read; gives what is wrong with it. */
function readLine(
  content: string,
  line: number,
  head: Record<string, string>,
  exchanges: Reading[],
): TranscriptProblem['code'] | undefined {
  const match = /^(organisation|locale|today|bot|choose|type):\s*(.*)$/s.exec(content)
  const last = exchanges.at(-1)
  if (!match || !last) return 'line-unknown'
  const [, word = '', value = ''] = match
  if (value === '' && word !== 'type') return 'value-missing'
  if (headWords.includes(word)) {
    if (exchanges.length > 1 || last.replies.length > 0) return 'head-late'
    if (Object.hasOwn(head, word)) return 'head-twice'
    if (word === 'today' && !isDate(value)) return 'day-unknown'
    head[word] = value
    last.line = line
    return undefined
  }
  if (word === 'bot') {
    last.replies.push(value)
    last.replyLines.push(line)
    return undefined
  }
  const input = word === 'type' ? readTyped(value) : readChoice(value)
  if (!input) return 'choice-unclear'
  exchanges.push({ input, line, replies: [], replyLines: [] })
  return undefined
}

function readChoice(value: string): Input | undefined {
  const [, option, of] = /^(\S+)(?:\s+of\s+(\S+))?$/.exec(value) ?? []
  return option === undefined ? undefined : { kind: 'choose', option, ...(of !== undefined && { of }) }
}

function readTyped(value: string): Input {
  if (!value.startsWith('"')) return { kind: 'text', text: value }
  try {
    const quoted: unknown = JSON.parse(value)
    return { kind: 'text', text: typeof quoted === 'string' ? quoted : value }
  } catch {
    return { kind: 'text', text: value }
  }
}

/** Writes a transcript as `readTranscript` reads it. What is as usual is not said. */
export function printTranscript({ organisation, locale, today, exchanges }: Transcript): string {
  const head = [
    ...(organisation === undefined ? [] : [`organisation: ${organisation}`]),
    ...(locale === usual.locale ? [] : [`locale: ${locale}`]),
    ...(today === usual.today ? [] : [`today: ${today}`]),
  ]
  const blocks = exchanges.map(({ input, replies }) => [
    ...(input.kind === 'start' ? head : [printInput(input)]),
    ...replies.map((key) => `bot:    ${key}`),
  ])
  const texts = blocks.map((block) => block.join('\n')).filter((text) => text !== '')
  return `${[...texts, 'end'].join('\n\n')}\n`
}

function printInput(input: Exclude<Input, { kind: 'start' }>): string {
  if (input.kind === 'text') return `type:   ${isPlain(input.text) ? input.text : quote(input.text)}`
  return `choose: ${input.option}${input.of === undefined ? '' : ` of ${input.of}`}`
}

/** Whether a text can stand on a line as it is: no line ends or control signs, no space at its ends, and not as if quoted. */
function isPlain(text: string): boolean {
  return /^[^\s"](.*\S)?$/.test(text) && !controlSigns.test(text)
}

const controlSigns = /[\p{Cc}\p{Cf}]/u

/** As a string of JSON, in which signs that a terminal would obey are spelt out. */
function quote(text: string): string {
  const spelt = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(text).replace(new RegExp(controlSigns, 'gu'), (signs) =>
    [...signs]
      .flatMap((sign) => sign.split(''))
      .map(spelt)
      .join(''),
  )
}
