import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEmbedding } from '../../src/wiring/read-embedding.ts'
import type { DirectLineUnderTest } from '../channels/direct-line/direct-line-under-test.ts'
import { openBrowser } from '../playground/playground.ts'
import { root } from '../real-project.ts'
import { answered, openChat, press, say, showChat, toAdvice } from './show-chat.ts'
import { startWidget } from './widget-under-test.ts'
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

const withPage = (
  use: (page: Page, context: BrowserContext) => Promise<void>,
  options?: BrowserContextOptions,
) => withChatPage(browser, use, options)

/** What was said, line by line: mine with `>`. */
async function saidOn(page: Page): Promise<string[]> {
  const entries = page.locator('.log > li')
  return entries.evaluateAll((found) =>
    found.map((each) => {
      const { className, textContent } = each as unknown as { className: string; textContent: string }
      return className === 'me' ? `> ${textContent.replace(/^\w+: /, '')}` : textContent
    }),
  )
}

const mine = async (page: Page) => (await saidOn(page)).filter((line) => line.startsWith('> '))
const asked = (page: Page) => page.locator('#asked').innerText()
const focused = (page: Page) => page.locator(':focus').innerText()

describe('a whole conversation', () => {
  test('by mouse: from the greeting to an advice with a number to call', async () => {
    await withPage(async (page) => {
      await openChat(page, chats.address)
      expect(await page.locator('.log a[href^="tel:"]').first().getAttribute('href')).toBe('tel:+31854874012')
      await press(page, 'talk')
      await toAdvice(page)
      expect(await page.locator('.advice h2').innerText()).toMatch(/^Hier kun je heen: /)
      expect(await page.locator('.advice .reach .press').first().getAttribute('href')).toMatch(
        /^(tel|mailto):/,
      )
      await page.locator('.advice .sources summary').click()
      expect(await page.locator('.advice .sources p').first().innerText()).toMatch(/^Dit staat in: /)
    })
  })

  test('with the keyboard alone: the next Tab after a question is its first choice, and a digit chooses', async () => {
    await withPage(async (page) => {
      await openChat(page, chats.address)
      do await page.keyboard.press('Tab')
      while (!(await focused(page)).startsWith('Gewoon met iemand praten'))
      expect(await page.locator('.digit').nth(1).isVisible()).toBe(true)
      await answered(page, () => page.keyboard.press('2'))
      expect(await mine(page)).toEqual(['> Een klacht indienen'])
      expect(await focused(page)).toMatch(/^Waar gaat het over\?/)
      await page.keyboard.press('Tab')
      expect(await focused(page)).toMatch(/^Hulp voor een kind of jongere/)
      await answered(page, () => page.keyboard.press('Enter'))
      while ((await page.locator('.advice').count()) === 0) {
        await page.keyboard.press('Tab')
        await answered(page, () => page.keyboard.press('Space'))
      }
      expect(await focused(page)).toMatch(/^Hier kun je heen/)
    })
  })

  test('by typing: a digit in the box is a digit, Enter sends, and typing goes on from the question', async () => {
    await withPage(async (page) => {
      await openChat(page, chats.address)
      await page.locator('#text').focus()
      await page.keyboard.type('2')
      expect(await page.inputValue('#text')).toBe('2')
      expect(await mine(page)).toEqual([])
      await answered(page, () => page.keyboard.press('Enter'))
      expect(await asked(page)).toMatch(/^Waar gaat het over\?/)
      expect(await page.inputValue('#text')).toBe('')
      await page.keyboard.type('jeugdzorg')
      expect(await page.inputValue('#text')).toBe('jeugdzorg')
      await answered(page, () => page.keyboard.press('Enter'))
      await toAdvice(page)
      expect(await page.locator('.advice').count()).toBe(1)
    })
  })
})

