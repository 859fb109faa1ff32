import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards'
import { afterEach, describe, expect, test } from 'vitest'
import { renderCards } from '../../src/channels/cards/render-cards.ts'
import type { Guide } from '../../src/channels/guide.ts'
import { speak } from '../../src/language/speak.ts'
import { createSpeech } from '../../src/language/texts.ts'
import { decide } from '../../src/routing/decide.ts'
import { exampleCase } from '../../src/routing/prove.ts'
import { project, today } from '../real-project.ts'
import { guide as realGuide, texts } from '../real-world.ts'
import { type BotUnderTest, type Setup, startBot, wordsOf } from './bot-under-test.ts'
import { fakeGuide } from './fake-guide.ts'
import { seeCard } from './words-of-card.ts'

const started: BotUnderTest[] = []

async function start(setup?: Setup): Promise<BotUnderTest> {
  const bot = await startBot(setup)
  started.push(bot)
  return bot
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((bot) => bot.close()))
})

const arrives = { type: 'conversationUpdate', membersAdded: [{ id: 'client-1' }] }
const inTeams = { channelId: 'msteams', conversation: { id: 'linde', conversationType: 'personal' } }

/** The card of the last message, or of the one before it. */
function cardOf(bot: BotUnderTest, at = -1) {
  return seeCard(bot.connector.replies.at(at)?.attachments?.[0]?.content)
}

/** What Teams sends when an option of a card is pressed. */
function pressInTeams(card: ReturnType<typeof cardOf>, option: string) {
  const action = card.options.find(({ data }) => data?.choose === option)
  if (action === undefined) throw new Error(`no option ${option}`)
  const { type, verb, data } = action
  return { ...inTeams, type: 'invoke', name: 'adaptiveCard/action', value: { action: { type, verb, data } } }
}

/** Sends an activity and gives the status and what was answered at once. */
async function ask(bot: BotUnderTest, fields: Record<string, unknown>) {
  const response = await bot.post(JSON.stringify(bot.activity(fields)))
  const body = await response.text()
  return { status: response.status, body: body === '' ? undefined : JSON.parse(body) }
}

describe('a card that was answered', () => {
  test('is replaced by what was chosen, at once and for good', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    const { body } = await ask(bot, pressInTeams(cardOf(bot), 'pluzorg'))
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' })
    const replaced = seeCard(body.value)
    expect(replaced.options).toEqual([])
    expect(replaced.lines.at(-1)).toBe('Jij koos: Stichting PluZorg')
    const [updated] = bot.connector.updated.values()
    expect(updated?.attachments?.[0]?.content).toEqual(body.value)
    expect(cardOf(bot).options.map(({ data }) => data?.choose)).toContain('complaint')
  })

  test('keeps what it said, with the numbers to call', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    const before = cardOf(bot)
    const { body } = await ask(bot, pressInTeams(before, 'pluzorg'))
    expect(seeCard(body.value).links).toEqual(before.links)
    expect(seeCard(body.value).lines[0]).toBe(before.lines[0])
  })

  test('loses its options when the client types instead', async () => {
    const bot = await start({ guide: realGuide })
    await bot.arrive()
    await bot.say('pluzorg')
    const [updated] = bot.connector.updated.values()
    const closed = seeCard(updated?.attachments?.[0]?.content)
    expect(closed.options).toEqual([])
    expect(closed.lines.at(-1)).toBe(texts.texts.nl?.card.passed)
  })

  test('does not stop the conversation when the channel cannot change it', async () => {
    const bot = await start({ guide: realGuide })
    bot.connector.changeStatus = 500
    await bot.arrive()
    expect(await bot.say('pluzorg')).toBe(200)
    expect(bot.said().join()).toContain('Wat wil je het liefst?')
  })
})

test('a channel that never answers a change does not keep the next message waiting for ever', async () => {
  const bot = await start({ guide: realGuide })
  await bot.arrive()
  bot.connector.isSilent = true
  await bot.say('pluzorg')
  await bot.say('ik wil niet meer leven')
  expect(bot.said().join()).toContain('113')
}, 20_000)

