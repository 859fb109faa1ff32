import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DirectLineUnderTest } from '../channels/direct-line/direct-line-under-test.ts'
import { openBrowser } from '../playground/playground.ts'
import { problemsOn, smallControlsOn } from './page-looks.ts'
import { chatStates, showChat } from './show-chat.ts'
import { startWidget } from './widget-under-test.ts'

let browser: Browser
let chats: DirectLineUnderTest
/** The same, with the English words from right to left. */
let mirrored: DirectLineUnderTest

beforeAll(async () => {
  browser = await openBrowser()
  chats = await startWidget()
  mirrored = await startWidget({ isMirrored: true })
}, 60_000)

afterAll(async () => {
  await browser.close()
  await chats.close()
  await mirrored.close()
})

async function withPage(options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  try {
    await use(await context.newPage())
  } finally {
    await context.close()
  }
}

const looks = [
  {
    name: 'Dutch, dark, on a small phone',
    locale: 'nl',
    mirror: false,
    scheme: 'dark',
    width: 320,
    states: chatStates,
  },
  {
    name: 'English, light, from right to left',
    locale: 'en',
    mirror: true,
    scheme: 'light',
    width: 768,
    states: ['start', 'question', 'notice', 'advice', 'menu', 'offline', 'wiped'],
  },
] as const

describe.each(looks)('$name', ({ locale, mirror, scheme, width, states }) => {
  const viewport = { width, height: 640 }
  const addressOf = () => (mirror ? mirrored.address : chats.address)

  test.each(states)('axe-core finds nothing, all fits, and all can be pressed: %s', async (state) => {
    await withPage({ viewport, colorScheme: scheme }, async (page) => {
      await showChat(page, addressOf(), locale, state)
      expect(await page.locator('html').getAttribute('dir')).toBe(mirror ? 'rtl' : 'ltr')
      expect(await problemsOn(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(await smallControlsOn(page)).toEqual([])
    })
  })

  test('the demonstration page and the chat on it too', async () => {
    await withPage({ viewport, colorScheme: scheme }, async (page) => {
      await page.goto(`${addressOf()}/?taal=${locale}`)
      await page.locator('.b').waitFor()
      expect(await problemsOn(page)).toEqual([])
      await page.locator('.b').click()
      const frame = page.frameLocator('iframe')
      await frame.locator('[value=complaint]').waitFor()
      expect(await problemsOn(page)).toEqual([])
      const [, inner] = page.frames()
      if (inner === undefined) throw new Error('there is no frame')
      expect(await problemsOn(inner)).toEqual([])
      expect(await smallControlsOn(inner)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    })
  })
})

test('at four times the size nothing is cut off, and nothing stays before what is read', async () => {
  await withPage({ viewport: { width: 320, height: 256 } }, async (page) => {
    await showChat(page, chats.address, 'nl', 'question')
    await page.locator('[value=wmo]').scrollIntoViewIfNeeded()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    const position = (selector: string) =>
      page.locator(selector).evaluate((element) => {
        const { getComputedStyle } = globalThis as unknown as {
          getComputedStyle(of: unknown): { position: string }
        }
        return getComputedStyle(element).position
      })
    expect(await position('.foot')).toBe('static')
    expect(await position('.top')).toBe('static')
  })
})

test('the largest letters fit on a small phone', async () => {
  await withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
    await showChat(page, chats.address, 'nl', 'menu')
    await page.locator('.size-2').click()
    await page.locator('.menu .send').click()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
    await page.reload()
    await page.locator('html[data-size="2"]').waitFor()
  })
})

test('where colours are taken away, a pressed button can be told from others by its border', async () => {
  await withPage({ forcedColors: 'active' }, async (page) => {
    await showChat(page, chats.address, 'nl', 'menu')
    const widths = await page
      .locator('.size-0, .size-1')
      .evaluateAll((buttons) =>
        buttons.map(
          (button) =>
            (
              globalThis as unknown as { getComputedStyle(of: unknown): { borderTopWidth: string } }
            ).getComputedStyle(button).borderTopWidth,
        ),
      )
    expect(widths).toEqual(['3px', '2px'])
  })
})
