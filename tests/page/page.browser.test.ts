import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeGuide } from '../../src/wiring/make-guide.ts'
import { type PageUnderTest, startPage } from '../channels/page-under-test.ts'
import { openBrowser } from '../playground/playground.ts'
import { project } from '../real-project.ts'
import { texts } from '../real-world.ts'
import { showState, states, toNext } from './show-state.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let pages: PageUnderTest
/** The same, with the English words from right to left. */
let mirrored: PageUnderTest

beforeAll(async () => {
  browser = await openBrowser()
  pages = await startPage({ guide: makeGuide(project, texts) })
  const words = JSON.parse(JSON.stringify(texts.texts), (key, value) => (key === 'direction' ? 'rtl' : value))
  mirrored = await startPage({ guide: makeGuide(project, { ...texts, texts: words }) })
}, 60_000)

afterAll(async () => {
  await browser.close()
  await pages.close()
  await mirrored.close()
})

async function withPage<T>(
  options: BrowserContextOptions,
  use: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options)
  try {
    return await use(await context.newPage(), context)
  } finally {
    await context.close()
  }
}

type Problem = { id: string; targets: string[] }

/** What axe-core finds against WCAG 2.2, levels A and AA. */
async function problemsOn(page: Page): Promise<readonly Problem[]> {
  await page.evaluate(axe)
  return page.evaluate(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ html }) => html) })))`)
}

const looks = [
  { name: 'Dutch, dark, on a small phone', locale: 'nl', mirror: false, scheme: 'dark', width: 320 },
  { name: 'English, light, on a large screen', locale: 'en', mirror: false, scheme: 'light', width: 1280 },
  { name: 'from right to left, light', locale: 'en', mirror: true, scheme: 'light', width: 320 },
] as const

const laidOut: ReadonlySet<string> = new Set([
  'start',
  'question',
  'many',
  'notice',
  'advice',
  'change',
  'wiped',
])

describe.each(looks)('$name', ({ locale, mirror, scheme, width }) => {
  // Every state in one look; in the others those that are laid out in a way of their own.
  const seen = scheme === 'dark' ? states : states.filter((state) => laidOut.has(state))
  test.each(seen)('axe-core finds nothing, all fits, and all can be pressed: %s', async (state) => {
    await withPage({ viewport: { width, height: 700 }, colorScheme: scheme }, async (page) => {
      await showState(page, mirror ? mirrored.address : pages.address, locale, state)
      expect(await page.locator('html').getAttribute('dir')).toBe(mirror ? 'rtl' : 'ltr')
      expect(await problemsOn(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      for (const control of await page.locator('button, .exit, .again, .press, .language, summary').all()) {
        const box = await control.boundingBox()
        expect(box?.height, await control.innerText()).toBeGreaterThanOrEqual(44)
        expect(box?.width, await control.innerText()).toBeGreaterThanOrEqual(44)
      }
    })
  })
})

describe('without script', () => {
  const noScript = { javaScriptEnabled: false, viewport: { width: 320, height: 700 } }

  test('a client comes from the start to the advice, changes an answer, and leaves quickly', async () => {
    await withPage(noScript, async (page) => {
      await showState(page, pages.address, 'nl', 'advice')
      expect(new URL(page.url()).pathname).toBe('/wijzer/pluzorg')
      expect(new URL(page.url()).search).toBe('')
      await toNext(page, () => page.locator('button[name="change"][value="wish"]').click())
      expect(await page.locator('h1').innerText()).toBe('Wat wil je het liefst?')
      await page.route(/knmi/, (route) => {
        expect(route.request().headers().referer).toBeUndefined()
        return route.fulfill({ body: 'het weer' })
      })
      await toNext(page, () => page.locator('.exit').click())
      expect(await page.innerText('body')).toBe('het weer')
    })
  })

  test('all can be done with the keyboard, in the order in which it is read', async () => {
    await withPage(noScript, async (page) => {
      await page.goto(`${pages.address}/wijzer/pluzorg`)
      const focused = () => page.locator(':focus').innerText()
      await page.keyboard.press('Tab')
      expect(await focused()).toBe('Sla het begin over')
      expect(await page.locator(':focus').boundingBox()).toMatchObject({ y: expect.closeTo(9, -1) })
      await page.keyboard.press('Tab')
      expect(await focused()).toBe('Sluit snel')
      await page.keyboard.press('Tab')
      expect(await focused()).toBe('Makkelijk Nederlands')
      while ((await focused()) !== 'Een klacht indienen') await page.keyboard.press('Tab')
      await toNext(page, () => page.keyboard.press('Enter'))
      expect(await page.locator('h1').innerText()).toBe('Waar gaat het over?')
      await page.locator('textarea').focus()
      await page.keyboard.type('jeugdzorg')
      await page.keyboard.press('Tab')
      await toNext(page, () => page.keyboard.press('Enter'))
      expect(await page.innerText('.told')).toContain('Hulp voor een kind of jongere')
    })
  })

  test('what has the focus is never hidden under the top of the page', async () => {
    await withPage(noScript, async (page) => {
      await showState(page, pages.address, 'nl', 'advice')
      const bar = await page.locator('.bar').boundingBox()
      for (let count = 0; count < 60; count += 1) await page.keyboard.press('Tab')
      for (let count = 0; count < 40; count += 1) {
        await page.keyboard.press('Shift+Tab')
        const focus = page.locator('main :focus')
        if ((await focus.count()) === 0) continue
        const box = await focus.boundingBox()
        expect(box?.y).toBeGreaterThanOrEqual((bar?.height ?? 0) - 1)
      }
    })
  })
})

describe('on paper', () => {
  test('the advice stands alone, with its numbers, its sources and its day', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await showState(page, pages.address, 'nl', 'advice')
      const sources = await page.locator('.sources p').first().innerText()
      await page.emulateMedia({ media: 'print' })
      for (const gone of [
        '.exit',
        '.skip',
        'form',
        '.told',
        '.more',
        'footer',
        '.languages',
        'button',
        'summary',
        '.note',
      ]) {
        for (const each of await page.locator(gone).all()) expect(await each.isVisible(), gone).toBe(false)
      }
      expect(await page.locator('h1').isVisible()).toBe(true)
      expect(await page.locator('.made').isVisible()).toBe(true)
      const box = await page.locator('.sources p').first().boundingBox()
      expect(box?.height).toBeGreaterThan(10)
      expect(sources).toBeDefined()
    })
  })
})

describe('script in words and knowledge', () => {
  const evil = `<img src=x onerror="globalThis.hit=1">'"</textarea></title><script>globalThis.hit=1</script>`

  test.each([
    ['with the policy of the page', false],
    ['and without it, for browsers that know none', true],
  ])('never runs, %s', async (_, bypassCSP) => {
    const poison = <T>(value: T, keys: (key: string) => boolean): T =>
      JSON.parse(JSON.stringify(value), (key, inner) =>
        typeof inner === 'string' && keys(key) ? `${inner}${evil}` : inner,
      )
    const poisoned = poison(project, (key) => ['name', 'title', 'value', 'label'].includes(key))
    const words = poison(texts.texts, (key) => key !== 'direction' && key !== 'exitUrl')
    const own = await startPage({ guide: makeGuide(poisoned, { ...texts, texts: words }) })
    try {
      await withPage({ bypassCSP }, async (page) => {
        const dialogs: string[] = []
        page.on('dialog', (dialog) => dialogs.push(dialog.message()))
        for (const state of states) {
          await showState(page, own.address, 'nl', state)
          await page.evaluate('new Promise((done) => setTimeout(done, 20))')
          expect(await page.evaluate('globalThis.hit'), state).toBeUndefined()
          expect(await page.locator('img, script').count(), state).toBe(0)
        }
        await page.goto(`${own.address}/wijzer/${encodeURIComponent(evil)}?taal=${encodeURIComponent(evil)}`)
        await page.fill('textarea', evil)
        await toNext(page, () => page.click('.send'))
        expect(await page.evaluate('globalThis.hit')).toBeUndefined()
        expect(dialogs).toEqual([])
      })
    } finally {
      await own.close()
    }
  })
})

test('a page of ours is in no frame of another', async () => {
  await withPage({}, async (page) => {
    await page.route('http://elders.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<iframe src="${pages.address}/wijzer"></iframe>` }),
    )
    await page.goto('http://elders.example/')
    const [, frame] = page.frames()
    expect(await frame?.locator('h1').count()).toBe(0)
  })
})