test('after a sign of danger the number to call stays in view, and what can wait is folded away', async () => {
  const bot = await start({ guide: realGuide })
  await bot.arrive()
  await bot.say('ik wil niet meer leven')
  const { folds, links, lines } = cardOf(bot)
  const rest = folds.find(({ title }) => title === texts.texts.nl?.card.goOn)
  expect(rest?.lines).toContain(texts.texts.nl?.question.organisation.ask)
  expect(links.map(({ url }) => url)).toContain('tel:113')
  expect(lines.indexOf(texts.texts.nl?.notice.goOn ?? '')).toBeGreaterThan(-1)
})

describe('a card that is left over', () => {
  test('pressed twice says so, and asks what is asked now; nothing is answered twice', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    const first = cardOf(bot)
    await bot.send(pressInTeams(first, 'pluzorg'))
    await bot.send(pressInTeams(first, 'pluzorg'))
    expect(cardOf(bot).lines[0]).toBe(texts.texts.nl?.command.oldCard)
    expect(cardOf(bot).lines).toContain('Wat wil je het liefst?')
  })

  test('keeps what it says: nothing takes its place but a word that it is of before', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    const first = cardOf(bot)
    await bot.send(pressInTeams(first, 'pluzorg'))
    const { body } = await ask(bot, pressInTeams(first, 'pluzorg'))
    expect(body).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: texts.texts.nl?.command.oldCard,
    })
  })

  test('pressed with another answer changes the answer, and says back what was understood', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    const first = cardOf(bot)
    await bot.send(pressInTeams(first, 'pluzorg'))
    await bot.send(pressInTeams(first, 'inzet'))
    expect(cardOf(bot).lines[0]).toContain('“inZet')
  })

  test('of a conversation that was wiped begins anew', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    await bot.send(pressInTeams(cardOf(bot), 'pluzorg'))
    const left = cardOf(bot)
    await bot.send({ ...inTeams, text: 'wis alles' })
    await bot.send(pressInTeams(left, 'complaint'))
    const { lines } = cardOf(bot)
    expect(lines.join('\n')).toContain(texts.texts.nl?.greeting.computer)
    expect(lines).toContain(texts.texts.nl?.command.oldCard)
    expect(lines).toContain(texts.texts.nl?.question.organisation.ask)
  })

  test('with "back" on it goes back once only', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    await bot.send(pressInTeams(cardOf(bot), 'pluzorg'))
    await bot.send(pressInTeams(cardOf(bot), 'talk'))
    await bot.send(pressInTeams(cardOf(bot), 'jeugdwet'))
    const advice = cardOf(bot)
    await bot.send(pressInTeams(advice, 'back'))
    await bot.send(pressInTeams(advice, 'back'))
    expect(cardOf(bot).lines).toContain('Waar gaat het over?')
  })

  test('can be pressed after a restart of the server', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    await bot.restart()
    const { body } = await ask(bot, pressInTeams(cardOf(bot), 'pluzorg'))
    expect(seeCard(body.value).lines.at(-1)).toBe('Jij koos: Stichting PluZorg')
  })
})

describe('a press', () => {
  test('that is sent twice is answered once', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    const press = { id: 'same', ...pressInTeams(cardOf(bot), 'pluzorg') }
    await bot.send(press)
    expect(await bot.send(press)).toBe(200)
    expect(bot.connector.replies).toHaveLength(2)
  })

  test('that fails leaves the card, and the client reads what to do', async () => {
    const broken: Guide = {
      ...fakeGuide,
      turn(state, input, now) {
        if (input.kind === 'choose') throw new Error('broken')
        return fakeGuide.turn(state, input, now)
      },
    }
    const bot = await start({ guide: broken })
    await bot.send({ ...inTeams, ...arrives })
    const { status, body } = await ask(bot, pressInTeams(cardOf(bot), 'klacht'))
    expect(status).toBe(200)
    expect(body.type).toBe('application/vnd.microsoft.activity.message')
    expect(bot.said().at(-1)).toBe('Er ging iets mis. Bel 0800 0000.')
    expect(bot.connector.updated.size).toBe(0)
  })

  test.each([
    ['nothing', undefined],
    ['another shape', { choose: 3 }],
    ['a huge option', { choose: 'x'.repeat(5_000) }],
    ['names of the language', { choose: '__proto__', of: 'constructor', turn: 1 }],
  ])('with %s does no harm', async (_, data) => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    const value = { action: { type: 'Action.Execute', verb: 'choose', data } }
    const { status } = await ask(bot, { ...inTeams, type: 'invoke', name: 'adaptiveCard/action', value })
    expect(status).toBe(200)
    await bot.send({ ...inTeams, text: 'pluzorg' })
    expect(cardOf(bot).lines).toContain('Wat wil je het liefst?')
  })
})

