import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BotUnderTest, startBot } from '../channels/bot-under-test.ts'
import { guide, texts } from '../real-world.ts'
import { openBrowser, openPlayground, type Playground, type Shown } from './playground.ts'

type Words = NonNullable<(typeof texts.texts)['nl']>

/** One whole conversation for each organisation, by cards and by typing, and what the advice must show. */
type Conversation = {
  readonly organisation: string
  readonly presses: (words: Words) => readonly string[]
  readonly typed: Readonly<Record<'nl' | 'en', readonly string[]>>
  readonly shows: readonly string[]
}

const conversations: readonly Conversation[] = [
  {
    organisation: 'Stichting PluZorg',
    presses: ({ question: { wish, domain } }) => [wish.option.talk, domain.option.jeugdwet],
    typed: { nl: ['pluzorg', 'gewoon praten', 'jeugdzorg'], en: ['pluzorg', 'just talk', 'youth care'] },
    shows: ['Jeugdstem', '088 555 1000'],
  },
  {
    organisation: 'Zorgkracht 12',
    presses: ({ question: { wish, domain, direct } }) => [
      wish.option.complaint,
      domain.option.wmo,
      direct.option['rather-not'],
    ],
    typed: {
      nl: ['zorgkracht 12', 'ik wil een klacht indienen', 'wmo', 'liever niet'],
      en: ['zorgkracht 12', 'make a complaint', 'wmo', 'rather not'],
    },
    shows: ['Klachtenportaal Zorg', '0228 32 2205', 'klachtenportaalzorg.nl/klacht-indienen'],
  },
  {
    organisation: 'Stichting Pluspunt Rotterdam',
    presses: ({ question: { wish, domain, topic, direct } }) => [
      wish.option.talk,
      domain.option.wmo,
      topic.rest,
      direct.option['rather-not'],
    ],
    typed: {
      nl: ['pluspunt', 'gewoon praten', 'dagbesteding', 'iets anders', 'liever niet'],
      en: ['pluspunt', 'just talk', 'day activities', 'something else', 'rather not'],
    },
    shows: ['1400'],
  },
  {
    organisation: 'Stichting WonenPlus',
    presses: ({ question: { wish, domain } }) => [wish.option.mediation, domain.option.other],
    typed: {
      nl: ['wonenplus', 'iemand die bemiddelt', 'iets anders'],
      en: ['wonenplus', 'someone who helps us solve it together', 'something else'],
    },
    shows: ['klachtenfunctionaris@wonenplus.nu'],
  },
  {
    organisation: 'inZet',
    presses: ({ question: { wish, domain, direct, stage } }) => [
      wish.option.complaint,
      domain.option.wmo,
      direct.option.yes,
      stage.option.new,
    ],
    typed: {
      nl: ['inzet', 'klacht indienen', 'wmo', 'ja dat kan', 'nog niets gedaan'],
      en: ['inzet', 'make a complaint', 'wmo', 'yes', 'nothing yet'],
    },
    shows: ['079 888 7770'],
  },
]

/** The Playground says that its person's Teams is in English, and tells no language as an emulator. */
const channels = [
  { channel: 'emulator', locale: 'nl' },
  { channel: 'msteams', locale: 'en' },
] as const

/** Questions that may come before the one wanted, or at the end. */
const patience = 7

