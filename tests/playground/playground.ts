import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import chromium from '@sparticuz/chromium'
import { type Browser, type Locator, type Page, chromium as playwright } from 'playwright-core'

const command = join(import.meta.dirname, '../../node_modules/@microsoft/m365agentsplayground/cli.js')
const patience = 15_000

/** What the client sees after a turn: the words of the bot's new messages, and what the last of them offers to press. */
export type Shown = { replies: string[]; options: string[] }

/** A person at the Agents Playground, in the personal chat with the bot. */
export type Playground = {
  /** What the bot said by itself when the client arrived. */
  greeting: Shown
  /** Types a text and sends it; gives what the bot answers once the turn is over. Throws when the bot gives an HTTP error. */
  say(text: string): Promise<Shown>
  /** Presses what has exactly this label on the last card; throws, naming what there is, when it is not there. */
  choose(label: string): Promise<Shown>
  /** Presses twice, faster than the bot can answer; does not wait for what it says. */
  pressTwice(label: string): Promise<void>
  /** Unfolds what is behind this line on the last card, and gives the words of the card. */
  unfold(label: string): Promise<string>
  /** All messages of the bot, as shown now. */
  messages(): Promise<string[]>
  /** In the channel msteams: looks a body up in the message extension, inserts the card of that name, and gives its words. */
  insertBody(query: string, name: string): Promise<string>
  /** The explanations for staff that the bot sent, as JSON. */
  traces(): string[]
  page: Page
  close(): Promise<void>
}

export type PlaygroundOptions = {
  browser: Browser
  /** The bot's address, as http://127.0.0.1:3978/api/messages. */
  endpoint: string
  channel?: 'emulator' | 'msteams' | 'webchat' | 'directline'
}

/** A headless browser from a package: nothing of the machine is needed, and root may run it. One serves many playgrounds. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await chromium.executablePath()
  return playwright.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
}

/** Starts a real Agents Playground for the bot and opens it in the browser; resolves when the greeting is there. */
export async function openPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { process: server, port, folder } = await startServer(options)
  const page = await options.browser.newPage({ viewport: { width: 1200, height: 900 } })
  const turns = followTurns(page)
  const cards = page.locator('.fai-OutputCard')
  const pressable = () => cards.last().locator('.ac-selectable')
  // Fonts and animations from elsewhere are asked for, and not needed.
  await page.route(
    ({ hostname }) => hostname !== 'localhost',
    (route) => route.abort(),
  )

  async function act(work: () => Promise<void>): Promise<Shown> {
    const before = turns.made
    const turn = turns.next()
    await work()
    await turn
    await shows(cards, () => turns.made - turns.gone)
    const replies = turns.made === before ? [] : (await cards.allInnerTexts()).slice(before - turns.made)
    return { replies, options: await labelsOf(pressable()) }
  }

  async function press(label: string, clickCount = 1): Promise<void> {
    const labels = await labelsOf(pressable())
    const index = labels.indexOf(label)
    if (index < 0)
      throw new Error(`There is no "${label}" to press. There is: ${labels.join(' | ') || 'nothing'}.`)
    await pressable().nth(index).click({ clickCount })
  }

  async function close(): Promise<void> {
    await page.close()
    await stopServer(server)
    rmSync(folder, { recursive: true, force: true })
  }

  try {
    const greeting = await act(async () => {
      await page.goto(`http://localhost:${port}/`)
    })
    return {
      greeting,
      page,
      say: (text) =>
        act(async () => {
          await page.getByRole('textbox').click()
          await page.keyboard.insertText(text)
          await page.keyboard.press('Enter')
        }),
      choose: (label) => act(() => press(label)),
      pressTwice: (label) => press(label, 2),
      async unfold(label) {
        await press(label)
        return cards.last().innerText()
      },
      messages: () => cards.allInnerTexts(),
      insertBody: (query, name) => insertBody(page, query, name),
      traces: () => turns.traces,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Resolves when the page shows so many; it draws them some time after it heard of them. */
async function shows(cards: Locator, wanted: () => number): Promise<void> {
  const end = Date.now() + patience
  while ((await cards.count()) !== wanted()) {
    if (Date.now() > end) throw new Error(`${await cards.count()} messages are shown, and not ${wanted()}.`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function labelsOf(pressable: Locator): Promise<string[]> {
  return pressable.evaluateAll((elements) =>
    elements.map((element) => element.getAttribute('aria-label') ?? ''),
  )
}

async function insertBody(page: Page, query: string, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Trigger Message Extension App' }).click()
  await page.getByRole('menuitem', { name: 'Search Command' }).click()
  await page.getByRole('button', { name: 'Specify Command ID or Parameter' }).click()
  await page.locator('input').nth(0).fill('findBody')
  await page.locator('input').nth(1).fill('query')
  await page.getByPlaceholder('Enter a search term').fill(query)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name, exact: true }).first().click()
  await page.getByRole('button', { name: 'Send Message' }).click()
  // The card that a person inserted stands outside of the bot's own messages.
  const inserted = page.locator('.ac-adaptiveCard:not(.fai-OutputCard .ac-adaptiveCard)').last()
  await inserted.waitFor({ timeout: patience })
  return inserted.innerText()
}

type Frame = {
  action?: string
  log?: { from?: string; activityName?: string; response?: { statusCode?: number; status?: number } }
}

/** Follows what the playground tells its page: each message of the bot, and the end of each turn with its HTTP status. */
function followTurns(page: Page) {
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = []
  const turns = {
    /** Messages that the bot sent, and those it took away again. */
    made: 0,
    gone: 0,
    traces: [] as string[],
    next(): Promise<void> {
      return new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`The bot did not answer within ${patience} ms.`)),
          patience,
        )
        const settle = (done: () => void) => () => {
          clearTimeout(late)
          done()
        }
        waiting.push({ resolve: settle(resolve), reject: (error) => settle(() => reject(error))() })
      })
    },
  }
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const { action, log } = JSON.parse(String(payload)) as Frame
      if (action === 'createMessage') turns.made += 1
      if (action === 'deleteMessage') turns.gone += 1
      if (log?.activityName === 'trace') turns.traces.push(String(payload))
      if (log?.from !== 'Microsoft 365 Agents Playground' || isBeside(log.activityName)) return
      const status = log.response?.statusCode ?? log.response?.status ?? 200
      const turn = waiting.shift()
      if (status < 400) turn?.resolve()
      else turn?.reject(new Error(`The bot answered ${log.activityName} with HTTP status ${status}.`))
    })
  })
  return turns
}

/** In Teams two activities tell of one arrival; the second is answered with nothing. */
function isBeside(activity: string | undefined): boolean {
  return activity === 'installationUpdate'
}

async function startServer({ endpoint, channel = 'emulator' }: PlaygroundOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'playground-'))
  const server = spawn(
    process.execPath,
    [command, 'start', '-e', endpoint, '-c', channel, '-p', '0', '--dt'],
    {
      cwd: folder,
      env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const port = await readPort(server)
  return { process: server, port, folder }
}

async function readPort(server: ChildProcess): Promise<number> {
  const heard: string[] = []
  server.stderr?.on('data', (chunk) => heard.push(String(chunk)))
  const late = setTimeout(() => server.kill(), patience)
  try {
    for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
      heard.push(line)
      const port = /^Listening on (\d+)/.exec(line)?.[1]
      if (port !== undefined) return Number(port)
    }
  } finally {
    clearTimeout(late)
  }
  throw new Error(`The Agents Playground did not start: ${heard.join('\n')}`)
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  await new Promise((resolve) => {
    server.once('exit', resolve)
    server.kill()
  })
}