describe('the demonstration page', () => {
  test('lets somebody of each organisation that is built in reach an advice', async () => {
    const own = await startWidget({ embeddings: readEmbedding(root) })
    await withPage(async (page) => {
      await page.goto(own.address)
      const addresses = await page
        .locator('.choose a')
        .evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href))
      expect(addresses).toHaveLength(5)
      for (const address of addresses) {
        await page.goto(address)
        const organisation = new URL(address).searchParams.get('organisation')
        expect(await page.locator('#snippet').innerText()).toBe(
          `<script src="${own.address}/widget.js" data-organisation="${organisation}" async></script>`,
        )
        await page.locator('.b').click()
        const chat = page.frames()[1] ?? (await page.waitForEvent('frameattached'))
        await chat.locator('html[data-size]').waitFor()
        for (let turn = 2; (await chat.locator('.advice').count()) === 0; turn += 1) {
          await chat.locator('.question [value=unknown], .question [value=talk]').first().click()
          await chat.locator(`main[data-turn="${turn}"]`).waitFor()
        }
        expect(await chat.locator('.advice h2').innerText()).toMatch(/^Hier kun je heen: /)
      }
    })
    await own.close()
  })

  test('copies the line', async () => {
    await withPage(
      async (page) => {
        await page.goto(`${chats.address}/?organisation=pluspunt`)
        await page.locator('#copy').click()
        expect(await page.locator('#copied').innerText()).toBe('Gekopieerd')
        expect(await page.evaluate('navigator.clipboard.readText()')).toContain(
          'data-organisation="pluspunt"',
        )
      },
      { permissions: ['clipboard-read', 'clipboard-write'], locale: 'nl-NL' },
    )
  })
})

test('an answer that is pressed before the program is there goes on on the page without script', async () => {
  await withPage(
    async (page) => {
      await page.goto(`${chats.address}/chat/pluzorg?taal=nl`)
      expect(await page.locator('noscript a').count()).toBe(1)
      await page.locator('.question [value=complaint]').click()
      await page.waitForURL(/\/wijzer\/pluzorg$/)
      expect(await page.locator('h1').innerText()).toBe('Waar gaat het over?')
    },
    { javaScriptEnabled: false },
  )
})

describe('a screen reader', () => {
  test('hears what is said once, and the question with the number of choices by its focus', async () => {
    await withPage(async (page) => {
      await openChat(page, chats.address)
      await say(page, 'qwrtp')
      const spoken = await page.locator('#spoken').innerText()
      expect(spoken).toMatch(/^Ik begreep je niet helemaal/)
      expect(spoken).not.toContain('Wat wil je het liefst')
      expect(await page.locator(':focus').textContent()).toBe('Wat wil je het liefst? Aantal keuzes: 8.')
      await press(page, 'complaint')
      expect(await page.locator('#spoken').innerText()).toBe('')
    })
  })

  test('hears of danger at once', async () => {
    await withPage(async (page) => {
      await showChat(page, chats.address, 'nl', 'notice')
      expect(await page.locator('[role=alert]').innerText()).toContain('113')
      expect(await page.locator('#spoken').innerText()).not.toContain('113')
    })
  })

  test('reads the whole conversation in the language in which it is', async () => {
    await withPage(async (page) => {
      await openChat(page, chats.address)
      await press(page, 'complaint')
      await page.locator('.menu-button').click()
      await answered(page, () => page.locator('.menu [value=language-en]').click())
      expect(await page.locator('html').getAttribute('lang')).toBe('en')
      expect(await page.locator('.exit').innerText()).toBe('Quick exit')
    })
  })
})

