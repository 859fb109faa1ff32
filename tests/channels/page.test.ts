import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Guide, SpokenReply } from '../../src/channels/guide.ts'
import { optionsOf } from '../../src/dialog/options-of.ts'
import { organisationOf } from '../../src/knowledge/knowledge.ts'
import { makeGuide } from '../../src/wiring/make-guide.ts'
import { project } from '../real-project.ts'
import { guide, texts } from '../real-world.ts'
import { type Answer, type PageUnderTest, startPage } from './page-under-test.ts'

let pages: PageUnderTest

beforeAll(async () => {
  pages = await startPage({ guide })
})

afterAll(() => pages.close())

/** The page after these presses at PluZorg. */
async function pageAfter(...presses: string[]): Promise<Answer> {
  let page = await pages.open('/wijzer/pluzorg')
  for (const value of presses) page = await pages.press(page, value)
  return page
}

/** Whom a page without a conversation names to call. */
const phone = /\d{3} \d{3} \d{4}/

describe('every scenario reaches by page the advice that it reaches by chat', () => {
  type Scenario = { id: string; case: Record<string, string | boolean> }
  const scenarios: Scenario[] = readFileSync(join(import.meta.dirname, '../routing/scenarios.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const moment = new Date('2026-03-02T09:00:00Z')

  test.each(scenarios)('$id', async ({ case: told }) => {
    const organisation = told.organisation === 'unknown' ? undefined : String(told.organisation)
    let turn = guide.turn(undefined, { kind: 'start', organisation }, moment, { kind: 'page' })
    let page = await pages.open(`/wijzer/${organisation ?? ''}`)
    while (turn.replies.at(-1)?.kind === 'question') {
      const option = answerTo(turn.replies.at(-1) as SpokenReply, told)
      turn = guide.turn(turn.state, { kind: 'choose', option }, moment, { kind: 'page' })
      page = await pages.press(page, option)
    }
    const last = turn.replies.at(-1)
    expect(last?.kind).toBe('advice')
    expect(page.seen.text).toContain((last as { advice: { receipt: string } }).advice.receipt)
    expect(page.seen.headings[0]).toBe(`h1 ${last?.parts?.find(({ role }) => role === 'go')?.heading}`)
    for (const { links } of last?.parts ?? []) {
      for (const { url } of links) expect(page.seen.links.map((link) => link.url)).toContain(url)
    }
  })

  function answerTo({ key, options }: SpokenReply, told: Scenario['case']): string {
    const question = project.questions.find(({ id }) => `question/${id}` === key)
    const organisation = organisationOf(project.knowledge, String(told.organisation))
    const fits = question
      ? optionsOf(question, organisation).filter(({ sets }) =>
          Object.entries(sets).every(([slot, value]) => String(told[slot]) === value),
        )
      : []
    return fits.find(({ id }) => options.some((option) => option.id === id))?.id ?? 'unknown'
  }
})

describe('the start page', () => {
  test('is in the language of the browser when we speak it, else in Dutch, and in the one of a link', async () => {
    const languageOf = async (path: string, accept: string) =>
      (await pages.open(path, { headers: { 'Accept-Language': accept } })).seen.language
    expect(await languageOf('/wijzer', 'en-GB,en;q=0.9')).toBe('en')
    expect(await languageOf('/wijzer', 'fy,en;q=0.8')).toBe('en')
    expect(await languageOf('/wijzer', 'ar-SY,ar;q=0.9')).toBe('ar')
    expect(await languageOf('/wijzer', 'en;q=0.5,nl')).toBe('nl')
    expect(await languageOf('/wijzer', 'fy')).toBe('nl')
    expect(await languageOf('/wijzer?taal=en', 'nl')).toBe('en')
    expect(await languageOf('/wijzer/pluzorg?taal=tlh', 'en')).toBe('en')
    expect(await languageOf('/wijzer?taal=en&taal=nl', 'nl')).toMatch(/en|nl/)
  })

  test('goes on in its language, whatever the browser asks for then', async () => {
    const start = await pages.open('/wijzer/pluzorg?taal=en')
    const next = await pages.press(start, 'complaint')
    expect(next.seen.language).toBe('en')
    expect((await pages.press(next, 'language-nl')).seen.language).toBe('nl')
  })

  test('never grows old', async () => {
    const own = await startPage({ guide })
    try {
      const start = await own.open('/wijzer/pluzorg')
      own.passHours(24 * 30)
      const next = await own.press(start, 'complaint')
      expect(next.status).toBe(200)
      expect(next.seen.told.map(({ slot }) => slot)).toEqual(['organisation', 'wish'])
    } finally {
      await own.close()
    }
  })

  test('of an organisation that nobody knows is the choice of organisations', async () => {
    for (const path of ['bestaat-niet', 'unknown', '__proto__', 'constructor', '<script>', 'a%00b']) {
      const page = await pages.open(`/wijzer/${path}`)
      expect(page.status).toBe(200)
      expect(page.seen.options).toContain('Stichting PluZorg')
      expect(page.seen.lines[0]).toContain('Die organisatie ken ik niet')
      expect(page.headers.get('x-robots-tag')).toBe('noindex')
      expect(page.seen.forms.every(({ action }) => action === '/wijzer')).toBe(true)
    }
    expect((await pages.open('/wijzer/PluZorg/')).seen.title).toContain('Stichting PluZorg')
    const deeper = await pages.open('/wijzer/pluzorg/meer')
    expect([deeper.status, deeper.headers.get('location')]).toEqual([303, '/wijzer'])
  })

  test('leads to the page of each organisation', async () => {
    const { seen } = await pages.open('/wijzer')
    for (const { id } of Object.values(project.knowledge.organisations)) {
      if (id === 'unknown') continue
      const link = seen.links.find(({ url }) => url.startsWith(`/wijzer/${id}?`))
      expect((await pages.open(link?.url ?? '')).headers.get('x-robots-tag')).toBeNull()
    }
  })

  test('answers HEAD as it answers GET, without a body', async () => {
    const head = await pages.open('/wijzer/pluzorg', { method: 'HEAD' })
    expect([head.status, head.markup]).toEqual([200, ''])
    expect(head.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })
})

describe('every page', () => {
  const kinds: readonly [string, () => Promise<Answer>, number][] = [
    ['a start page', () => pages.open('/wijzer/pluzorg'), 200],
    ['the choice of organisations', () => pages.open('/wijzer'), 200],
    ['a question', () => pageAfter('complaint'), 200],
    ['a notice', async () => pages.type(await pageAfter('complaint'), 'ik wil dood'), 200],
    ['an advice', () => toAdvice(), 200],
    ['a stop', async () => pages.type(await pageAfter('complaint'), 'stop'), 200],
    ['a wiped one', async () => pages.press(await pageAfter('complaint'), 'forget'), 200],
    ['an expired one', () => pages.send('/wijzer/pluzorg', { token: 'oud', choose: 'talk' }), 410],
    ['one with a body of no form', () => pages.send('/wijzer', { choose: 'x'.repeat(501) }), 400],
    ['one with too much', () => pages.send('/wijzer', { text: 'x'.repeat(70_000) }), 413],
    ['one of another type', () => pages.open('/wijzer', { method: 'POST', body: '{}' }), 415],
    ['one by another method', () => pages.open('/wijzer/pluzorg', { method: 'DELETE' }), 405],
    ['one at a broken address', () => pages.open('/wijzer/%E0%A4%A'), 400],
  ]

  async function toAdvice(): Promise<Answer> {
    let page = await pageAfter('complaint')
    while (!page.seen.title.startsWith('Je advies')) page = await pages.press(page, 'unknown')
    return page
  }

  test.each(kinds)('has a title, one h1, a next step and the way out: %s', async (_, open, status) => {
    const { status: given, seen } = await open()
    expect(given).toBe(status)
    expect(seen.title).toMatch(/^.{4,} – Klachtwijzer$/)
    expect(seen.headings.filter((heading) => heading.startsWith('h1 '))).toHaveLength(1)
    expect([seen.language, seen.direction]).toEqual(['nl', 'ltr'])
    expect(seen.links).toContainEqual({ url: 'https://www.knmi.nl/', label: 'Sluit snel' })
    const next = [
      ...seen.forms.flatMap(({ buttons }) => buttons),
      ...seen.links.filter(({ url }) => url.startsWith('/wijzer')),
    ]
    expect(next.length).toBeGreaterThan(0)
    if (status >= 400) {
      expect(seen.text).toMatch(phone)
      expect(seen.links.some(({ url }) => url.startsWith('tel:'))).toBe(true)
    }
  })

  test.each(kinds)('has no script, no style and no frame, and is kept nowhere: %s', async (_, open) => {
    const { headers, markup } = await open()
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy':
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers.get('permissions-policy')).toContain('geolocation=()')
    expect(headers.get('set-cookie')).toBeNull()
    expect(markup).not.toMatch(/<script|<style|<iframe|<object|\sstyle=|\son\w+=|javascript:|http-equiv/i)
  })

  test.each(kinds)('is found by search engines only where a conversation starts: %s', async (_, open) => {
    const { headers, markup, seen } = await open()
    const isStart = seen.title.includes('Vind de juiste plek')
    expect(headers.get('x-robots-tag')).toBe(isStart ? null : 'noindex')
    expect(markup.includes('<meta name="robots" content="noindex">')).toBe(!isStart)
  })

  test('loads its style under a name that changes with it, to be kept for ever', async () => {
    const [, path = ''] = /rel="stylesheet" href="([^"]+)"/.exec((await pages.open('/wijzer')).markup) ?? []
    expect(path).toMatch(/^\/wijzer\/page\.[\w-]{12}\.css$/)
    const style = await pages.open(path)
    expect(style.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(style.markup).toContain('@media print')
    expect(style.markup).not.toMatch(/url\(|@import|expression/)
  })

  test('says which methods there are', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const { status, headers } = await pages.open('/wijzer/pluzorg', { method })
      expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
    }
  })

  test('never tells an answer in its title, which stays in the history of the browser', async () => {
    const notice = await pages.type(await pageAfter('complaint'), 'ik wil dood')
    expect(notice.seen.title).not.toMatch(/113|dood|belangrijk/i)
    expect((await toAdvice()).seen.title).toBe('Je advies – Klachtwijzer')
  })
})

