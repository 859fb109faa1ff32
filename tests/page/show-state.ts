import type { Page } from 'playwright-core'

/** Every kind of page there is. */
export const states = [
  'choice',
  'start',
  'unknown-organisation',
  'question',
  'many',
  'notice',
  'misunderstood',
  'person',
  'advice',
  'advice-at-once',
  'why',
  'change',
  'stopped',
  'wiped',
  'expired',
  'too-long',
] as const
export type StateName = (typeof states)[number]

const words = {
  nl: { danger: 'ik wil dood', stop: 'stop' },
  en: { danger: 'I want to die', stop: 'stop' },
} as const

/** Does what leads to another page, and waits until that is there. */
export async function toNext(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()])
}

/** Brings a browser to a page of that kind, as a client gets there. */
export async function showState(
  page: Page,
  address: string,
  locale: 'nl' | 'en',
  state: StateName,
): Promise<void> {
  const start = (organisation: string) => page.goto(`${address}/wijzer/${organisation}?taal=${locale}`)
  const press = (value: string) =>
    toNext(page, () => page.locator(`button[value="${value}"]`).first().click())
  const type = async (text: string) => {
    await page.fill('textarea', text)
    await toNext(page, () => page.click('.send'))
  }
  const goOn = async () => {
    while ((await page.locator('.advice').count()) === 0) await press('unknown')
  }
  /** Sends a field with other content than the page put in it. */
  const forge = async (selector: string, value: string) => {
    const body = new URLSearchParams({ taal: locale, [selector]: value }).toString()
    const url = `${address}/wijzer/pluzorg`
    await page.route(url, (route) =>
      route.continue({
        method: 'POST',
        headers: { ...route.request().headers(), 'content-type': 'application/x-www-form-urlencoded' },
        postData: body,
      }),
    )
    await page.goto(url)
    await page.unroute(url)
  }

  switch (state) {
    case 'choice':
      await start('')
      return
    case 'unknown-organisation':
      await start('elders')
      return
    case 'expired':
      return forge('token', 'oud')
    case 'too-long':
      return forge('text', 'x'.repeat(70_000))
    case 'advice-at-once':
      await start('zorgkracht12')
      await press('report')
      await type(locale === 'nl' ? 'ik ben geslagen' : 'I was beaten')
      return goOn()
  }
  await start('pluzorg')
  switch (state) {
    case 'start':
      return
    case 'question':
      return press('complaint')
    case 'many':
      await start('pluspunt')
      return press('complaint')
    case 'notice':
      await press('complaint')
      return type(words[locale].danger)
    case 'misunderstood':
      return type('qwrtp')
    case 'person':
      return press('human')
    case 'stopped':
      return type(words[locale].stop)
    case 'wiped':
      return press('forget')
    case 'change':
      await press('complaint')
      return press('wish')
    case 'advice':
    case 'why':
      await press('complaint')
      await press('jeugdwet')
      await goOn()
      if (state === 'why') await press('why')
      return
  }
}
