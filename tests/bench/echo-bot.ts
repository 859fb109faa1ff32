import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type AdaptiveCard, Application } from '@microsoft/teams-ai'
import {
  ActivityTypes,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder'
import express from 'express'
import { openStorage } from '../../src/storage/open-storage.ts'

/**
 * A program: a plain bot of the same SDKs, to measure ours by. In a turn it loads a small state from the same store,
 * sends one card, saves the state, and answers a press with a card. With `closes` it also changes the card before, as
 * our bot does. Prints its address.
 */
const [folder = '', cardBytes, closedBytes, closes] = process.argv.slice(2)

type State = { turns: number; last: string; card: string }

const openPadding = padding(Number(cardBytes), openCard('Hello', 1, ''))
const closedPadding = padding(Number(closedBytes), closedCard('again', ''))

const { conversations: store } = await openStorage({
  folder,
  lifetime: 24 * 3_600_000,
  now: () => new Date(),
  random: randomBytes,
  log: console,
})

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
const application = new Application({ startTypingTimer: false })

application.conversationUpdate('membersAdded', (context) => echo(context, 'Hello'))
application.activity(ActivityTypes.Message, (context) => echo(context, context.activity.text))
application.adaptiveCards.actionExecute('echo', async (context, _state, data: { choose: string }) => {
  await echo(context, data.choose)
  return closedCard(data.choose, closedPadding)
})

async function echo(context: TurnContext, said: string): Promise<void> {
  const { id } = context.activity.conversation
  const before = (await store.load(id)) as State | undefined
  const turns = (before?.turns ?? 0) + 1
  const attachment = CardFactory.adaptiveCard(openCard(said, turns, openPadding))
  const sent = await context.sendActivity({ attachments: [attachment] })
  await store.save(id, { turns, last: said, card: sent?.id ?? '' } satisfies State)
  if (closes === undefined || before === undefined) return
  const closed = CardFactory.adaptiveCard(closedCard(before.last, closedPadding))
  await context.updateActivity({ type: ActivityTypes.Message, id: before.card, attachments: [closed] })
}

function openCard(said: string, turns: number, more: string): AdaptiveCard {
  const action = { type: 'Action.Execute', title: 'Again', verb: 'echo', data: { choose: 'again' } }
  const again = { type: 'Container', items: [textBlock('Again')], selectAction: action }
  return card([textBlock(`${turns}: ${said}`), again, textBlock(more)])
}

function closedCard(said: string, more: string): AdaptiveCard {
  return card([textBlock(said), textBlock(more)])
}

function card(body: readonly object[]): AdaptiveCard {
  return { type: 'AdaptiveCard', version: '1.5', body }
}

function textBlock(text: string): object {
  return { type: 'TextBlock', wrap: true, text }
}

/** Text that makes a card about so large; as in Dutch, few of its letters are outside of ASCII. */
function padding(bytes: number, without: AdaptiveCard): string {
  const sentence = 'What you said comes back, a café further on. '
  const missing = bytes - Buffer.byteLength(JSON.stringify(without))
  return sentence.repeat(Math.max(0, Math.round(missing / Buffer.byteLength(sentence))))
}

const app = express()
app.use(express.json())
app.post('/api/messages', (request, response) =>
  adapter.process(request, response, async (context) => {
    await application.run(context)
  }),
)
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