describe('the answers so far', () => {
  test('stand on the page with their questions', async () => {
    const { seen } = await pageAfter('complaint', 'jeugdwet')
    expect(seen.told).toEqual([
      {
        question: 'Bij welke organisatie krijg je hulp, of werk je?',
        answer: 'Stichting PluZorg',
        slot: 'organisation',
      },
      { question: 'Wat wil je het liefst?', answer: 'Een klacht indienen', slot: 'wish' },
      { question: 'Waar gaat het over?', answer: 'Hulp voor een kind of jongere (Jeugdwet)', slot: 'domain' },
    ])
    const at = (heading: string) => seen.headings.findIndex((each) => each.endsWith(heading))
    expect(at('Dit heb je verteld')).toBeGreaterThan(0)
  })

  test('can be changed one by one, and "back" leaves them as they were', async () => {
    const page = await pageAfter('complaint', 'jeugdwet')
    const asked = await pages.press(page, 'wish')
    expect(asked.seen.headings[0]).toBe('h1 Wat wil je het liefst?')
    expect(asked.seen.lines[0]).toBe('Goed. Kies een nieuw antwoord.')
    const changed = await pages.press(asked, 'talk')
    expect(changed.seen.told.map(({ answer }) => answer)).toContain('Gewoon met iemand praten')
    expect(changed.seen.told).toHaveLength(3)
    const back = await pages.press(asked, 'back')
    expect(back.seen.told).toEqual(page.seen.told)
    expect(back.seen.headings[0]).toBe(page.seen.headings[0])
  })

  test('can be changed from the advice, and lead to another one', async () => {
    let page = await pageAfter('complaint', 'wmo')
    while (!page.seen.title.startsWith('Je advies')) page = await pages.press(page, 'unknown')
    const before = page.seen.headings[0]
    page = await pages.press(await pages.press(page, 'domain'), 'workplace')
    while (!page.seen.title.startsWith('Je advies')) page = await pages.press(page, 'unknown')
    expect(page.seen.headings[0]).not.toBe(before)
  })

  test('stay as they are when the thing to change is none of them', async () => {
    const page = await pageAfter('complaint')
    const [form] = page.seen.forms
    for (const change of ['fear', '__proto__', 'dates.born', '<b>']) {
      const next = await pages.send('/wijzer/pluzorg', { ...form?.hidden, change })
      expect([next.status, next.seen.headings[0]]).toEqual([200, page.seen.headings[0]])
      expect(next.seen.told).toEqual(page.seen.told)
    }
  })
})

