import { inflateSync } from 'node:zlib'
import { readChunks } from '../../manifest/png-chunks.ts'

/** A picture: its size and, row by row, the red, green, blue and opacity of its pixels, each from 0 to 255. */
export type Picture = {
  readonly width: number
  readonly height: number
  readonly pixels: readonly (readonly [number, number, number, number])[]
}

/** Channels by what the header says about the picture: bits a channel, colour, and no interlacing. */
const kinds: Readonly<Record<string, number>> = { '8 2 0 0 0': 3, '8 6 0 0 0': 4 }

/** Reads a PNG of 8 bits a channel, with opacity or without, not interlaced. @throws Error for another kind */
export function readPixels(png: Buffer): Picture {
  const chunks = readChunks(png)
  const header = chunks.find(({ type }) => type === 'IHDR')?.data
  if (!header) throw new Error('This PNG has no header.')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const kind = [...header.subarray(8)].join(' ')
  const channels = kinds[kind]
  if (channels === undefined) throw new Error(`This PNG is of another kind: ${kind}.`)
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
  const bytes = unfilter(inflateSync(packed), width * channels, channels)
  const pixels = Array.from({ length: width * height }, (_, at) => {
    const [red = 0, green = 0, blue = 0, opacity = 255] = bytes.subarray(at * channels, (at + 1) * channels)
    return [red, green, blue, opacity] as const
  })
  return { width, height, pixels }
}

/** Undoes the filter of each row (PNG, third edition, chapter 9). */
function unfilter(filtered: Buffer, stride: number, channels: number): Buffer {
  const rows = filtered.length / (stride + 1)
  const bytes = Buffer.alloc(stride * rows)
  for (let row = 0; row < rows; row += 1) {
    const filter = filtered[row * (stride + 1)] ?? 0
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column
      const left = column < channels ? 0 : (bytes[at - channels] ?? 0)
      const up = row === 0 ? 0 : (bytes[at - stride] ?? 0)
      const corner = row === 0 || column < channels ? 0 : (bytes[at - stride - channels] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]
      if (guess === undefined) throw new Error(`This PNG has a filter ${filter}, which there is not.`)
      bytes[at] = ((filtered[row * (stride + 1) + 1 + column] ?? 0) + guess) & 0xff
    }
  }
  return bytes
}

/** Of the three, the one that is nearest to left + up - corner. */
function paeth(left: number, up: number, corner: number): number {
  const target = left + up - corner
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(target - value)) as [
    number,
    number,
    number,
  ]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
