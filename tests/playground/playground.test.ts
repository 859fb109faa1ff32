import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BotUnderTest, startBot } from '../channels/bot-under-test.ts'
import { openBrowser, openPlayground, type Playground } from './playground.ts'

// The Playground hides the buttons of a reply that overtakes the client's own message; a second try tells that apart.
describe('the Agents Playground, as an emulator', { retry: 2 }, () => {
  let browser: Browser
  let bot: BotUnderTest
  let playground: Playground

  beforeAll(async () => {
    bot = await startBot()
    browser = await openBrowser()
  }, 60_000)

  beforeEach(async () => {
    playground = await openPlayground({ browser, endpoint: `${bot.address}/api/messages` })
  }, 60_000)

  afterEach(async () => {
    await playground?.close()
  })

  afterAll(async () => {
    await browser?.close()
    await bot?.close()
  })

  it('holds a conversation with buttons and with words', async () => {
    expect(playground.greeting).toEqual({
      replies: ['Hallo, ik ben een computer van Zorggroep De Linde.', 'Waar gaat het over?'],
      options: ['Met iemand praten', 'Een klacht'],
    })
    expect(await playground.choose('Een klacht')).toEqual({ replies: ['2: gekozen klacht'], options: [] })
    expect(await playground.say('mijn bril is *stuk*')).toEqual({
      replies: ['3: mijn bril is *stuk*'],
      options: [],
    })
    const many = await playground.say('lang')
    expect(many.options).toHaveLength(8)
    expect(many.replies[0]).toMatch(/^4: kies\s+1\. Optie 0\s+2\. Optie 1\s/)
    expect((await playground.choose('Optie 7')).replies).toEqual(['5: gekozen o7'])
  })

  it('names the buttons there are when one is missing', async () => {
    await expect(playground.choose('Geen knop')).rejects.toThrow(
      'There is no button "Geen knop". There are: Met iemand praten | Een klacht.',
    )
  })
})
