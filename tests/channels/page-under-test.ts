import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BotIdentity } from '../../src/channels/bot-identity.ts'
import { createBotServer } from '../../src/channels/bot-server.ts'
import type { Guide } from '../../src/channels/guide.ts'
import { openStorage } from '../../src/storage/open-storage.ts'
import { logToLines } from './log-to-lines.ts'
import { type PageSeen, seePage } from './see-page.ts'

export type PageSetup = {
  guide: Guide
  /** Of the tokens; a new one when absent. */
  secret?: Buffer
  identity?: BotIdentity
  /** As KLACHTWIJZER_TURNS_PER_MINUTE; so many when absent that no test goes too fast. */
  turnsPerMinute?: number
  /** When the conversation takes place. */
  moment?: Date
}

/** A page as it came over HTTP. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly markup: string
  readonly seen: PageSeen
}

/** A real server with the pages, and a client that knows nothing but forms and links. */
export type PageUnderTest = {
  readonly address: string
  /** Opens an address below the server. */
  open(path: string, init?: RequestInit): Promise<Answer>
  /** Presses the button of that value on a page, in the form in which it stands. */
  press(page: Answer, value: string): Promise<Answer>
  /** Types words on a page and sends them. */
  type(page: Answer, words: string): Promise<Answer>
  /** Sends fields as no form of ours would. */
  send(path: string, fields: Record<string, string> | string, init?: RequestInit): Promise<Answer>
  logged(): string
  /** Every byte of the data folder, as one text. */
  stored(): string
  passHours(hours: number): void
  close(): Promise<void>
}

export async function startPage(setup: PageSetup): Promise<PageUnderTest> {
  const { guide, secret = randomBytes(32), identity, moment, turnsPerMinute = 100_000 } = setup
  const folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-page-'))
  const { log, lines } = logToLines()
  let time = (moment ?? new Date('2026-03-02T09:00:00Z')).getTime()
  const now = () => new Date(time)
  const lifetime = 24 * 3_600_000
  const { conversations: store } = await openStorage({ folder, lifetime, now, random: randomBytes, log })
  const page = { secret, lifetime, random: randomBytes }
  const server = createBotServer({ guide, store, now, log, identity, page, turnsPerMinute })
  const address = await server.listen(0, '127.0.0.1')

  async function open(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(new URL(path, address), { redirect: 'manual', ...init })
    const markup = await response.text()
    const isPage = response.headers.get('content-type')?.startsWith('text/html') && markup !== ''
    return {
      status: response.status,
      headers: response.headers,
      markup,
      seen: isPage ? seePage(markup) : nothingSeen,
    }
  }

  const send: PageUnderTest['send'] = (path, fields, init = {}) =>
    open(path, { method: 'POST', body: new URLSearchParams(fields), ...init })

  return {
    address,
    open,
    send,
    press({ seen }, value) {
      const form = seen.forms.find(({ buttons }) => buttons.some((button) => button.value === value))
      const button = form?.buttons.find((each) => each.value === value)
      if (!form || !button) throw new Error(`There is no ${value} to press on "${seen.title}".`)
      return send(form.action, { ...form.hidden, [button.name]: value })
    },
    type({ seen }, words) {
      const form = seen.forms.find(({ fields }) => fields.length > 0)
      if (!form) throw new Error(`There is nothing to type in on "${seen.title}".`)
      return send(form.action, { ...form.hidden, [form.fields[0] ?? '']: words })
    },
    logged: () => lines.join(''),
    stored: () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join('\n'),
    passHours(hours) {
      time += hours * 3_600_000
    },
    async close() {
      await server.close()
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

const nothingSeen: PageSeen = {
  title: '',
  language: '',
  direction: '',
  headings: [],
  lines: [],
  options: [],
  told: [],
  forms: [],
  links: [],
  text: '',
}
