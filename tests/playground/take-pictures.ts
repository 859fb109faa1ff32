import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startBot } from '../channels/bot-under-test.ts'
import { guide } from '../real-world.ts'
import { openBrowser, openPlayground, type Playground } from './playground.ts'

/**
 * Takes the pictures of the README anew, after a change of what they show: `node tests/playground/take-pictures.ts`. The one of the Bot
 * Framework Emulator is drawn: that program does not run without a screen.
 */

const folder = join(import.meta.dirname, 'pictures')
const field =
  'width:100%;box-sizing:border-box;margin:6px 0 16px;padding:8px;font:inherit;background:#3c3c3c;color:#eee;border:1px solid #777'
mkdirSync(folder, { recursive: true })
const bot = await startBot({ guide })
const browser = await openBrowser()
try {
  await pictureEmulatorChannel()
  await pictureTeamsChannel()
  await pictureMessageExtension()
  await drawEmulator(browser)
} finally {
  await browser.close()
  await bot.close()
}

async function pictureEmulatorChannel(): Promise<void> {
  const playground = await open('emulator')
  await playground.choose('Stichting PluZorg')
  await playground.page.getByText('trace 202').last().click({ timeout: 5_000 })
  await playground.page
    .getByText('"distinguishes"')
    .or(playground.page.getByText('"value"'))
    .first()
    .scrollIntoViewIfNeeded()
    .catch(() => {})
  await take(playground.page, 'playground-emulator.png')
  await playground.close()
}

async function pictureTeamsChannel(): Promise<void> {
  const playground = await open('msteams')
  await playground.choose('Stichting PluZorg')
  await playground.choose('Just talk to someone')
  await playground.choose('Help for a child or young person (Jeugdwet)')
  await take(playground.page, 'playground-teams.png')
  await playground.close()
}

async function pictureMessageExtension(): Promise<void> {
  const playground = await open('msteams')
  const { page } = playground
  await page.getByRole('button', { name: 'Trigger Message Extension App' }).click()
  await page.getByRole('menuitem', { name: 'Search Command' }).click()
  await page.getByRole('button', { name: 'Specify Command ID or Parameter' }).click()
  await page.locator('input').nth(0).fill('findBody')
  await page.locator('input').nth(1).fill('query')
  await page.getByPlaceholder('Enter a search term').fill('jeugdstem')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Jeugdstem', exact: true }).first().waitFor()
  await take(page, 'playground-message-extension.png')
  await playground.close()
}

function open(channel: 'emulator' | 'msteams'): Promise<Playground> {
  return openPlayground({ browser, endpoint: `${bot.address}/api/messages`, channel })
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(folder, name) })
}

async function drawEmulator(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 640, height: 330 } })
  await page.setContent(`
    <body style="margin:0;font:15px system-ui,sans-serif;background:#2b2b2b;color:#eee;padding:24px">
      <h1 style="font-size:20px;font-weight:400;margin:0 0 16px">Open a bot</h1>
      <label>Bot URL<br><input value="http://127.0.0.1:3978/api/messages" style="${field}"></label>
      <div style="display:flex;gap:16px">
        <label style="flex:1">Microsoft App ID<br><input placeholder="leave empty" style="${field}"></label>
        <label style="flex:1">Microsoft App password<br><input placeholder="leave empty" style="${field}"></label>
      </div>
      <button style="background:#3062d6;color:#fff;border:0;padding:10px 32px;font:inherit">Connect</button>
    </body>`)
  await page.screenshot({ path: join(folder, 'emulator-drawn.png') })
  await page.close()
}