describe('what a client does beside answering', () => {
  test('"why" at an advice is answered above that advice', async () => {
    let page = await pageAfter('complaint')
    while (!page.seen.title.startsWith('Je advies')) page = await pages.press(page, 'unknown')
    const why = await pages.press(page, 'why')
    expect(why.seen.lines[0]).toMatch(/^Dit advies volgt uit/)
    expect(why.seen.lines.slice(-page.seen.lines.length)).toEqual(page.seen.lines)
    expect(why.seen.options).toEqual(page.seen.options)
  })

  test('"wis alles" says that nothing was kept, what the browser keeps, and begins anew', async () => {
    const page = await pages.press(await pageAfter('complaint'), 'forget')
    expect(page.seen.text).toContain('Geschiedenis')
    expect(page.seen.forms).toEqual([])
    expect(page.markup).not.toContain('token')
    expect(page.seen.links.at(-1)).toEqual({ url: '/wijzer/pluzorg?taal=nl', label: 'Begin opnieuw' })
  })

  test('after "stop" a press brings back the question, with all answers', async () => {
    const page = await pageAfter('complaint', 'jeugdwet')
    const stopped = await pages.type(page, 'stop')
    expect(stopped.seen.headings[0]).toBe('h1 Tot ziens')
    const { action, hidden } =
      stopped.seen.forms.find(({ buttons }) => buttons[0]?.label === 'Ga toch verder') ?? {}
    const on = await pages.send(action ?? '', { ...hidden })
    expect(on.seen.headings).toEqual(page.seen.headings)
    expect(on.seen.told).toEqual(page.seen.told)
    expect((await pages.press(on, 'unknown')).seen.told).toHaveLength(4)
  })

  test('sending nothing shows where the conversation is', async () => {
    const page = await pageAfter('complaint')
    const { token, taal } = page.seen.forms[0]?.hidden ?? {}
    const same = await pages.send('/wijzer/pluzorg', { token: token ?? '', taal: taal ?? '' })
    expect(same.seen.lines).toEqual(page.seen.lines)
    const empty = await pages.type(page, '   ')
    expect(empty.seen.lines.at(-2)).toBe('Waar gaat het over?')
  })

  test('Enter in the field presses no answer', async () => {
    const { seen } = await pageAfter('complaint')
    for (const { fields, buttons } of seen.forms) {
      if (fields.length > 0) expect(buttons.map(({ name }) => name)).toEqual([''])
    }
  })
})

