import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { makeGuide } from '../../src/wiring/make-guide.ts'
import { startPage } from '../channels/page-under-test.ts'
import { openBrowser } from '../playground/playground.ts'
import { project } from '../real-project.ts'
import { texts } from '../real-world.ts'
import { showState, states } from './show-state.ts'

/** Takes a picture of every kind of page in every look: `node tests/page/take-pictures.ts FOLDER [STATE]`. */
const [folder = 'page-pictures', wanted] = process.argv.slice(2)
const looks = [320, 768, 1280].flatMap((width) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    (['nl', 'rtl'] as const).map((direction) => ({ width, scheme, direction })),
  ),
)

const mirrored = JSON.parse(JSON.stringify(texts.texts), (key, value) =>
  key === 'direction' ? 'rtl' : value,
)
const [pages, other] = [
  await startPage({ guide: makeGuide(project, texts) }),
  await startPage({ guide: makeGuide(project, { ...texts, texts: mirrored }) }),
]
const browser = await openBrowser()
mkdirSync(folder, { recursive: true })
for (const { width, scheme, direction } of looks) {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme: scheme,
    javaScriptEnabled: false,
  })
  for (const state of states.filter((each) => wanted === undefined || each === wanted)) {
    const page = await context.newPage()
    const [address, locale] =
      direction === 'rtl' ? [other.address, 'en' as const] : [pages.address, 'nl' as const]
    await showState(page, address, locale, state)
    const path = join(folder, `${state}-${width}-${scheme}-${direction}.png`)
    await page.screenshot({ path, fullPage: true })
    await page.close()
  }
  await context.close()
}
await browser.close()
await pages.close()
await other.close()
