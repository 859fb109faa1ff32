import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { generalHelp } from '../../src/knowledge/knowledge.ts'
import { loadProject } from '../../src/wiring/load-project.ts'
import { loadTexts } from '../../src/wiring/load-texts.ts'
import { makeGuide } from '../../src/wiring/make-guide.ts'
import { openBrowser } from '../playground/playground.ts'
import { benchDirectLine } from './direct-line.ts'
import { fetchOfficialWebChat, officialPage } from './official-web-chat.ts'
import { median, row, spread } from './rows.ts'
import { startServer } from './server-program.ts'

const rounds = 3
/** 400 kbit/s with 400 ms to and fro, and a processor four times slower than this one. */
const slow = { download: 50_000, upload: 50_000, latency: 400, processor: 4 }

type Load = {
  /** Milliseconds until the first question is on the screen, and until the program has taken over. */
  readonly seen: number
  readonly ready: number
  /** By path. */
  readonly bytes: Readonly<Record<string, number>>
}

const folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-bench-'))
const server = await startServer(folder)
const address = server.found ?? ''
const official = fetchOfficialWebChat()
const site = createServer((request, response) => {
  if (request.url === '/webchat.js' && official !== undefined) {
    response.writeHead(200, { 'Content-Type': 'text/javascript', 'Content-Encoding': 'br' }).end(official)
  } else if (request.url === '/official') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(officialPage(`${address}/v3/directline`))
  } else if (request.url === '/plain' || request.url === '/with') {
    const loader = `<script src="${address}/widget.js" data-organisation="pluzorg" async></script>`
    const text = '<p>De tuin aan de Lindelaan is klaar. Kom je kijken?</p>'.repeat(60)
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end(
        `<!doctype html><html lang="nl"><title>Site</title>${text}${request.url === '/with' ? loader : ''}`,
      )
  } else response.writeHead(204).end()
})
await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
const siteAddress = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
const browser = await openBrowser()

row('what', 'figure', 'target')
await benchFirstQuestion(browser)
await benchSite(browser)
await browser.close()
await new Promise((resolve) => site.close(resolve))
await server.stop()
rmSync(folder, { recursive: true })
const root = join(import.meta.dirname, '..', '..')
const project = await loadProject(root)
const organisations = Object.values(project.knowledge.organisations)
  .filter(({ id }) => id !== generalHelp)
  .map(({ name }) => name)
await benchDirectLine(makeGuide(project, loadTexts(root)), organisations)

/**
 * From opening the page, or the press of the button, until the first question is on the screen, and until our program
 * has taken over. Before that an answer on the whole page goes on on the page without script.
 */
async function benchFirstQuestion(browser: Browser): Promise<void> {
  const button: Load[] = []
  const page: Load[] = []
  const others: Load[] = []
  for (let round = 0; round < rounds; round += 1) {
    button.push(await loadByButton(browser))
    page.push(await loadPage(browser, `${address}/chat/pluzorg?taal=nl`, '[value=talk]', 'html[data-size]'))
    if (official !== undefined) {
      const answer = 'text=Gewoon met iemand praten'
      others.push(await loadPage(browser, `${siteAddress}/official`, answer, answer))
    }
  }
  const first = await inBrotli(button[0])
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  const total = (load: Load | undefined) =>
    Object.values(load?.bytes ?? {}).reduce((sum, each) => sum + each, 0)
  row('loader', kB(first?.bytes['/widget.js'] ?? 0), 'at most 2 kB')
  for (const [path, bytes] of Object.entries(first?.bytes ?? {})) row(`  ${path}`, kB(bytes))
  row('all before the first question can be answered', kB(total(first)), 'at most 25 kB')
  const timeRow = (what: string, times: readonly number[]) =>
    row(what, `${(median(times) / 1000).toFixed(2)} s`, `ms: ${spread(times, 0)}`)
  const seen = (loads: readonly Load[]) => loads.map((load) => load.seen)
  const ready = (loads: readonly Load[]) => loads.map((load) => load.ready)
  timeRow('on a slow line and phone: the first question, from opening the page', seen(page))
  timeRow('  its program has taken over', ready(page))
  timeRow('the first question, from the press of the button', seen(button))
  timeRow('  its program has taken over', ready(button))
  if (official === undefined) {
    row('official Web Chat', 'skipped', 'npm cannot reach botframework-webchat from here')
    return
  }
  timeRow('official Web Chat 4.18.1 with the same server, from opening the page', ready(others))
  row('  as sent', kB(total(others[0])))
  const times = (ours: readonly number[]) => `${(median(ready(others)) / median(ours)).toFixed(1)} times`
  row('  our first question is sooner', times(seen(page)), 'at least 10')
  row('  and our program', times(ready(page)))
}

