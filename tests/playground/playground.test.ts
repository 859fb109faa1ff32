import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BotUnderTest, startBot } from '../channels/bot-under-test.ts'
import { openBrowser, openPlayground, type Playground } from './playground.ts'

describe('the Agents Playground, as an emulator', () => {
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

  it('holds a conversation with cards and with words', async () => {
    expect(playground.greeting).toEqual({
      replies: [
        'Hallo, ik ben een computer van Zorggroep De Linde.\nWaar gaat het over?\nMet iemand praten\nEen klacht',
      ],
      options: ['Met iemand praten', 'Een klacht'],
    })
    expect(await playground.choose('Een klacht')).toEqual({ replies: ['2: gekozen klacht'], options: [] })
    expect(await playground.say('mijn bril is *stuk*')).toEqual({
      replies: ['3: mijn bril is *stuk*'],
      options: [],
    })
    expect((await playground.say('lang')).options).toHaveLength(8)
    expect((await playground.choose('Optie 7')).replies).toEqual(['5: gekozen o7'])
  })

  it('names what there is when something is missing', async () => {
    await expect(playground.choose('Geen knop')).rejects.toThrow(
      'There is no "Geen knop" to press. There is: Met iemand praten | Een klacht.',
    )
  })
})
