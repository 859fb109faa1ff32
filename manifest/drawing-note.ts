import { createHash } from 'node:crypto'
import { type Chunk, readChunks, writeChunks } from './png-chunks.ts'

const keyword = 'Drawing-SHA-256\0'

/** The PNG with a note of the drawing that it was made from; other notes are left out. */
export function withDrawingNote(png: Buffer, svg: string): Buffer {
  const picture = readChunks(png).filter(({ type }) => ['IHDR', 'PLTE', 'tRNS', 'IDAT'].includes(type))
  const note: Chunk = { type: 'tEXt', data: Buffer.from(`${keyword}${hashDrawing(svg)}`, 'latin1') }
  return writeChunks([...picture, note, { type: 'IEND', data: Buffer.alloc(0) }])
}

/** The hash of the drawing that a PNG was made from; undefined when the PNG does not say so. */
export function readDrawingNote(png: Buffer): string | undefined {
  const notes = readChunks(png)
    .filter(({ type }) => type === 'tEXt')
    .map(({ data }) => data.toString('latin1'))
  return notes.find((note) => note.startsWith(keyword))?.slice(keyword.length)
}

/** SHA-256 of a drawing, whatever the ends of its lines. */
export function hashDrawing(svg: string): string {
  return createHash('sha256').update(svg.replaceAll('\r\n', '\n')).digest('hex')
}
