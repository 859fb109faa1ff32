import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { Guide } from '../../src/channels/guide.ts'
import { StorageError } from '../../src/storage/storage-error.ts'
import { type BotUnderTest, type Setup, startBot } from './bot-under-test.ts'
import { fakeGuide } from './fake-guide.ts'

const started: BotUnderTest[] = []

async function start(setup?: Setup): Promise<BotUnderTest> {
  const bot = await startBot(setup)
  started.push(bot)
  return bot
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((bot) => bot.close()))
})

describe('a conversation', () => {
  it('greets a client who arrives, once, and does not greet the bot itself', async () => {
    const bot = await start()
    await bot.send({ type: 'conversationUpdate', membersAdded: [{ id: 'bot-1' }] })
    expect(bot.said()).toEqual([])
    await bot.arrive()
    await bot.arrive()
    expect(bot.said()).toEqual(['Hallo, ik ben een computer van Zorggroep De Linde.', 'Waar gaat het over?'])
  })

  it('greets a client who said something and then opens the page anew, without forgetting anything', async () => {
    const bot = await start()
    await bot.arrive()
    await bot.say('hallo')
    await bot.restart()
    await bot.send({ id: 'reload', type: 'conversationUpdate', membersAdded: [{ id: 'client-1' }] })
    await bot.send({ id: 'reload', type: 'conversationUpdate', membersAdded: [{ id: 'client-1' }] })
    await bot.say('Een klacht')
    expect(bot.said().slice(2)).toEqual([
      '2: hallo',
      'Hallo, ik ben een computer van Zorggroep De Linde.',
      'Waar gaat het over?',
      '4: gekozen klacht',
    ])
  })

  it('does not greet anew where a channel gives its activities no id', async () => {
    const bot = await start()
    await bot.say('hallo')
    await bot.send({ id: null, type: 'conversationUpdate', membersAdded: [{ id: 'client-1' }] })
    expect(bot.said()).toEqual(['1: hallo'])
  })

  it('shows the options as buttons under the last reply where a channel has no cards', async () => {
    const bot = await start()
    await bot.send({ type: 'conversationUpdate', membersAdded: [{ id: 'client-1' }], channelId: 'sms' })
    const [first, last] = bot.connector.replies
    expect(first?.suggestedActions).toBeUndefined()
    expect(last?.suggestedActions?.actions).toEqual([
      { type: 'imBack', title: 'Met iemand praten', value: 'Met iemand praten' },
      { type: 'imBack', title: 'Een klacht', value: 'Een klacht' },
    ])
  })

  it('knows an option again by its label and by its id', async () => {
    const bot = await start()
    await bot.arrive()
    await bot.say(' Een klacht ')
    await bot.send({ value: { choose: 'praten' } })
    expect(bot.said().slice(2)).toEqual(['2: gekozen klacht', '3: gekozen praten'])
  })

  it('takes a label of an earlier question as words', async () => {
    const bot = await start()
    await bot.arrive()
    await bot.say('iets anders')
    await bot.say('Een klacht')
    expect(bot.said().at(-1)).toBe('3: Een klacht')
  })

  it('numbers a long list of options in the text as well', async () => {
    const bot = await start()
    await bot.send({ text: 'lang', channelId: 'sms' })
    expect(bot.connector.replies[0]?.text).toMatch(
      /^1: kies\n\n1\. Optie 0 {2}\n2\. Optie 1 {2}\n.*8\. Optie 7$/s,
    )
    expect(bot.connector.replies[0]?.suggestedActions?.actions).toHaveLength(8)
  })

  it('begins without a greeting where a channel sends none', async () => {
    const bot = await start()
    await bot.say('hallo')
    expect(bot.said()).toEqual(['1: hallo'])
  })

  it('loses nothing when the server restarts in the middle', async () => {
    const bot = await start()
    await bot.arrive()
    await bot.restart()
    await bot.say('Een klacht')
    expect(bot.said().at(-1)).toBe('2: gekozen klacht')
  })

  it('answers messages that come at once in their order', async () => {
    const bot = await start()
    bot.connector.delay = 20
    const words = ['een', 'twee', 'drie', 'vier', 'vijf']
    await Promise.all(words.map((word) => bot.say(word)))
    expect(bot.said().map((text) => text.split(':')[0])).toEqual(['1', '2', '3', '4', '5'])
    expect(
      bot
        .said()
        .map((text) => text.split(' ')[1])
        .sort(),
    ).toEqual([...words].sort())
  })

  it('does not let one conversation wait for another', async () => {
    const bot = await start()
    await bot.say('hier')
    await bot.send({ text: 'daar', conversation: { id: 'eik' } })
    await bot.send({ text: 'elders', channelId: 'webchat' })
    expect(bot.said()).toEqual(['1: hier', '1: daar', '1: elders'])
  })

  it('answers a retry of the same message once, also after a restart', async () => {
    const bot = await start()
    await Promise.all([bot.send({ id: 'same', text: 'hallo' }), bot.send({ id: 'same', text: 'hallo' })])
    await bot.restart()
    expect(await bot.send({ id: 'same', text: 'hallo' })).toBe(200)
    expect(bot.said()).toEqual(['1: hallo'])
  })

  it('begins anew when nothing was said for 24 hours', async () => {
    const bot = await start()
    await bot.say('hallo')
    bot.passHours(23)
    await bot.say('nog even')
    bot.passHours(24)
    await bot.say('terug')
    expect(bot.said()).toEqual(['1: hallo', '2: nog even', '1: terug'])
  })

  it('forgets everything when the client asks so, even when that message is sent twice', async () => {
    const bot = await start()
    await bot.say('hallo')
    await bot.send({ id: 'erase', text: 'wis alles' })
    await bot.send({ id: 'erase', text: 'wis alles' })
    await bot.say('opnieuw')
    expect(bot.said()).toEqual(['1: hallo', '2: wis alles', 'Mijn berichten zijn weg.', '1: opnieuw'])
  })

  it('reads only the first 10,000 characters of a huge text', async () => {
    const bot = await start()
    expect(await bot.say(`${'a'.repeat(9_999)}😀${'b'.repeat(50_000)}`)).toBe(200)
    expect(bot.said()[0]).toBe(`1: ${'a'.repeat(9_999)}\uFFFD`)
  })

  it('keeps nothing readable on disk and nothing of the client in the log', async () => {
    const bot = await start()
    await bot.say('mijn begeleider schreeuwt')
    await bot.say('breek')
    for (const secret of ['begeleider', 'linde', 'client-1', 'Sanne', 'activity-1']) {
      expect(bot.stored()).not.toContain(secret)
      expect(bot.logged()).not.toContain(secret)
    }
  })
})