describe('the conversation that travels in the form', () => {
  const tokenOf = ({ seen }: Answer) => seen.forms.find(({ hidden }) => hidden.token)?.hidden.token ?? ''

  test('cannot be read, in the page or in an address', async () => {
    const page = await pageAfter('complaint', 'jeugdwet')
    const token = tokenOf(page)
    expect(token).toMatch(/^[\w-]{100,}$/)
    const bytes = Buffer.from(token, 'base64url')
    for (const text of [bytes.toString('latin1'), bytes.toString('utf16le'), token]) {
      expect(text).not.toMatch(/pluzorg|complaint|jeugdwet|organisation|slots|question/i)
    }
    expect(tokenOf(await pageAfter('complaint', 'jeugdwet'))).not.toBe(token)
    expect(
      page.seen.forms.every(({ method, action }) => method === 'post' && action === '/wijzer/pluzorg'),
    ).toBe(true)
    expect(page.seen.links.filter(({ url }) => url.includes(token.slice(0, 20)))).toEqual([])
  })

  test('is of no use when anything of it was changed', async () => {
    const token = tokenOf(await pageAfter('complaint'))
    const bytes = Buffer.from(token, 'base64url')
    const flipped = [0, 1, 12, 13, 28, 29, 100, bytes.length - 1].map((at) => {
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] ?? 0) ^ 1
      return copy.toString('base64url')
    })
    const spoiled = [
      ...flipped,
      token.slice(0, -4),
      `${token}AAAA`,
      token.slice(4),
      bytes.subarray(0, 20).toString('base64url'),
      'AQ',
      '.',
      '{"state":{}}',
      Buffer.from('{"state":{}}').toString('base64url'),
    ]
    for (const wrong of spoiled) {
      const page = await pages.send('/wijzer/pluzorg', { token: wrong, choose: 'jeugdwet' })
      expect(page.status, wrong.slice(0, 20)).toBe(410)
      expect(page.seen.text).toContain('Jij hebt niets fout gedaan')
      expect(page.seen.text).toContain('085 487 4012')
      expect(page.seen.links.at(-1)?.url).toBe('/wijzer/pluzorg?taal=nl')
    }
  })

  test('does the same as often as it is sent', async () => {
    const form = { token: tokenOf(await pageAfter('complaint')), choose: 'jeugdwet' }
    const [first, second] = [
      await pages.send('/wijzer/pluzorg', form),
      await pages.send('/wijzer/pluzorg', form),
    ]
    expect(second.seen.lines).toEqual(first.seen.lines)
    expect(second.seen.told).toEqual(first.seen.told)
  })

  test('counts until the hours have passed since the last turn, and is then said to be too old', async () => {
    const own = await startPage({ guide })
    try {
      let page = await own.press(await own.open('/wijzer/pluzorg?taal=en'), 'complaint')
      own.passHours(23)
      page = await own.press(page, 'jeugdwet')
      expect(page.seen.told).toHaveLength(3)
      own.passHours(23)
      expect((await own.press(page, 'back')).status).toBe(200)
      own.passHours(2)
      const old = await own.press(page, 'back')
      expect([old.status, old.seen.language]).toEqual([410, 'en'])
      expect((await own.open(old.seen.links.at(-1)?.url ?? '')).seen.language).toBe('en')
    } finally {
      await own.close()
    }
  })

  test('belongs to the key of its server', async () => {
    const secret = randomBytes(32)
    const [same, other] = [await startPage({ guide, secret }), await startPage({ guide })]
    const own = await startPage({ guide, secret })
    try {
      const form = {
        token: tokenOf(await own.press(await own.open('/wijzer/pluzorg'), 'complaint')),
        choose: 'wmo',
      }
      expect((await same.send('/wijzer/pluzorg', form)).status).toBe(200)
      expect((await other.send('/wijzer/pluzorg', form)).status).toBe(410)
    } finally {
      for (const each of [same, other, own]) await each.close()
    }
  })

  test('leaves nothing behind: not on the disk, and not in the log', async () => {
    const own = await startPage({ guide })
    try {
      const page = await own.type(await own.open('/wijzer/pluzorg'), 'Sanne Lindeboom van PROV, 0612345678')
      await own.send('/wijzer/pluzorg', { token: 'lindeboom', text: 'lindeboom' })
      await own.open('/wijzer/lindeboom?taal=lindeboom')
      for (const text of [own.stored(), own.logged()]) expect(text).not.toMatch(/lindeboom|0612345678/i)
      expect(own.logged()).not.toContain(tokenOf(page).slice(0, 24))
      expect(own.logged()).toMatch(/"channel":"page","outcome":"answered"/)
      const counts = await (await fetch(`${own.address}/metrics`)).text()
      expect(counts).toContain('klachtwijzer_turns_total{channel="page",outcome="answered"} 1')
      expect(counts).toContain('klachtwijzer_turns_total{channel="page",outcome="apologised"} 1')
    } finally {
      await own.close()
    }
  })
})

