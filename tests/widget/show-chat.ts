import type { Page } from 'playwright-core'

/** Everything that a chat can look like. */
export const chatStates = [
  'choice',
  'start',
  'question',
  'many',
  'notice',
  'misunderstood',
  'person',
  'advice',
  'dates',
  'why',
  'stopped',
  'menu',
  'offline',
  'resume',
  'wiped',
] as const
export type ChatStateName = (typeof chatStates)[number]

const words = {
  nl: { danger: 'ik wil dood', lodged: 'Ik heb al een klacht ingediend.', day: '10 november 2026' },
  en: { danger: 'I want to die', lodged: 'I already made a complaint.', day: '10 November 2026' },
} as const

/** Presses what has this value in the question, or among what can always be done, and waits for the answer. */
export async function press(page: Page, value: string): Promise<void> {
  await answered(page, () => page.locator(`main button[value="${value}"]`).last().click())
}

/** Types words and sends them with Enter, and waits for the answer. */
export async function say(page: Page, text: string): Promise<void> {
  await page.fill('#text', text)
  await answered(page, () => page.press('#text', 'Enter'))
}

/** Waits until the bot has answered what this does. */
export async function answered(page: Page, act: () => Promise<unknown>): Promise<void> {
  const turn = Number(await page.locator('main').getAttribute('data-turn'))
  await act()
  await page.locator(`main[data-turn="${turn + 1}"], .wiped`).waitFor()
}

/** Presses "I do not know" until there is an advice. @param day what to type when a day is asked for */
export async function toAdvice(page: Page, day?: string): Promise<void> {
  for (let count = 0; count < 10 && (await page.locator('.advice').count()) === 0; count += 1) {
    const asked = await page.locator('#asked').innerText()
    if (day !== undefined && /^(Wanneer|When)/.test(asked)) await say(page, day)
    else await press(page, 'unknown')
  }
}

/** Opens the chat on a whole page; its program has taken over. */
export async function openChat(
  page: Page,
  address: string,
  locale: 'nl' | 'en' = 'nl',
  organisation = 'pluzorg',
): Promise<void> {
  await page.goto(`${address}/chat${organisation && `/${organisation}`}?taal=${locale}`)
  await page.locator('html[data-size]').waitFor()
}

/** Brings a browser to that state, as a client gets there. */
export async function showChat(
  page: Page,
  address: string,
  locale: 'nl' | 'en',
  state: ChatStateName,
): Promise<void> {
  const own = state === 'choice' ? '' : state === 'many' || state === 'dates' ? 'pluspunt' : 'pluzorg'
  await openChat(page, address, locale, own)
  switch (state) {
    case 'choice':
    case 'start':
      return
    case 'question':
    case 'many':
      return press(page, 'complaint')
    case 'notice':
      await press(page, 'complaint')
      return say(page, words[locale].danger)
    case 'misunderstood':
      return say(page, 'qwrtp')
    case 'person':
      return press(page, 'human')
    case 'dates':
      await press(page, 'complaint')
      await say(page, words[locale].lodged)
      return toAdvice(page, words[locale].day)
    case 'stopped':
      await press(page, 'complaint')
      return say(page, 'stop')
    case 'menu':
      await press(page, 'complaint')
      return page.locator('.menu-button').click()
    case 'offline':
      await press(page, 'complaint')
      await page.context().setOffline(true)
      await page.fill('#text', 'jeugdzorg')
      await page.press('#text', 'Enter')
      return page.locator('.trouble').waitFor()
    case 'resume': {
      await press(page, 'complaint')
      await page.evaluate('sessionStorage.clear()')
      await page.goto(page.url())
      return page.locator('.resume').waitFor()
    }
    case 'wiped':
      await press(page, 'complaint')
      return press(page, 'forget')
    case 'advice':
    case 'why':
      await press(page, 'complaint')
      await press(page, 'jeugdwet')
      await toAdvice(page)
      if (state === 'why') await press(page, 'why')
      return
  }
}