describe('a turn that fails', () => {
  it('gives the client a next step, logs where it happened without words, and keeps the old state', async () => {
    const bot = await start()
    await bot.say('hallo')
    expect(await bot.say('breek')).toBe(200)
    await bot.say('verder')
    expect(bot.said()).toEqual(['1: hallo', 'Er ging iets mis. Bel 0800 0000.', '2: verder'])
    expect(bot.logged()).toContain('"error":"Error"')
    expect(bot.logged()).toContain('fake-guide.ts')
    expect(bot.logged()).not.toContain('breek')
  })

  it('says so when the storage fails, names the mend in the log, and loses nothing', async () => {
    let isFull = false
    const bot = await start({
      wrapStore: (store) => ({
        ...store,
        save: (id, value) =>
          isFull ? Promise.reject(new StorageError('The disk is full.')) : store.save(id, value),
      }),
    })
    await bot.say('hallo')
    isFull = true
    await bot.say('lukt dit')
    isFull = false
    await bot.say('verder')
    expect(bot.said()).toEqual(['1: hallo', 'Er ging iets mis. Bel 0800 0000.', '2: verder'])
    expect(bot.logged()).toContain('The disk is full.')
  })

  it('is answered again when the program ended before it knew that the replies arrived', async () => {
    let isBroken = false
    const bot = await start({
      wrapStore: (store) => ({
        ...store,
        async saveSoon(id, value) {
          if (isBroken && noteDelivery(value)) throw new StorageError('The disk is full.')
          await store.saveSoon(id, value)
        },
      }),
    })
    isBroken = true
    expect(await bot.send({ id: 'once', text: 'hallo' })).toBe(200)
    expect(await bot.send({ id: 'once', text: 'hallo' })).toBe(200)
    expect(bot.said()).toEqual(['1: hallo'])
    isBroken = false
    await bot.restart()
    expect(await bot.send({ id: 'once', text: 'hallo' })).toBe(200)
    expect(await bot.send({ id: 'once', text: 'hallo' })).toBe(200)
    await bot.say('verder')
    expect(bot.said()).toEqual(['1: hallo', '1: hallo', '2: verder'])
    expect(bot.logged()).toContain('The disk is full.')
  })

  it('greets again when the greeting was lost with the program, whatever the id of the client who comes in', async () => {
    let isBroken = true
    const bot = await start({
      wrapStore: (store) => ({
        ...store,
        async saveSoon(id, value) {
          if (isBroken && noteDelivery(value)) throw new StorageError('The disk is full.')
          await store.saveSoon(id, value)
        },
      }),
    })
    await bot.arrive()
    isBroken = false
    await bot.arrive()
    await bot.arrive()
    expect(bot.said()).toEqual([
      'Hallo, ik ben een computer van Zorggroep De Linde.',
      'Waar gaat het over?',
      'Hallo, ik ben een computer van Zorggroep De Linde.',
      'Waar gaat het over?',
    ])
  })

  it('is as if it never was when the replies do not arrive, so that a retry succeeds', async () => {
    const bot = await start()
    await bot.say('hallo')
    bot.connector.status = 403
    expect(await bot.send({ id: 'lost', text: 'hoort u mij' })).toBe(502)
    bot.connector.status = 201
    expect(await bot.send({ id: 'lost', text: 'hoort u mij' })).toBe(200)
    expect(bot.said()).toEqual(['1: hallo', '2: hoort u mij'])
  })
})

