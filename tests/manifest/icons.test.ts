import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { hashDrawing, readDrawingNote, withDrawingNote } from '../../manifest/drawing-note.ts'
import { readChunks, writeChunks } from '../../manifest/png-chunks.ts'
import { accentColor } from '../../src/wiring/make-manifest.ts'
import { root } from '../real-project.ts'
import { readPixels } from './read-pixels.ts'

const folder = join(root, 'manifest/icons')
const pngOf = (name: string) => readFileSync(join(folder, `${name}.png`))
const svgOf = (name: string) => readFileSync(join(folder, `${name}.svg`), 'utf8')

type Pixel = readonly [number, number, number, number]

const hexOf = ([red, green, blue]: Pixel) =>
  `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`

/** How light a colour is, and how two colours contrast: WCAG 2.2, relative luminance and contrast ratio. */
function luminance(pixel: Pixel): number {
  const [red = 0, green = 0, blue = 0] = pixel.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (light: Pixel, dark: Pixel) => (luminance(light) + 0.05) / (luminance(dark) + 0.05)

describe('the colour icon', () => {
  const { width, height, pixels } = readPixels(pngOf('color'))
  const [corner] = pixels

  test('is 192 by 192 pixels, coloured to the edge', () => {
    expect([width, height]).toEqual([192, 192])
    expect(pixels.filter(([, , , opacity]) => opacity !== 255)).toEqual([])
  })

  test('keeps its symbol within the 120 by 120 pixels that Teams never cuts off', () => {
    const outside = pixels.filter((pixel, at) => {
      const [column, row] = [at % width, Math.floor(at / width)]
      const isInside = Math.min(column, row) >= 36 && Math.max(column, row) < 156
      return !isInside && hexOf(pixel) !== hexOf(corner as Pixel)
    })
    expect(outside).toEqual([])
  })

  test('has the accent colour of the app behind it, on which white can be seen well', () => {
    expect(hexOf(corner as Pixel)).toBe(accentColor)
    expect(contrast([255, 255, 255, 255], corner as Pixel)).toBeGreaterThan(4.5)
  })
})

describe('the outline icon', () => {
  const { width, height, pixels } = readPixels(pngOf('outline'))

  test('is 32 by 32 pixels, white or nothing', () => {
    expect([width, height]).toEqual([32, 32])
    const seen = pixels.filter(([, , , opacity]) => opacity > 0)
    expect([...new Set(seen.map(hexOf))]).toEqual(['#ffffff'])
    expect(seen.length).toBeGreaterThan(200)
    expect(pixels.length - seen.length).toBeGreaterThan(200)
  })

  test('fills its square', () => {
    const rows = pixels.flatMap(([, , , opacity], at) => (opacity > 0 ? [Math.floor(at / width)] : []))
    const columns = pixels.flatMap(([, , , opacity], at) => (opacity > 0 ? [at % width] : []))
    expect(Math.max(...columns) - Math.min(...columns)).toBeGreaterThan(26)
    expect(Math.max(...rows) - Math.min(...rows)).toBeGreaterThan(26)
  })
})

describe('a picture', () => {
  test.each(['color', 'outline'])('%s is made from the drawing as it is now', (name) => {
    const message = 'Draw it anew: node_modules/.bin/node manifest/draw-icons.ts'
    expect(readDrawingNote(pngOf(name)), message).toBe(hashDrawing(svgOf(name)))
  })

  test('tells which drawing it was made from, and no more', () => {
    const png = withDrawingNote(pngOf('outline'), '<svg/>\n')
    expect(readDrawingNote(png)).toBe(hashDrawing('<svg/>\r\n'))
    expect(
      readChunks(withDrawingNote(png, '<svg></svg>')).filter(({ type }) => type === 'tEXt'),
    ).toHaveLength(1)
    expect(readPixels(png)).toEqual(readPixels(pngOf('outline')))
  })

  test('that is damaged is not read', () => {
    const png = pngOf('outline')
    png[40] = (png[40] ?? 0) ^ 1
    expect(() => readChunks(png)).toThrow('damaged')
    expect(() => readChunks(Buffer.from('<svg/>'))).toThrow('no PNG')
  })

  test('is read whatever the filter of its rows', () => {
    const rows = [
      [0, 10, 20, 30, 40, 50, 60, 70, 80],
      [1, 1, 2, 3, 4, 5, 6, 7, 8],
      [2, 1, 2, 3, 4, 5, 6, 7, 8],
      [3, 1, 2, 3, 4, 5, 6, 7, 8],
      [4, 1, 2, 3, 4, 5, 6, 7, 8],
    ]
    const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, rows.length, 8, 6, 0, 0, 0])
    const png = writeChunks([
      { type: 'IHDR', data: header },
      { type: 'IDAT', data: deflateSync(Buffer.from(rows.flat())) },
      { type: 'IEND', data: Buffer.alloc(0) },
    ])
    expect(readPixels(png).pixels).toEqual([
      [10, 20, 30, 40],
      [50, 60, 70, 80],
      [1, 2, 3, 4],
      [6, 8, 10, 12],
      [2, 4, 6, 8],
      [11, 14, 17, 20],
      [2, 4, 6, 8],
      [11, 15, 18, 22],
      [3, 6, 9, 12],
      [16, 21, 25, 30],
    ])
  })
})
