import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser } from '../tests/playground/playground.ts'
import { withDrawingNote } from './drawing-note.ts'

// Makes the PNG files from the drawings: `node_modules/.bin/node manifest/draw-icons.ts`. Needs the tools of development.

/** Width and height in pixels, as Teams wants them. */
const icons = { color: 192, outline: 32 }

const folder = join(import.meta.dirname, 'icons')
const browser = await openBrowser()
for (const [name, size] of Object.entries(icons)) {
  const svg = readFileSync(join(folder, `${name}.svg`), 'utf8')
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`)
  const png = await page.screenshot({ omitBackground: true })
  writeFileSync(join(folder, `${name}.png`), withDrawingNote(png, svg))
  await page.close()
}
await browser.close()
