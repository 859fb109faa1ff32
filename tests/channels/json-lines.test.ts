import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { type JsonLine, readJsonLines } from '../../src/channels/terminal/json-lines.ts'

async function read(...chunks: (string | Buffer)[]): Promise<JsonLine[]> {
  const lines: JsonLine[] = []
  for await (const line of readJsonLines(Readable.from(chunks))) lines.push(line)
  return lines
}

const megabyte = 1024 * 1024
const tooLong = 'is longer than 1 MB. Write one JSON value a line.'

describe('the lines of a stream of JSON lines', () => {
  test.each([
    ['nothing', [''], []],
    [
      'a last line without an end',
      ['1\n2'],
      [
        [1, '1'],
        [2, '2'],
      ],
    ],
    [
      'line ends of Windows, also over two chunks',
      ['1\r', '\n2\r\n'],
      [
        [1, '1'],
        [2, '2'],
      ],
    ],
    ['blank lines, which count', ['\n \n\r\n4\n\n'], [[4, '4']]],
    [
      'line separators of Unicode',
      ['"a\u2028b\u2029c\u0085d"\n2'],
      [
        [1, '"a\u2028b\u2029c\u0085d"'],
        [2, '2'],
      ],
    ],
    ['a carriage return within a line', ['1\r2\n'], [[1, '1\r2']]],
    ['a byte order mark', ['\uFEFF{}\n'], [[1, '{}']]],
  ])('are right for %s', async (_, chunks, expected) => {
    expect(await read(...chunks)).toEqual(expected.map(([number, text]) => ({ number, text })))
  })

  test('are right when a character comes in pieces', async () => {
    const bytes = Buffer.from('"één \u{1F600}"\n"ü"')
    const pieces = [...bytes].map((byte) => Buffer.of(byte))
    expect(await read(...pieces)).toEqual([
      { number: 1, text: '"één \u{1F600}"' },
      { number: 2, text: '"ü"' },
    ])
  })

  test('give a problem for one that is too long, and go on after it', async () => {
    const half = 'a'.repeat(megabyte / 2)
    expect(await read('1\n', half, half, 'a', half, '\n3\n')).toEqual([
      { number: 1, text: '1' },
      { number: 2, problem: tooLong },
      { number: 3, text: '3' },
    ])
    expect(await read('a'.repeat(megabyte + 1))).toEqual([{ number: 1, problem: tooLong }])
    expect(await read('a'.repeat(megabyte))).toHaveLength(1)
  })
})
