import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BotUnderTest, startBot } from '../channels/bot-under-test.ts'
import { guide, texts } from '../real-world.ts'
import { openBrowser, openPlayground, type Playground } from './playground.ts'

const { question, advice } = texts.texts.nl ?? { question: undefined, advice: undefined }
if (!question || !advice) throw new Error('no Dutch texts')
const { wish, domain, direct, stage, topic } = question
const unknown = question.unknown

/** One whole conversation for each organisation: the buttons pressed, and what the advice must show. */
const conversations: readonly {
  organisation: string
  presses: readonly string[]
  shows: readonly string[]
}[] = [
  {
    organisation: 'Stichting PluZorg',
    presses: [wish.option.talk, domain.option.jeugdwet],
    shows: ['Jeugdstem', '088 555 1000'],
  },
  {
    organisation: 'Zorgkracht 12',
    presses: [wish.option.complaint, domain.option.wmo, direct.option['rather-not']],
    shows: ['Klachtenportaal Zorg', '0228 32 2205', 'klachtenportaalzorg.nl/klacht-indienen'],
  },
  {
    organisation: 'Stichting Pluspunt Rotterdam',
    presses: [wish.option.talk, domain.option.wmo, topic.rest, direct.option['rather-not']],
    shows: ['cliëntondersteuning', '1400'],
  },
  {
    organisation: 'Stichting WonenPlus',
    presses: [wish.option.mediation, domain.option.other],
    shows: ['klachtenfunctionaris', 'klachtenfunctionaris@wonenplus.nu', '3 werkdagen'],
  },
  {
    organisation: 'inZet',
    presses: [wish.option.complaint, domain.option.wmo, direct.option.yes, stage.option.new],
    shows: ['ondersteuner', '079 888 7770'],
  },
]

// The Playground hides the buttons of a reply that overtakes the client's own message; a second try tells that apart.
describe('a whole conversation in the Agents Playground, as an emulator', { retry: 2 }, () => {
  let browser: Browser
  let bot: BotUnderTest

  beforeAll(async () => {
    bot = await startBot({ guide })
    browser = await openBrowser()
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    await bot?.close()
  })

  test.each(conversations)(
    '$organisation',
    async ({ organisation, presses, shows }) => {
      const playground: Playground = await openPlayground({
        browser,
        endpoint: `${bot.address}/api/messages`,
      })
      try {
        expect(playground.greeting.options[0]).toBe(question.talk)
        let shown = await playground.choose(organisation)
        for (const label of presses) {
          for (let passed = 0; passed < 3 && !shown.options.includes(label); passed += 1) {
            shown = await playground.choose(unknown)
          }
          shown = await playground.choose(label)
        }
        for (let passed = 0; passed < 4 && shown.options.includes(unknown); passed += 1) {
          shown = await playground.choose(unknown)
        }
        const text = shown.replies.join('\n')
        for (const expected of shows) expect(text).toContain(expected)
        expect(text).toContain(advice.receipt.split('{{')[0])
        expect((await playground.say('wis alles')).replies.join()).toContain(
          texts.texts.nl?.command.forget.slice(0, 20),
        )
      } finally {
        await playground.close()
      }
    },
    60_000,
  )
})
