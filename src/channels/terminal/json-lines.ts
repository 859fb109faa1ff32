import type { Readable } from 'node:stream'

/** A line and its number from 1; `problem` says in half a sentence why a line cannot be given. */
export type JsonLine = { readonly number: number } & (
  | { readonly text: string }
  | { readonly problem: string }
)

const longest = 1024 * 1024
const lineEnd = 0x0a

/**
 * The lines of a stream of JSON lines, in UTF-8. Only a line feed ends a line (a carriage return before it is left out):
 * JSON allows U+2028 and U+2029 within a string, where `node:readline` would split. Blank lines are counted, not given.
 * A line of more than 1 MB gives a problem and is not kept in memory.
 *
 * ```ts
 * for await (const line of readJsonLines(process.stdin)) {
 *   if ('problem' in line) lines.problem(`line ${line.number}: ${line.problem}`)
 *   else take(JSON.parse(line.text))
 * }
 * ```
 */
export async function* readJsonLines(input: Readable): AsyncGenerator<JsonLine> {
  let number = 1
  let parts: Buffer[] = []
  let length = 0

  function keep(part: Buffer): void {
    length += part.length
    if (length > longest) parts = []
    else parts.push(part)
  }

  function finish(): JsonLine | undefined {
    const line = length > longest ? tooLong(number) : readText(number, Buffer.concat(parts))
    number += 1
    parts = []
    length = 0
    return line
  }

  for await (const chunk of input) {
    let rest: Buffer = Buffer.from(chunk)
    for (let at = rest.indexOf(lineEnd); at >= 0; at = rest.indexOf(lineEnd)) {
      keep(rest.subarray(0, at))
      const line = finish()
      if (line) yield line
      rest = rest.subarray(at + 1)
    }
    keep(rest)
  }
  const last = finish()
  if (last) yield last
}

function tooLong(number: number): JsonLine {
  return { number, problem: 'is longer than 1 MB. Write one JSON value a line.' }
}

// Programs of Windows begin a file with a byte order mark, which JSON does not know.
function readText(number: number, bytes: Buffer): JsonLine | undefined {
  const text = bytes.toString('utf8').replace(/\r$/, '')
  const plain = number === 1 ? text.replace(/^\uFEFF/, '') : text
  return plain.trim() === '' ? undefined : { number, text: plain }
}