describe('in Teams', () => {
  test('the first card says in one line who may keep what is typed, and links to the chat outside', async () => {
    const bot = await start({ guide: realGuide, chatUrl: 'https://chat.example.nl/' })
    await bot.send({ ...inTeams, ...arrives })
    const warning = cardOf(bot).lines.filter((line) => line.includes('Teams en je werkgever'))
    expect(warning).toHaveLength(1)
    expect(warning[0]).toContain('https://chat.example.nl/')
    expect(cardOf(bot).links.map(({ url }) => url)).toContain('https://chat.example.nl/')
  })

  test('without a chat outside, it says to call instead', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    expect(cardOf(bot).lines.join('\n')).toContain(texts.texts.nl?.teams.call)
  })

  test('elsewhere nothing is said about Teams', async () => {
    const bot = await start({ guide: realGuide, chatUrl: 'https://chat.example.nl/' })
    await bot.arrive()
    expect(cardOf(bot).lines.join('\n')).not.toContain('Teams')
  })

  test('a client who installs the app is greeted once, however often Teams says so', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, type: 'installationUpdate', action: 'add' })
    await bot.send({ ...inTeams, type: 'conversationUpdate', membersAdded: [{ id: 'bot-1' }] })
    await bot.send({ ...inTeams, type: 'installationUpdate', action: 'remove' })
    expect(bot.connector.replies).toHaveLength(1)
  })

  test('a client who talked, and installs the app anew, is greeted anew, once', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    await bot.send({ ...inTeams, text: 'pluzorg' })
    await bot.send({ ...inTeams, type: 'installationUpdate', action: 'add' })
    await bot.send({ ...inTeams, type: 'conversationUpdate', membersAdded: [{ id: 'bot-1' }] })
    expect(bot.connector.replies).toHaveLength(3)
  })

  test('a channel that does not take that answer hears that it may try again', async () => {
    const bot = await start({ guide: realGuide })
    bot.connector.status = 500
    const group = { channelId: 'msteams', conversation: { id: 'group', conversationType: 'groupChat' } }
    expect(await bot.send({ ...group, text: 'hallo' })).toBe(502)
  })

  test('where Teams does not say that nobody else is there, nothing is talked about', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ channelId: 'msteams', text: 'mijn begeleider slaat mij' })
    expect(bot.said()[0]).toMatch(/eigen chat/)
  })

  test('the language is that of the client, until the client says something', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives, locale: 'en-US' })
    expect(cardOf(bot).lines[0]).toMatch(/^Hello/)
    await bot.send({ ...inTeams, text: 'nederlands', locale: 'en-US' })
    await bot.send({ ...inTeams, text: 'pluzorg', locale: 'en-US' })
    expect(cardOf(bot).lines).toContain('Wat wil je het liefst?')
  })

  test('a language that Teams tells only with the first message counts from there', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    await bot.send({ ...pressInTeams(cardOf(bot), 'pluzorg'), locale: 'en-GB' })
    expect(cardOf(bot).lines).toContain('What would you like most?')
  })

  test('among several people nothing is talked about', async () => {
    const bot = await start({ guide: realGuide })
    const group = { ...inTeams, conversation: { id: 'group', conversationType: 'groupChat', isGroup: true } }
    await bot.send({ ...group, ...arrives })
    expect(bot.said()).toEqual([])
    await bot.send({ ...group, text: 'mijn begeleider slaat mij' })
    expect(bot.said()).toHaveLength(1)
    expect(bot.said()[0]).toMatch(/eigen chat.*088 120 5020/)
    expect(await bot.kept('msteams', 'group')).toBeUndefined()
  })
})