describe.each(channels)('in the Agents Playground, as $channel', ({ channel, locale }) => {
  const words = texts.texts[locale]
  if (!words) throw new Error(`no texts in ${locale}`)
  const { question, advice, command, card, teams } = words
  const wipe = locale === 'nl' ? 'wis alles' : 'delete everything'
  const chosen = (label: string) => card.chose.replace('{{option}}', label)
  let browser: Browser
  let bot: BotUnderTest
  let playground: Playground

  beforeAll(async () => {
    bot = await startBot({ guide })
    browser = await openBrowser()
    playground = await openPlayground({ browser, endpoint: `${bot.address}/api/messages`, channel })
  }, 60_000)

  afterAll(async () => {
    await playground?.close()
    await browser?.close()
    await bot?.close()
  })

  /** A new conversation; the messages of the one before are wiped. */
  async function begin(): Promise<Shown> {
    await playground.say(wipe)
    return playground.say(locale === 'nl' ? 'hallo' : 'hello')
  }

  /** "I do not know" until something is offered, or nothing is asked any more. */
  async function passUntil(shown: Shown, wanted: (shown: Shown) => boolean): Promise<Shown> {
    let now = shown
    for (
      let passed = 0;
      passed < patience && !wanted(now) && now.options.includes(question.unknown);
      passed += 1
    ) {
      now = await playground.choose(question.unknown)
    }
    return now
  }

  const isAdvice = ({ options }: Shown) =>
    options.includes(words.option.forget) && !options.includes(question.unknown)

  function expectAdvice({ replies }: Shown, shows: readonly string[]): void {
    const text = replies.join('\n')
    for (const expected of shows) expect(text).toContain(expected)
  }

  test('the client is greeted, with the organisations to choose', () => {
    expect(playground.greeting.replies.join('\n')).toContain(words.greeting.danger)
    expect(playground.greeting.options[0]).toBe(question.talk)
    expect(playground.greeting.replies.join().includes(teams.kept)).toBe(channel === 'msteams')
  })

  test.each(conversations)(
    '$organisation by cards',
    async ({ organisation, presses, shows }) => {
      await begin()
      let shown = await playground.choose(organisation)
      expect((await playground.messages()).at(-2)).toContain(chosen(organisation))
      for (const label of presses(words)) {
        shown = await passUntil(shown, ({ options }) => options.includes(label))
        shown = await playground.choose(label)
      }
      shown = await passUntil(shown, isAdvice)
      expectAdvice(shown, shows)
      expect(shown.replies.join()).not.toContain(advice.receipt.split('{{')[0])
      expect(await playground.unfold(card.sources)).toContain(advice.receipt.split('{{')[0])
    },
    60_000,
  )

  test.each(conversations)(
    '$organisation by typing',
    async ({ typed, shows }) => {
      await begin()
      let shown: Shown = { replies: [], options: [] }
      for (const text of typed[locale]) shown = await playground.say(text)
      for (let passed = 0; passed < patience && !isAdvice(shown); passed += 1) {
        shown = await playground.say(question.unknown)
      }
      expectAdvice(shown, shows)
    },
    60_000,
  )

  test('a card says why it asks, without asking again', async () => {
    await begin()
    expect(await playground.unfold(card.why)).toContain(question.organisation.why)
  })

  test('a card that is pressed twice before it is replaced says so', async () => {
    await begin()
    await playground.pressTwice('inZet')
    await expect
      .poll(async () => (await playground.messages()).at(-1), { timeout: 10_000 })
      .toContain(command.oldCard)
    expect((await playground.messages()).at(-1)).toContain(question.wish.ask)
  })

  test('"wis alles" empties what the bot said, and says what remains', async () => {
    await begin()
    await playground.choose('inZet')
    const { replies } = await playground.say(wipe)
    expect(replies.join('\n')).toContain(teams.removed)
    expect((await playground.messages()).slice(-3, -1)).toEqual([teams.wiped, teams.wiped])
    if (channel === 'msteams') expect(replies.join('\n')).toContain(teams.remains)
  })

  test.runIf(channel === 'msteams')(
    'staff insert the card of a body with the message extension',
    async () => {
      const inserted = await playground.insertBody('jeugdstem pluzorg', 'Jeugdstem')
      expect(inserted).toContain('088 555 1000')
    },
  )

  test.runIf(channel === 'emulator')('staff see why each question is asked', async () => {
    await begin()
    await playground.choose('Stichting PluZorg')
    expect(playground.traces().at(-1)).toMatch(/"distinguishes"/)
  })
})