describe('a form that is none of ours', () => {
  test.each([
    ['a field twice', 'choose=talk&choose=complaint'],
    ['an empty choice', 'choose='],
    ['a very long token', `token=${'a'.repeat(61_000)}`],
    ['a field of a prototype', '__proto__=1&constructor=2&choose='],
  ])('is answered with a next step: %s', async (_, body) => {
    const page = await pages.send('/wijzer/pluzorg', body)
    expect([400, 410]).toContain(page.status)
    expect(page.seen.text).toMatch(phone)
  })

  test('may hold anything in its fields', async () => {
    for (const evil of ['\u0000', '\ud800', '\u202e', '%', '&amp;', '<!--', ']]>', '{{7*7}}']) {
      for (const name of ['choose', 'text', 'change', 'taal', 'token', 'iets']) {
        const page = await pages.send('/wijzer/pluzorg', { [name]: evil })
        expect([200, 410]).toContain(page.status)
        expect(page.seen.headings.length).toBeGreaterThan(0)
      }
    }
  })

  test('is not unpacked', async () => {
    const { status, seen } = await pages.send(
      '/wijzer',
      { choose: 'talk' },
      { headers: { 'Content-Encoding': 'gzip' } },
    )
    expect(status).toBe(415)
    expect(seen.text).toMatch(phone)
  })
})