describe('"wis alles"', () => {
  test("takes the bot's own messages away, and says what remains", async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    await bot.send({ ...inTeams, text: 'pluzorg' })
    await bot.send({ ...inTeams, text: 'wis alles' })
    expect([...bot.connector.deleted].sort()).toEqual(['reply-1', 'reply-2'])
    const { removed, remains } = texts.texts.nl?.teams ?? { removed: '', remains: '' }
    expect(wordsOf(bot.connector.replies.at(-1) as never)).toContain(remains)
    expect(cardOf(bot).lines).toContain(removed)
  })

  test('empties its messages where the channel cannot take them away', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    bot.connector.canDelete = false
    await bot.send({ ...inTeams, text: 'wis alles' })
    const emptied = bot.connector.updated.get('reply-1')?.attachments?.[0]?.content
    expect(seeCard(emptied).lines).toEqual([texts.texts.nl?.teams.wiped])
    expect(cardOf(bot).lines).toContain(texts.texts.nl?.teams.removed)
  })

  test('says so when some messages could not be taken away, and tries them again', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    bot.connector.changeStatus = 403
    await bot.send({ ...inTeams, text: 'wis alles' })
    expect(cardOf(bot).lines).toContain(texts.texts.nl?.teams.left)
    bot.connector.changeStatus = 200
    await bot.send({ ...inTeams, text: 'wis alles' })
    expect(bot.connector.deleted).toContain('reply-1')
    expect(cardOf(bot).lines).toContain(texts.texts.nl?.teams.removed)
  })

  test('and then "hallo" greets once', async () => {
    const bot = await start({ guide: realGuide })
    await bot.arrive()
    await bot.say('wis alles')
    await bot.say('hallo')
    const greeting = texts.texts.nl?.greeting.computer
    expect(cardOf(bot).lines.filter((line) => line === greeting)).toHaveLength(1)
  })

  test('goes on with it when the program was killed in the middle', async () => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    bot.connector.isSilent = true
    void bot.send({ ...inTeams, id: 'wipe', text: 'wis alles' }).catch(() => {})
    await expect.poll(() => bot.connector.asked).toBeGreaterThan(0)
    const left = JSON.stringify(await bot.kept('msteams', 'linde'))
    expect(left).toContain('reply-1')
    expect(left).not.toContain('greeting')
    bot.connector.isSilent = false
    await bot.kill()
    await bot.send({ ...inTeams, id: 'wipe', text: 'wis alles' })
    expect(bot.connector.deleted).toContain('reply-1')
    expect(bot.said().join()).toContain(texts.texts.nl?.teams.removed)
  })
})

describe('staff', () => {
  test('find a body by name, kind or organisation in the message extension, and get its card', async () => {
    const bot = await start({ guide: realGuide })
    const query = (words: string) =>
      ask(bot, {
        ...inTeams,
        type: 'invoke',
        name: 'composeExtension/query',
        value: {
          commandId: 'findBody',
          parameters: [{ name: 'query', value: words }],
          queryOptions: { count: 25 },
        },
      })
    const { status, body } = await query('jeugdstem pluzorg')
    expect(status).toBe(200)
    const [first] = body.composeExtension.attachments
    expect(first.preview.content).toMatchObject({ title: 'Jeugdstem', text: 'Stichting PluZorg' })
    expect(seeCard(first.content).links.map(({ url }) => url)).toContain('tel:+31885551000')
    expect(seeCard(first.content).options).toEqual([])
    const found = (await query('klachtenfunctionaris wonenplus')).body.composeExtension.attachments
    expect(JSON.stringify(found[0])).toContain('klachtenfunctionaris@wonenplus.nu')
    expect((await query('xqzvw')).body.composeExtension.attachments).toEqual([])
  })

  test.each([
    ['Teams', '<attachment id="2b1c"></attachment>'],
    [
      'the Playground',
      '<span class="inline-compose-card" itemid="0" itemtype="http://schema.skype.com/InputExtension"> <span itemprop="cardId"></span> </span>',
    ],
  ])('who insert a card in the chat with the bot get no answer to it, as %s sends it', async (_, text) => {
    const bot = await start({ guide: realGuide })
    await bot.send({ ...inTeams, ...arrives })
    expect(await bot.send({ ...inTeams, text })).toBe(200)
    expect(bot.connector.replies).toHaveLength(1)
    await bot.send({ ...inTeams, text: '<b>hallo</b>' })
    expect(bot.connector.replies).toHaveLength(2)
  })

  test('see in the Emulator how each reply came about, and nobody sees it elsewhere', async () => {
    const bot = await start({ guide: realGuide })
    await bot.arrive()
    await bot.say('ik woon bij pluzorg en wil praten over mijn geheim')
    expect(bot.connector.traces).toHaveLength(2)
    const trace = JSON.stringify(bot.connector.traces[1])
    expect(trace).toContain('"organisation":"pluzorg"')
    expect(trace).not.toContain('geheim')
    await bot.send({ ...inTeams, conversation: { id: 'eik', conversationType: 'personal' }, text: 'hallo' })
    expect(bot.connector.traces).toHaveLength(2)
  })
})

