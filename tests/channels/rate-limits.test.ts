import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Guide } from '../../src/channels/guide.ts'
import { createRateLimits, defaultTurnsPerMinute } from '../../src/channels/rate-limits.ts'
import { type BotUnderTest, startBot } from './bot-under-test.ts'
import { fakeGuide } from './fake-guide.ts'

let bot: BotUnderTest | undefined

afterEach(async () => {
  await bot?.close()
  bot = undefined
  vi.useRealTimers()
})

/** Says why it apologises, and to whom. */
const guide: Guide = {
  ...fakeGuide,
  apology: (state, about) => ({
    kind: 'text',
    key: `text/${about}`,
    text: `${about} ${JSON.stringify(state)} Bel 0800 0000.`,
    options: [],
  }),
}

describe('a client who goes too fast', () => {
  it('is told so once, with a next step, and then the channel is told to wait', async () => {
    bot = await startBot({ guide })
    const statuses: number[] = []
    for (let count = 0; count < defaultTurnsPerMinute + 3; count += 1) statuses.push(await bot.say('hallo'))
    expect(statuses).toEqual([...Array(defaultTurnsPerMinute + 1).fill(200), 429, 429])
    expect(bot.said()).toHaveLength(defaultTurnsPerMinute + 1)
    expect(bot.said().at(-1)).toBe(`fast {"turns":${defaultTurnsPerMinute},"heard":"hallo"} Bel 0800 0000.`)
    expect(await (await fetch(`${bot.address}/metrics`)).text()).toContain(
      'klachtwijzer_turns_total{channel="emulator",outcome="too-fast"} 1',
    )
  }, 60_000)

  it('hinders nobody else, on whatever channel', async () => {
    bot = await startBot({ guide })
    for (let count = 0; count < defaultTurnsPerMinute + 2; count += 1) await bot.say('hallo')
    expect(await bot.say('hallo')).toBe(429)
    expect(await bot.send({ text: 'daar', conversation: { id: 'eik' } })).toBe(200)
    expect(await bot.send({ text: 'elders', channelId: 'webchat' })).toBe(200)
    expect(bot.said().slice(-2)).toEqual(['1: daar', '1: elders'])
  }, 60_000)

  it('is told when it may try again', async () => {
    bot = await startBot({ guide })
    for (let count = 0; count < defaultTurnsPerMinute + 1; count += 1) await bot.say('hallo')
    const response = await bot.post(
      JSON.stringify({
        type: 'message',
        text: 'hallo',
        channelId: 'emulator',
        serviceUrl: bot.connector.serviceUrl,
        conversation: { id: 'linde' },
        from: { id: 'client-1' },
        recipient: { id: 'bot-1' },
      }),
    )
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  }, 60_000)
})

describe('the limits', () => {
  it('make room again after a minute', async () => {
    vi.useFakeTimers()
    const limits = createRateLimits(1)
    const pace = async () => {
      const result = await limits.enter('linde')
      if (!result.isTooFast) limits.leave('linde')
      return result
    }
    expect(await pace()).toEqual({ isTooFast: false })
    expect(await pace()).toEqual({ isTooFast: true, isFirst: true, seconds: 60 })
    vi.advanceTimersByTime(20_000)
    expect(await pace()).toEqual({ isTooFast: true, isFirst: false, seconds: 40 })
    vi.advanceTimersByTime(40_000)
    expect(await pace()).toEqual({ isTooFast: false })
    expect(await pace()).toEqual({ isTooFast: true, isFirst: true, seconds: 60 })
  })

  it('let no more than fifty turns of a conversation wait for each other', async () => {
    const limits = createRateLimits()
    for (let turn = 0; turn < 50; turn += 1) expect(await limits.enter('linde')).toEqual({ isTooFast: false })
    expect(await limits.enter('linde')).toEqual({ isTooFast: true, isFirst: true, seconds: 10 })
    expect(await limits.enter('linde')).toEqual({ isTooFast: true, isFirst: false, seconds: 10 })
    expect(await limits.enter('eik')).toEqual({ isTooFast: false })
    limits.leave('linde')
    expect(await limits.enter('linde')).toEqual({ isTooFast: false })
  })

  it('count refused callers by address, and let others be', async () => {
    const limits = createRateLimits()
    for (let count = 0; count < 30; count += 1) {
      expect(await limits.countStranger('192.0.2.1')).toEqual({ isTooFast: false })
    }
    expect(await limits.countStranger('192.0.2.1')).toMatchObject({ isTooFast: true, isFirst: true })
    expect(await limits.countStranger('192.0.2.1')).toMatchObject({ isTooFast: true, isFirst: false })
    expect(await limits.countStranger('192.0.2.2')).toEqual({ isTooFast: false })
  })
})