describe('the door', () => {
  it.each([
    ['an empty body', '', 400],
    ['broken JSON', '{"type":', 400],
    ['JSON that is no object', '[1, 2]', 400],
    ['an activity without a type', '{"text":"hallo"}', 400],
    ['a message without a conversation', '{"type":"message","text":"hallo"}', 400],
    ['a message with a list for a text', '{"type":"message","text":["hallo"]}', 400],
    ['a body of more than 256 KB', JSON.stringify({ type: 'message', text: 'a'.repeat(300_000) }), 413],
    ['a type that nobody knows', '{"type":"lindeblad"}', 200],
  ])('answers %s with the right status and goes on', async (_, body, status) => {
    const bot = await start()
    const response = await bot.post(body)
    expect(response.status).toBe(status)
    expect(bot.logged()).toContain(`"status":${status}`)
    expect(await bot.say('hallo')).toBe(200)
    expect(bot.said()).toEqual(['1: hallo'])
  })

  it.each([
    ['text', { 'Content-Type': 'text/plain' }],
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['an unknown encoding', { 'Content-Type': 'application/json', 'Content-Encoding': 'linde' }],
    ['an unknown character set', { 'Content-Type': 'application/json; charset=linde' }],
  ])('refuses %s with 415', async (_, headers) => {
    const bot = await start()
    expect((await bot.post('{"type":"message"}', headers)).status).toBe(415)
  })

  it.each([
    ['typing', {}],
    ['messageReaction', { reactionsAdded: [{ type: 'like' }] }],
    ['endOfConversation', {}],
  ])('accepts %s and ignores it', async (type, fields) => {
    const bot = await start()
    expect(await bot.send({ type, ...fields })).toBe(200)
    expect(bot.said()).toEqual([])
  })

  it('says of a request that it does not know that it is not implemented, as the protocol wants', async () => {
    const bot = await start()
    expect(await bot.send({ type: 'invoke', name: 'linde/blad' })).toBe(501)
    expect(bot.said()).toEqual([])
  })

  it('survives odd fields in a message', async () => {
    const bot = await start()
    const entities = [null, { type: 'mention' }, { type: 'clientInfo', locale: 'nl-NL' }]
    expect(await bot.send({ text: null, entities, value: 'los', locale: 'x'.repeat(5_000) })).toBe(200)
    expect(bot.said()).toEqual(['1: '])
  })

  it('answers only POST, and nothing elsewhere', async () => {
    const bot = await start()
    expect((await fetch(`${bot.address}/api/messages`)).status).toBe(405)
    expect((await fetch(`${bot.address}/elsewhere`)).status).toBe(404)
    expect(await (await fetch(`${bot.address}/healthz`)).json()).toEqual({ status: 'ok' })
  })
})

