import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { styleText } from 'node:util'
import type { Guide, GuideInput, GuideTurn, SpokenOption } from '../guide.ts'
import { takeTurn } from './take-turn.ts'

export type TerminalWords = { readonly prompt: string; readonly hint: string }

/**
 * A conversation in the terminal, as plain text that a screen reader can follow: each option has a number, typing words
 * works too. Ends with the input, or when the client stops.
 */
export async function chatTerminal(
  guide: Guide,
  input: Readable,
  output: Writable,
  now: () => Date,
  words: TerminalWords,
): Promise<void> {
  const isTerminal = 'isTTY' in output && output.isTTY === true
  const bold = (text: string) => (isTerminal ? styleText('bold', text, { validateStream: false }) : text)
  const dim = (text: string) => (isTerminal ? styleText('dim', text, { validateStream: false }) : text)
  const write = (text: string) => output.write(`${text}\n`)
  const terminal = createInterface({
    input,
    output,
    prompt: `${bold(words.prompt)} > `,
    terminal: isTerminal,
  })
  let isClosed = false
  terminal.once('close', () => {
    isClosed = true
  })
  const ask = () => {
    if (!isClosed) terminal.prompt()
  }
  let turn = takeTurn(guide, undefined, { kind: 'start' }, now(), quiet)
  write(dim(words.hint))
  show(turn, write, bold)
  ask()
  for await (const line of terminal) {
    if (line.trim() !== '') {
      turn = takeTurn(guide, turn.state, readTyped(line.trim(), optionsOf(turn)), now(), quiet)
      show(turn, write, bold)
    }
    if (isOver(turn)) break
    ask()
  }
  terminal.close()
}

/** The apology on the screen says enough. */
function quiet(): void {}

function show(turn: GuideTurn, write: (text: string) => void, bold: (text: string) => string): void {
  for (const reply of turn.replies) {
    write('')
    write(reply.kind === 'notice' || reply.kind === 'question' ? bold(reply.text) : reply.text)
    reply.options.forEach((option, at) => {
      write(`  ${at + 1}. ${option.label}`)
    })
  }
  write('')
}

function optionsOf(turn: GuideTurn): readonly SpokenOption[] {
  return turn.replies.at(-1)?.options ?? []
}

/** A number is the option with that number; all else is text. */
function readTyped(line: string, options: readonly SpokenOption[]): GuideInput {
  const option = /^\d{1,2}$/.test(line) ? options[Number(line) - 1] : undefined
  return option ? { kind: 'choose', option: option.id } : { kind: 'text', text: line }
}

/** An advice ends with options to go on; after "stop" and "delete everything" there are none. */
function isOver(turn: GuideTurn): boolean {
  return (
    turn.end &&
    optionsOf(turn).length === 0 &&
    !turn.replies.some((reply) => reply.key.startsWith('text/why'))
  )
}