describe('what goes wrong', () => {
  test('a page that is loaded anew goes on where it was, with what was being typed', async () => {
    await withPage(async (page) => {
      await openChat(page, chats.address)
      await press(page, 'complaint')
      await press(page, 'jeugdwet')
      const before = await saidOn(page)
      await page.fill('#text', 'half af')
      await page.reload()
      await page.locator('main[data-turn="3"]').waitFor()
      expect(await saidOn(page)).toEqual(before)
      expect(await page.inputValue('#text')).toBe('half af')
      await press(page, 'unknown')
    })
  })

  test('a server that is started anew in the middle loses nothing, and says nothing twice', async () => {
    const own = await startWidget()
    await withPage(async (page) => {
      await openChat(page, own.address)
      await press(page, 'complaint')
      await own.restart()
      await press(page, 'jeugdwet')
      await toAdvice(page)
      const said = await mine(page)
      expect(said.slice(0, 2)).toEqual([
        '> Een klacht indienen',
        '> Hulp voor een kind of jongere (Jeugdwet)',
      ])
      await page.reload()
      await page.locator('.advice').waitFor()
      expect(await mine(page)).toEqual(said)
    })
    await own.close()
  })

  test('a connection that is cut is told of, and what was typed is sent by itself, once', async () => {
    await withPage(async (page, context) => {
      await openChat(page, chats.address)
      await press(page, 'complaint')
      await context.setOffline(true)
      await page.fill('#text', 'jeugdzorg')
      await page.press('#text', 'Enter')
      await page.locator('.trouble').waitFor()
      expect(await page.locator('#alarm').innerText()).toMatch(/^Er is nu geen verbinding/)
      expect(await page.locator('.sending').count()).toBe(1)
      await answered(page, () => context.setOffline(false))
      expect(await page.locator('.trouble').count()).toBe(0)
      expect(await mine(page)).toEqual(['> Een klacht indienen', '> jeugdzorg'])
      await page.reload()
      await page.locator('main[data-turn="3"]').waitFor()
      expect(await mine(page)).toEqual(['> Een klacht indienen', '> jeugdzorg'])
    })
  })

  test('an answer that is lost on its way is fetched again', async () => {
    await withPage(async (page) => {
      await openChat(page, chats.address)
      let isLost = false
      await page.route('**/activities*', (route) => {
        if (route.request().method() !== 'GET' || isLost) return route.fallback()
        isLost = true
        return route.abort()
      })
      await press(page, 'complaint')
      expect(isLost).toBe(true)
      expect(await asked(page)).toMatch(/^Waar gaat het over/)
      await expect.poll(() => page.locator('.trouble').count()).toBe(0)
    })
  })

  test('what was typed without a connection is sent after the page was loaded anew', async () => {
    await withPage(async (page, context) => {
      await openChat(page, chats.address)
      await press(page, 'complaint')
      await page.route('**/activities', (route) => route.abort())
      await page.fill('#text', 'jeugdzorg')
      await page.press('#text', 'Enter')
      await page.locator('.trouble').waitFor()
      await page.unroute('**/activities')
      await page.reload()
      await page.locator('main[data-turn="3"]').waitFor()
      expect(await mine(page)).toEqual(['> Een klacht indienen', '> jeugdzorg'])
      expect(context.pages().length).toBe(1)
    })
  })

  test('without a WebSocket it asks for what is new', async () => {
    await withPage(async (page) => {
      await page.addInitScript('delete globalThis.WebSocket')
      await openChat(page, chats.address)
      await press(page, 'complaint')
      await press(page, 'jeugdwet')
      expect(await mine(page)).toHaveLength(2)
    })
  })

  test('where nothing can be kept it works all the same', async () => {
    await withPage(async (page) => {
      await page.addInitScript(
        `for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { get() { throw new Error('no') } })`,
      )
      await openChat(page, chats.address)
      await press(page, 'complaint')
      expect(await mine(page)).toHaveLength(1)
    })
  })
})

test('nobody is hurried: hours later the conversation goes on', async () => {
  const own = await startWidget()
  await withPage(async (page) => {
    await page.clock.install({ time: new Date('2026-11-22T10:00:00Z') })
    await openChat(page, own.address)
    await press(page, 'complaint')
    own.passMinutes(5 * 60)
    await page.clock.setSystemTime(new Date('2026-11-22T15:00:00Z'))
    await press(page, 'jeugdwet')
    expect(await mine(page)).toHaveLength(2)
    expect(await page.locator('.trouble').count()).toBe(0)
  })
  await own.close()
})