describe('script, wherever it comes from, is text', () => {
  const evil = `<img src=x onerror="alert(1)">'"</textarea></title><script>alert(1)</script>`

  test('in what a client sends', async () => {
    for (const name of ['choose', 'text', 'change', 'taal', 'token']) {
      const { markup } = await pages.send(`/wijzer/${encodeURIComponent(evil)}`, { [name]: evil })
      expect(markup).not.toMatch(/<img|<script/)
    }
    const { markup } = await pages.open(`/wijzer/pluzorg?taal=${encodeURIComponent(evil)}`)
    expect(markup).not.toMatch(/<img|<script/)
  })

  test('in what the knowledge holds and in every text', async () => {
    const poisoned = JSON.parse(JSON.stringify(project), (key, value) =>
      ['name', 'title', 'value', 'label'].includes(key) && typeof value === 'string'
        ? `${value}${evil}`
        : value,
    )
    const words = JSON.parse(JSON.stringify(texts), (key, value) =>
      typeof value === 'string' && key !== 'direction' ? `${value}${evil}` : value,
    )
    const own = await startPage({ guide: makeGuide(poisoned, { texts: words.texts, words: texts.words }) })
    try {
      const seen: Answer[] = [await own.open('/wijzer'), await own.open('/wijzer/pluzorg?taal=en')]
      let page = await own.press(await own.open('/wijzer/pluzorg'), 'complaint')
      seen.push(page, await own.type(page, 'ik wil dood'), await own.press(page, 'forget'))
      while (page.seen.forms.some(({ buttons }) => buttons.some(({ value }) => value === 'unknown'))) {
        page = await own.press(page, 'unknown')
      }
      seen.push(page, await own.press(page, 'why'), await own.send('/wijzer', { token: 'x' }))
      for (const { markup, seen: read } of seen) {
        expect(markup).not.toMatch(/<img|<script/)
        expect(read.text).toContain('<script>alert(1)</script>')
        expect(read.links.every(({ url }) => /^(https?:|tel:|mailto:|\/wijzer|#main)/.test(url))).toBe(true)
      }
    } finally {
      await own.close()
    }
  })
})

describe('a client who goes too fast', () => {
  test('reads so, may send the same again, and hinders nobody at another address', async () => {
    const identity = { appId: '00000000-0000-0000-0000-000000000001', appPassword: 'geheim' }
    const own = await startPage({ guide, identity, turnsPerMinute: 10 })
    try {
      const page = await own.press(await own.open('/wijzer/pluzorg'), 'complaint')
      for (let count = 1; count < 20; count += 1) await own.send('/wijzer/pluzorg', { token: 'x' })
      const fast = await own.press(page, 'jeugdwet')
      expect(fast.status).toBe(429)
      expect(Number(fast.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(fast.seen.text).toContain('085 487 4012')
      const [form] = fast.seen.forms
      expect(form?.hidden).toEqual({ ...page.seen.forms[0]?.hidden, choose: 'jeugdwet' })
      const elsewhere = { headers: { 'X-Forwarded-For': '198.51.100.7, 192.0.2.7' } }
      const next = await own.send(form?.action ?? '', { ...form?.hidden }, elsewhere)
      expect(next.status).toBe(200)
      expect(next.seen.told).toHaveLength(3)
      expect((await own.open('/wijzer')).status).toBe(200)
    } finally {
      await own.close()
    }
  })
})

describe('a fault', () => {
  test('leads to an apology with the answers in it, and says nothing of what was typed', async () => {
    const broken: Guide = {
      ...guide,
      turn(state, input, ...rest) {
        if (input.kind === 'text') throw new Error(`cannot read "${input.text}"`)
        return guide.turn(state, input, ...rest)
      },
    }
    const own = await startPage({ guide: broken })
    try {
      const page = await own.press(await own.open('/wijzer/pluzorg'), 'complaint')
      const failed = await own.type(page, 'lindeboom')
      expect(failed.status).toBe(500)
      expect(failed.seen.text).toContain('085 487 4012')
      expect(failed.seen.forms[0]?.hidden).toMatchObject({
        text: 'lindeboom',
        token: page.seen.forms[0]?.hidden.token,
      })
      expect(own.logged()).toContain('a turn of a page failed')
      expect(own.logged()).not.toContain('lindeboom')
    } finally {
      await own.close()
    }
  })
})

describe('who is served', () => {
  const ask = (address: string, host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(address)
      request({ port, host: '127.0.0.1', path: '/wijzer', headers: { host } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .once('error', reject)
        .end()
    })

  test('this machine alone without an app id, and everybody with one', async () => {
    expect(await ask(pages.address, 'localhost')).toBe(200)
    expect(await ask(pages.address, 'elders.example')).toBe(403)
    const appId = '00000000-0000-0000-0000-000000000001'
    const open = await startPage({ guide, identity: { appId, appPassword: 'geheim' } })
    try {
      expect(await ask(open.address, 'elders.example')).toBe(200)
    } finally {
      await open.close()
    }
  })
})
