import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser } from '../playground/playground.ts'
import { chatStates, showChat } from './show-chat.ts'
import { startWidget } from './widget-under-test.ts'

/**
 * Takes a picture of every state of the chat and of the demonstration page, in every look:
 * `node tests/widget/take-pictures.ts FOLDER [STATE]`. One in a window, and one of all there is.
 */
const [folder = 'chat-pictures', wanted] = process.argv.slice(2)
const looks = [320, 768, 1280].flatMap((width) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    (['nl', 'rtl'] as const).map((direction) => ({ width, scheme, direction })),
  ),
)
const [chats, mirrored] = [await startWidget(), await startWidget({ isMirrored: true })]
const browser = await openBrowser()
mkdirSync(folder, { recursive: true })

for (const { width, scheme, direction } of looks) {
  const [address, locale] =
    direction === 'rtl' ? [mirrored.address, 'en' as const] : [chats.address, 'nl' as const]
  for (const state of [...chatStates, 'demo', 'demo-open', 'forced'] as const) {
    if (wanted !== undefined && state !== wanted) continue
    const context = await browser.newContext({
      viewport: { width, height: width < 500 ? 640 : 800 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
      ...(state === 'forced' && { forcedColors: 'active' as const }),
    })
    const page = await context.newPage()
    if (state === 'demo' || state === 'demo-open') {
      await page.goto(`${address}/?taal=${locale}&organisation=zorgkracht12`)
      await page.locator('.b').waitFor()
      if (state === 'demo-open') {
        await page.locator('.b').click()
        await page.frameLocator('iframe').locator('[value=complaint]').waitFor()
      }
    } else await showChat(page, address, locale, state === 'forced' ? 'advice' : state)
    const path = join(folder, `${state}-${width}-${scheme}-${direction}`)
    await page.screenshot({ path: `${path}.png` })
    await takeWhole(page, `${path}-whole.png`)
    await context.close()
  }
}
await browser.close()
await chats.close()
await mirrored.close()

/** What stays at the foot of the window would else stand in the middle of the picture. */
async function takeWhole(page: Page, path: string): Promise<void> {
  const height = (await page.evaluate('document.documentElement.scrollHeight')) as number
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height: Math.min(height, 8000) })
  await page.screenshot({ path })
}