describe('a later visit', () => {
  test('goes on with the conversation only when the client says so', async () => {
    await withPage(async (page, context) => {
      await openChat(page, chats.address)
      await press(page, 'complaint')
      await page.close()
      const later = await context.newPage()
      await openChat(later, chats.address)
      expect(await asked(later)).toMatch(/^Je was hier eerder/)
      expect(await later.locator('body').innerText()).not.toContain('Een klacht indienen')
      await later.locator('[value=resume]').click()
      await later.locator('main[data-turn="2"]').waitFor()
      expect(await mine(later)).toEqual(['> Een klacht indienen'])
    })
  })

  test('or wipes it, and begins anew', async () => {
    await withPage(async (page, context) => {
      await openChat(page, chats.address)
      await press(page, 'complaint')
      const words = chats.stored()
      await page.close()
      const later = await context.newPage()
      await openChat(later, chats.address)
      await later.locator('[value=anew]').click()
      expect(await asked(later)).toMatch(/^Wat wil je het liefst/)
      await press(later, 'talk')
      expect(await mine(later)).toEqual(['> Gewoon met iemand praten'])
      expect(words).not.toBe(chats.stored())
    })
  })

  test('two tabs of one conversation say the same', async () => {
    await withPage(async (page, context) => {
      await openChat(page, chats.address)
      await press(page, 'complaint')
      const other = await context.newPage()
      await openChat(other, chats.address)
      await other.locator('[value=resume]').click()
      await other.locator('main[data-turn="2"]').waitFor()
      await other.locator('.question [value=jeugdwet]').click()
      await page.locator('main[data-turn="3"]').waitFor()
      expect(await saidOn(page)).toEqual(await saidOn(other))
      await press(page, 'forget')
      await other.locator('.wiped').waitFor()
    })
  })
})

describe('nothing stays', () => {
  const kept = (page: Page) =>
    page.evaluate('JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])')

  test('after "wis alles", in this browser', async () => {
    await withPage(async (page) => {
      await showChat(page, chats.address, 'nl', 'wiped')
      expect(await kept(page)).not.toContain('token')
      expect(await page.locator('.log').count()).toBe(0)
      await page.locator('.wiped .send').click()
      await page.locator('[value=complaint]').waitFor()
    })
  })

  test.each([
    ['the button', (page: Page) => page.locator('.exit').click()],
    [
      'Shift, three times',
      async (page: Page) => {
        for (const _ of 'iii') await page.keyboard.press('Shift')
      },
    ],
  ])('after the quick exit by %s: another page, and the conversation is ended', async (_, leave) => {
    await withPage(async (page, context) => {
      await openChat(page, chats.address)
      await press(page, 'complaint')
      const [ended] = await Promise.all([
        context.waitForEvent('request', (request) =>
          (request.postData() ?? '').includes('endOfConversation'),
        ),
        page.waitForURL(/knmi/),
        leave(page),
      ])
      expect(ended.headers().authorization).toMatch(/^Bearer /)
      await page.goBack().catch(() => {})
      await page.goto(`${chats.address}/chat/pluzorg`)
      await page.locator('html[data-size]').waitFor()
      expect(await kept(page)).not.toContain('token')
      expect(await asked(page)).toMatch(/^Wat wil je het liefst/)
    })
  })
})