const advised = Object.values(project.knowledge.organisations).flatMap((organisation) =>
  organisation.rules.flatMap((rule) =>
    rule.examples.map((example) => ({
      name: `${organisation.id} / ${rule.id}: ${example.say}`,
      organisation,
      example,
    })),
  ),
)

describe.each(Object.keys(texts.texts))('the card of every advice in %s', (locale) => {
  const speech = createSpeech(texts.texts)
  test.each(advised)('$name', ({ organisation, example }) => {
    const advice = decide(project.knowledge, exampleCase(organisation, example.case), today)
    const reply = speak(
      { kind: 'advice', organisation: organisation.id, staff: false, advice, options: ['why', 'forget'] },
      { locale, knowledge: project.knowledge, speech, now: { date: today, time: '14:05' } },
    )
    const activities = renderCards([reply], { turn: 1, press: 'execute' })
    expect(activities).toHaveLength(1)
    expect(Buffer.byteLength(JSON.stringify(activities[0]))).toBeLessThan(28_000)
    const card = JSON.parse(JSON.stringify(activities[0]?.attachments?.[0]?.content))
    expect(problemsIn(card)).toEqual([])
    expect(
      seeCard(card).links.every(({ url }) => /^(tel:\+?\d+|mailto:\S+@\S+|https?:\/\/\S+)$/.test(url ?? '')),
    ).toBe(true)
  })
})

test('a turn that is too large for one card is shown on several, and nothing is lost', () => {
  const paragraph = 'Bel de klachtenfunctionaris. '.repeat(60)
  const part = {
    role: 'notes' as const,
    heading: 'Goed om te weten',
    lines: [paragraph],
    items: [],
    links: [],
  }
  const parts = Array.from({ length: 20 }, () => part)
  const reply = {
    kind: 'advice' as const,
    key: 'advice/linde',
    text: 'x',
    parts,
    options: [{ id: 'back', label: 'Terug' }],
  }
  const activities = renderCards([reply], { turn: 1, press: 'submit' })
  expect(activities.length).toBeGreaterThan(1)
  const cards = activities.map(({ attachments }) =>
    seeCard(JSON.parse(JSON.stringify(attachments?.[0]?.content))),
  )
  expect(cards.flatMap(({ lines }) => lines).filter((line) => line === paragraph)).toHaveLength(20)
  expect(cards.map(({ options }) => options.length)).toEqual([...cards.slice(1).map(() => 0), 1])
  for (const activity of activities) expect(Buffer.byteLength(JSON.stringify(activity))).toBeLessThan(28_000)
})

/** What the renderer of Teams and the Playground finds wrong in a card. */
function problemsIn(json: unknown): readonly string[] {
  const context = new SerializationContext(Versions.v1_5)
  const card = new AdaptiveCard()
  card.parse(json as object, context)
  const found = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message)
  return [...found, ...card.validateProperties().validationEvents.map(({ message }) => message)]
}
