import type { Input } from '../../src/conversation/reply.ts'

/** One exchange: what the client does, and the keys of the replies that must follow. */
export type Exchange = { readonly line: number; readonly input: Input; readonly replies: readonly string[] }

export type Transcript = {
  readonly organisation: string | undefined
  readonly locale: string
  /** ISO date on which the conversation takes place. */
  readonly today: string
  readonly exchanges: readonly Exchange[]
}

/**
 * Reads a transcript: `organisation:`, `locale:` and `today:` first, then `choose:` or `type:` for the client and `bot:`
 * for each reply, by key. Lines that start with `#` are remarks.
 *
 * @throws Error naming the line that cannot be read
 */
export function readTranscript(text: string): Transcript {
  const head: Record<string, string> = {}
  const exchanges: { line: number; input: Input; replies: string[] }[] = [
    { line: 1, input: { kind: 'start' }, replies: [] },
  ]
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line === 'end') continue
    const match = /^(organisation|locale|today|bot|choose|type):\s*(.*)$/.exec(line)
    if (!match) throw new Error(`line ${at + 1}: "${line}" is no line of a transcript`)
    const [, word = '', value = ''] = match
    if (word === 'bot') exchanges.at(-1)?.replies.push(value)
    else if (word === 'choose')
      exchanges.push({ line: at + 1, input: { kind: 'choose', option: value }, replies: [] })
    else if (word === 'type')
      exchanges.push({ line: at + 1, input: { kind: 'text', text: value }, replies: [] })
    else head[word] = value
  }
  return {
    organisation: head.organisation,
    locale: head.locale ?? 'nl',
    today: head.today ?? '2026-11-22',
    exchanges,
  }
}