describe('the advice can be taken along', () => {
  test('on paper: the advice alone, unfolded', async () => {
    await withPage(async (page) => {
      await showChat(page, chats.address, 'nl', 'advice')
      await page.emulateMedia({ media: 'print' })
      const [name, heading] = await Promise.all(
        ['.name', '.advice h2'].map((selector) => page.locator(selector).boundingBox()),
      )
      expect((name?.y ?? 0) + (name?.height ?? 0)).toBeLessThanOrEqual(heading?.y ?? 0)
      expect((await page.locator('.advice .sources p').first().boundingBox())?.height).toBeGreaterThan(10)
      for (const gone of [
        '.exit',
        '.foot',
        '.always',
        '.keep',
        '.me',
        '.said',
        '.asked',
        'button',
        'summary',
      ]) {
        for (const each of await page.locator(gone).all()) expect(await each.isVisible(), gone).toBe(false)
      }
    })
  })

  test('with the button of the chat, which prints', async () => {
    await withPage(async (page) => {
      await page.addInitScript('globalThis.print = () => { globalThis.printed = true }')
      await showChat(page, chats.address, 'nl', 'advice')
      await page.locator('.keep .print').click()
      expect(await page.evaluate('globalThis.printed')).toBe(true)
    })
  })

  test('its days go to a calendar', async () => {
    await withPage(async (page) => {
      await showChat(page, chats.address, 'nl', 'dates')
      const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.keep .dates').click()])
      expect(file.suggestedFilename()).toBe('dagen.ics')
      const chunks = await (await file.createReadStream()).toArray()
      const text = Buffer.concat(chunks as Buffer[]).toString()
      expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2.0\r\n/)
      expect(text).toMatch(/DTSTART;VALUE=DATE:20261222\r\n/)
      expect(text).toMatch(/DTSTAMP:\d{8}T\d{6}Z\r\n/)
    })
  })
})

test('reads aloud what is asked, in its language, and all of it on request', async () => {
  await withPage(async (page) => {
    await page.addInitScript(`
      globalThis.spoken = []
      globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
      Object.defineProperty(globalThis, 'speechSynthesis', { value: {
        speak(utterance) { globalThis.spoken.push([utterance.lang, utterance.text]) }, cancel() {} } })`)
    await openChat(page, chats.address)
    await page.locator('.question .aloud').click()
    expect(await page.evaluate('globalThis.spoken[0][0]')).toBe('nl')
    expect(await page.evaluate('globalThis.spoken[0][1]')).toContain('Gewoon met iemand praten')
    expect(await page.locator('.question .aloud').innerText()).toBe('Stop met voorlezen')
    await page.locator('.menu-button').click()
    await page.locator('.menu').getByText('Aan', { exact: true }).click()
    await page.locator('.menu .send').click()
    await press(page, 'complaint')
    expect(await page.evaluate('globalThis.spoken.at(-1)[1]')).toContain('Waar gaat het over?')
  })
})