/**
 * The same files as a browser gets them over https: over plain http, as here, it asks for no Brotli, and gets gzip. The
 * times were taken so.
 */
async function inBrotli(load: Load | undefined): Promise<Load | undefined> {
  if (load === undefined) return undefined
  const bytes: Record<string, number> = {}
  for (const path of Object.keys(load.bytes)) {
    const { headers } = await fetch(new URL(path, address), { headers: { 'accept-encoding': 'br' } })
    bytes[path] = Number(headers.get('content-length'))
  }
  return { ...load, bytes }
}

async function loadPage(browser: Browser, url: string, question: string, program: string): Promise<Load> {
  return measure(browser, async (page) => {
    const start = performance.now()
    await page.goto(url, { waitUntil: 'commit' })
    await page.locator(question).first().waitFor({ timeout: 120_000 })
    const seen = performance.now() - start
    await page.locator(program).first().waitFor({ timeout: 120_000 })
    return { seen, ready: performance.now() - start }
  })
}

async function loadByButton(browser: Browser): Promise<Load> {
  return measure(browser, async (page) => {
    await page.goto(`${siteAddress}/with`)
    await page.locator('.b').waitFor()
    const start = performance.now()
    await page.locator('.b').click()
    const chat = page.frameLocator('iframe')
    await chat.locator('[value=talk]').waitFor({ timeout: 120_000 })
    const seen = performance.now() - start
    await chat.locator('html[data-size]').waitFor({ timeout: 120_000 })
    return { seen, ready: performance.now() - start }
  })
}

/** Runs in a slow browser that has nothing yet; counts the bytes of bodies as they were sent. */
async function measure(
  browser: Browser,
  use: (page: Page) => Promise<Pick<Load, 'seen' | 'ready'>>,
): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 390, height: 760 }, locale: 'nl-NL' })
  const page = await context.newPage()
  const bytes: Record<string, number> = {}
  const sessions: CDPSession[] = [await context.newCDPSession(page)]
  for (const session of sessions) {
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: slow.latency,
      downloadThroughput: slow.download,
      uploadThroughput: slow.upload,
    })
    await session.send('Emulation.setCPUThrottlingRate', { rate: slow.processor })
  }
  page.on('requestfinished', async (request) => {
    const { pathname, origin } = new URL(request.url())
    const isOwnPage = origin === siteAddress && pathname === '/with'
    if (isOwnPage) return
    const { responseBodySize } = await request.sizes()
    bytes[pathname] = (bytes[pathname] ?? 0) + responseBodySize
  })
  const times = await use(page)
  await context.close()
  return { ...times, bytes }
}

/** What the loader does to the page in which it stands, on a processor four times slower. */
async function benchSite(browser: Browser): Promise<void> {
  const seen = async (path: string) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 760 } })
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slow.processor })
    await page.addInitScript(`globalThis.seen = { shift: 0, longest: 0 }
      new PerformanceObserver((list) => list.getEntries().forEach((each) => { seen.shift += each.value })).observe({ type: 'layout-shift', buffered: true })
      new PerformanceObserver((list) => list.getEntries().forEach((each) => { seen.longest = Math.max(seen.longest, each.duration) })).observe({ type: 'longtask', buffered: true })`)
    const requests: string[] = []
    page.on('request', (request) => requests.push(new URL(request.url()).pathname))
    await page.goto(`${siteAddress}${path}`, { waitUntil: 'load' })
    if (path === '/with') await page.locator('.b').waitFor()
    await page.evaluate('new Promise((done) => setTimeout(done, 1500))')
    const found = (await page.evaluate('seen')) as { shift: number; longest: number }
    await context.close()
    return { ...found, requests: requests.filter((each) => each !== path && each !== '/favicon.ico') }
  }
  await seen('/plain')
  const rounded = async (path: string) => {
    const all = []
    for (let round = 0; round < rounds; round += 1) all.push(await seen(path))
    return {
      shift: Math.max(...all.map(({ shift }) => shift)),
      longest: median(all.map(({ longest }) => longest)),
      requests: all[0]?.requests ?? [],
    }
  }
  const plain = await rounded('/plain')
  const loaded = await rounded('/with')
  row(
    'layout shift of a page with the loader',
    loaded.shift.toFixed(3),
    `none (${plain.shift.toFixed(3)} without)`,
  )
  row(
    'longest task over 50 ms on it',
    loaded.longest === 0 ? 'none' : `${loaded.longest.toFixed(0)} ms`,
    `none (${plain.longest === 0 ? 'none' : `${plain.longest.toFixed(0)} ms`} without)`,
  )
  row('loaded before the button is pressed', loaded.requests.join(' '), 'the loader alone')
}
