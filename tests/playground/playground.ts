import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import chromium from '@sparticuz/chromium'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'

const command = join(import.meta.dirname, '../../node_modules/@microsoft/m365agentsplayground/cli.js')
const patience = 15_000

/** What the client sees after a turn: the texts of the bot's new replies, and the buttons now on offer. */
export type Shown = { replies: string[]; options: string[] }

/** A person at the Agents Playground, in the personal chat with the bot. */
export type Playground = {
  /** What the bot said by itself when the client arrived. */
  greeting: Shown
  /** Types a text and sends it; gives what the bot answers once the turn is over. Throws when the bot gives an HTTP error. */
  say(text: string): Promise<Shown>
  /** Presses the button with exactly this label; throws, naming the buttons there are, when it is not there. */
  choose(label: string): Promise<Shown>
  /** All texts of the bot so far, as shown. */
  transcript(): Promise<string[]>
  screenshot(file: string): Promise<void>
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
  // Fonts and animations from elsewhere are asked for, and not needed.
  await page.route(
    ({ hostname }) => hostname !== 'localhost',
    (route) => route.abort(),
  )

  async function act(work: () => Promise<void>): Promise<Shown> {
    const before = turns.replies
    const turn = turns.next()
    await work()
    await turn
    return readSince(before)
  }

  async function readSince(before: number): Promise<Shown> {
    const cards = page.locator('.fai-OutputCard')
    await cards.nth(turns.replies - 1).waitFor({ timeout: patience })
    // The page draws the buttons after the text; on a busy machine they are not there yet.
    if (turns.buttons > 0)
      await buttons(page)
        .nth(turns.buttons - 1)
        .waitFor({ timeout: patience })
    const replies = (await cards.allInnerTexts()).slice(before)
    return { replies, options: await buttons(page).allInnerTexts() }
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
      say: (text) =>
        act(async () => {
          await page.getByRole('textbox').click()
          await page.keyboard.insertText(text)
          await page.keyboard.press('Enter')
        }),
      choose: (label) =>
        act(async () => {
          const labels = await buttons(page).allInnerTexts()
          const index = labels.indexOf(label)
          if (index < 0)
            throw new Error(`There is no button "${label}". There are: ${labels.join(' | ') || 'none'}.`)
          await buttons(page).nth(index).click()
        }),
      transcript: () => page.locator('.fai-OutputCard').allInnerTexts(),
      async screenshot(path) {
        await page.screenshot({ path })
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

// All other buttons of the playground say what type they are.
function buttons(page: Page) {
  return page.locator('button:not([type])')
}

type Frame = {
  action?: string
  log?: { from?: string; activityName?: string; response?: { statusCode?: number; status?: number } }
}

/** Follows what the playground tells its page: each reply of the bot, and the end of each turn with its HTTP status. */
function followTurns(page: Page) {
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = []
  const turns = {
    replies: 0,
    /** The buttons that the last reply offers. */
    buttons: 0,
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
      const frame: unknown = JSON.parse(String(payload))
      const { action, log } = frame as Frame
      if (action === 'createMessage') {
        turns.replies += 1
        turns.buttons = countActions(frame)
      }
      if (log?.from !== 'Microsoft 365 Agents Playground') return
      const status = log.response?.statusCode ?? log.response?.status ?? 200
      const turn = waiting.shift()
      if (status < 400) turn?.resolve()
      else turn?.reject(new Error(`The bot answered ${log.activityName} with HTTP status ${status}.`))
    })
  })
  return turns
}

/** How many suggested actions a message holds, wherever the playground puts them in its frame. */
function countActions(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const { suggestedActions } = value as { suggestedActions?: { actions?: unknown[] } }
  if (suggestedActions?.actions) return suggestedActions.actions.length
  return Math.max(0, ...Object.values(value).map(countActions))
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