describe('on a page elsewhere', () => {
  let site: Server
  let siteAddress: string
  let snippet = ''

  beforeAll(async () => {
    site = createServer((_request, response) =>
      response
        .setHeader('Content-Type', 'text/html')
        // A strict policy of the site itself, as some have.
        .setHeader(
          'Content-Security-Policy',
          `script-src ${chats.address}; style-src 'none'; frame-src ${chats.address}`,
        )
        .end(`<!doctype html><html lang="nl"><title>Elders</title><h1>Elders</h1><p>tekst</p>${snippet}`),
    )
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    siteAddress = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  })

  afterAll(() => new Promise((resolve) => site.close(resolve)))

  const paste = (organisation: string | undefined, address = chats.address) => {
    snippet = `<script src="${address}/widget.js"${organisation === undefined ? '' : ` data-organisation="${organisation}"`} async></script>`
  }

  test('one line gives a button, which loads nothing until it is pressed, and a whole conversation', async () => {
    paste('pluzorg')
    await withPage(async (page) => {
      const asked: string[] = []
      page.on('request', (request) => asked.push(new URL(request.url()).pathname))
      await page.goto(siteAddress)
      await page.locator('.b').waitFor()
      expect(asked.filter((path) => path !== '/' && path !== '/favicon.ico')).toEqual(['/widget.js'])
      await page.locator('.b').click()
      const chat = page.frameLocator('iframe')
      await chat.locator('html[data-size]').waitFor()
      await chat.locator('[value=complaint]').click()
      await chat.locator('[value=jeugdwet]').click()
      await chat.locator('main[data-turn="3"]').waitFor()
      await chat.locator('.question [value=unknown]').click()
      await chat.locator('.advice').waitFor()
    })
  })

  test('Escape closes it, in the chat and beside it, and the focus returns to the button', async () => {
    paste('pluzorg')
    await withPage(async (page) => {
      await page.goto(siteAddress)
      await page.locator('.b').click()
      const chat = page.frameLocator('iframe')
      await chat.locator('html[data-size]').waitFor()
      expect(await chat.locator(':focus').innerText()).toMatch(/^Hallo/)
      await chat.locator('[value=complaint]').click()
      await chat.locator('main[data-turn="2"]').waitFor()
      await chat.locator('#text').focus()
      await page.keyboard.press('Escape')
      await page.locator('.b').waitFor()
      expect(await page.locator('iframe').isVisible()).toBe(false)
      expect(await page.locator('.b:focus').innerText()).toBe('Klacht of verhaal?')
      await page.keyboard.press('Enter')
      await expect.poll(() => chat.locator(':focus').innerText()).toMatch(/^Waar gaat het over/)
      await chat.locator('.menu-button').click()
      await page.keyboard.press('Escape')
      expect(await page.locator('iframe').isVisible()).toBe(true)
      expect(await chat.locator('.menu').count()).toBe(0)
    })
  })

  test.each(['in the chat', 'on the page around it'])(
    'the quick exit leaves the whole page: %s',
    async (where) => {
      paste('pluzorg')
      await withPage(async (page) => {
        await page.goto(siteAddress)
        await page.locator('.b').click()
        const chat = page.frameLocator('iframe')
        await chat.locator('html[data-size]').waitFor()
        await chat.locator('[value=complaint]').click()
        await chat.locator('main[data-turn="2"]').waitFor()
        if (where === 'in the chat') await chat.locator('.exit').click()
        else {
          await page.locator('h1').click()
          for (const _ of 'iii') await page.keyboard.press('Shift')
        }
        await page.waitForURL(/knmi/)
        expect(await page.innerText('body')).toBe('het weer')
      })
    },
  )

  test.each([undefined, 'elders', 'constructor'])(
    'an organisation that is not known (%s) gives a link to the choice of organisations',
    async (organisation) => {
      paste(organisation)
      await withPage(async (page) => {
        await page.goto(siteAddress)
        expect(await page.locator('a.b').getAttribute('href')).toBe(`${chats.address}/chat?taal=nl`)
      })
    },
  )

  test('a site that is not listed gets a link to the whole page, and no chat', async () => {
    const open = await startWidget({ server: { publicUrl: 'https://chat.example' } })
    paste('pluzorg', open.address)
    await withPage(
      async (page) => {
        await page.goto(siteAddress)
        await page.locator('.b').click()
        const link = page.locator('.f a')
        await link.waitFor()
        expect(await link.getAttribute('href')).toBe(`${open.address}/chat/pluzorg?taal=nl`)
        expect(await page.locator('iframe').count()).toBe(0)
      },
      { bypassCSP: true },
    )
    await open.close()
  })

  test('a message of another window does nothing', async () => {
    paste('pluzorg')
    await withPage(async (page) => {
      await page.goto(siteAddress)
      await page.locator('.b').click()
      await page.frameLocator('iframe').locator('html[data-size]').waitFor()
      await page.evaluate(`postMessage({ klachtwijzer: 'leave', url: 'https://elders.example/' }, '*')`)
      await page.evaluate(`postMessage({ klachtwijzer: 'close' }, '*')`)
      await page.evaluate('new Promise((done) => setTimeout(done, 100))')
      expect(page.url()).toBe(`${siteAddress}/`)
      expect(await page.locator('iframe').isVisible()).toBe(true)
    })
  })
})
