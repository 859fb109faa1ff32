import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'

/** A page of its own for one use, which may hold no fault of a script at its end. */
export async function withChatPage(
  browser: Browser,
  use: (page: Page, context: BrowserContext) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'nl-NL', ...options })
  // Nothing outside is asked for: the neutral page is answered here.
  await context.route(/knmi/, (route) => route.fulfill({ contentType: 'text/html', body: 'het weer' }))
  try {
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    await use(page, context)
    expect(faults).toEqual([])
  } finally {
    await context.close()
  }
}
