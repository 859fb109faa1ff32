import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadWidget } from '../../src/wiring/load-widget.ts'
import { makeGuide } from '../../src/wiring/make-guide.ts'
import { type DirectLineUnderTest, startDirectLine } from '../channels/direct-line/direct-line-under-test.ts'
import { openBrowser } from '../playground/playground.ts'
import { project, root } from '../real-project.ts'
import { texts } from '../real-world.ts'
import { openChat, press, say, toAdvice } from './show-chat.ts'
import { embeddings, startWidget } from './widget-under-test.ts'
import { withChatPage } from './with-chat-page.ts'

let browser: Browser
let chats: DirectLineUnderTest

beforeAll(async () => {
  browser = await openBrowser()
  chats = await startWidget()
}, 60_000)

afterAll(async () => {
  await browser.close()
  await chats.close()
})

const withPage = (use: (page: Page, context: BrowserContext) => Promise<void>) => withChatPage(browser, use)

/** The conversation of a request to Direct Line. */
const conversationIn = (url: string) => /conversations\/([^/]+)/.exec(url)?.[1] ?? ''

describe('the quick exit', () => {
  test('leaves nothing of a first message whose answer is not there yet', async () => {
    await withPage(async (page) => {
      await openChat(page, chats.address)
      let taken = (_conversation: string) => {}
      const isTaken = new Promise<string>((resolve) => {
        taken = resolve
      })
      // The server has it, and the browser does not know.
      await page.route(
        '**/activities',
        async (route) => {
          await route.fetch()
          taken(conversationIn(route.request().url()))
        },
        { times: 1 },
      )
      await page.locator('[value=complaint]').click()
      const conversation = await isTaken
      expect(await chats.kept(conversation)).toBeDefined()
      await page.locator('.exit').click()
      await expect.poll(() => chats.kept(conversation)).toBeUndefined()
    })
  })

  test('leaves nothing of another conversation in another tab, which is wiped with it', async () => {
    await withPage(async (page, context) => {
      const other = await context.newPage()
      await openChat(page, chats.address)
      await openChat(other, chats.address)
      const posted = other.waitForRequest(/activities$/)
      await press(other, 'complaint')
      const conversation = conversationIn((await posted).url())
      await press(page, 'talk')
      expect(await chats.kept(conversation)).toBeDefined()
      await page.locator('.exit').click()
      await other.locator('.wiped').waitFor()
      await expect.poll(() => chats.kept(conversation)).toBeUndefined()
    })
  })
})

describe('script', () => {
  const evil = '<img src=x onerror="hit()">\'"</script><script>hit()</script><a href="javascript:hit()">x</a>'

  /** What of it became more than text. */
  const live = (page: Page) =>
    page
      .locator('#chat img, #chat script:not([type]), #chat [onerror], #chat [href^="javascript:" i]')
      .count()

  test('in what a client types is text, also after the page was loaded anew', async () => {
    await withPage(async (page) => {
      await openChat(page, chats.address)
      await say(page, evil)
      expect(await page.locator('.mine').innerText()).toContain(evil)
      await page.reload()
      await page.locator('.mine').waitFor()
      expect(await page.locator('.mine').innerText()).toContain(evil)
      expect(await live(page)).toBe(0)
    })
  })

  test('in the knowledge and in every text is text, from the greeting to the advice and in the menu', async () => {
    const poison = <T>(value: T, isText: (key: string) => boolean): T =>
      JSON.parse(JSON.stringify(value), (key, inner) =>
        typeof inner === 'string' && isText(key) ? `${inner} ${evil}` : inner,
      )
    const knowledge = poison(project, (key) => ['name', 'title', 'label', 'text', 'note'].includes(key))
    const words = poison(texts.texts, (key) => key !== 'direction' && key !== 'exitUrl')
    const own = await startDirectLine({
      guide: makeGuide(knowledge, { ...texts, texts: words }),
      moment: new Date('2026-11-22T10:00:00Z'),
      settings: { embeddings: { ...embeddings, pluzorg: { origins: [], name: evil } } },
      server: { widget: await loadWidget(root) },
    })
    await withPage(async (page) => {
      await page.addInitScript('window.hit = () => { window.isHit = true }')
      await openChat(page, own.address)
      await toAdvice(page)
      await page.locator('.menu-button').click()
      await page.locator('#menu').waitFor()
      expect(await page.locator('.advice').innerText()).toContain('<img src=x')
      expect(await page.locator('.name').innerText()).toContain('<img src=x')
      expect(await live(page)).toBe(0)
      expect(await page.evaluate('window.isHit')).toBeUndefined()
    })
    await own.close()
  })
})

test('one address cannot have pages made without end', async () => {
  const own = await startWidget({ server: { turnsPerMinute: 1 } })
  const statuses: number[] = []
  for (let count = 0; count < 6; count += 1)
    statuses.push((await fetch(`${own.address}/embed/pluzorg`)).status)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
  expect((await fetch(`${own.address}/widget.js`)).status).toBe(200)
  await own.close()
})