describe('without an app id', () => {
  it.each([
    'https://smba.trafficmanager.net/emea/',
    'http://192.168.1.20:9000',
    'http://127.0.0.1.linde.example/',
    'http://127.0.0.1@linde.example/',
  ])('sends nothing to %s', async (serviceUrl) => {
    const bot = await start()
    expect(await bot.send({ text: 'hallo', serviceUrl })).toBe(403)
    expect(bot.logged()).toContain('"status":403')
    expect(bot.stored()).not.toContain('hallo')
  })

  it.each([
    ['linde.example', 403],
    ['127.0.0.1.linde.example', 403],
    ['127.0.0.1@linde.example', 403],
    ['linde.example@127.0.0.1', 403],
    ['127.0.0.1:80:90', 403],
    ['127.0.0.1/linde', 403],
    ['0x7f.1', 403],
    ['[::ffff:127.0.0.1]', 403],
    ['localhost', 400],
    ['LOCALHOST:3978', 400],
    ['127.0.0.1:3978', 400],
    ['[::1]:3978', 400],
  ])('answers a page that calls this machine %s with %i', async (host, expected) => {
    const bot = await start()
    const status = await new Promise((resolve, reject) => {
      const headers = { Host: host, 'Content-Type': 'application/json' }
      request(`${bot.address}/api/messages`, { method: 'POST', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end('{"type":"message"}')
    })
    expect(status).toBe(expected)
  })

  it('does not listen where other machines can reach it', async () => {
    const { createBotServer } = await import('../../src/channels/bot-server.ts')
    const bot = await start()
    const parts = {
      guide: fakeGuide,
      store: {} as never,
      now: () => new Date(),
      log: { child: () => {} } as never,
    }
    await expect(createBotServer(parts).listen(0, '0.0.0.0')).rejects.toThrow(/MicrosoftAppId/)
    expect(bot.address).toMatch(/^http:\/\/127\.0\.0\.1:/)
  })
})

describe('with an app id', () => {
  it('refuses a caller without a token', async () => {
    const bot = await start({ identity: { appId: 'app', appPassword: 'password' } })
    expect(await bot.say('hallo')).toBe(401)
    expect(await bot.send({ type: 'typing' })).toBe(401)
    expect(bot.said()).toEqual([])
  })
})

describe('a guide that is slow to be heard', () => {
  it('finishes the turns in flight before the server stops', async () => {
    const bot = await start()
    bot.connector.delay = 200
    const answered = bot.say('hallo')
    await new Promise((resolve) => setTimeout(resolve, 100))
    await bot.restart()
    expect(await answered).toBe(200)
    expect(bot.said()).toEqual(['1: hallo'])
  })

  it('gets a state that went through JSON', async () => {
    const states: unknown[] = []
    const guide: Guide = {
      ...fakeGuide,
      turn(state, input, now) {
        states.push(state)
        return fakeGuide.turn(state, input, now)
      },
    }
    const bot = await start({ guide })
    await bot.say('hallo')
    await bot.say('daar')
    expect(states).toEqual([undefined, { turns: 1, heard: 'hallo' }])
  })
})

/** Whether what is saved says that the replies arrived. */
function noteDelivery(value: unknown): boolean {
  return (value as { last?: { delivered?: boolean } }).last?.delivered === true
}
