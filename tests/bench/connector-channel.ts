import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { pressOnCard } from './direct-line-channel.ts'
import { type BenchChannel, playTalks } from './play-talks.ts'

/** Azure Direct Line as far as a bot knows it: activities are posted to it, and it posts its replies back. */
export async function openConnectorChannel(
  address: string,
): Promise<BenchChannel & { close(): Promise<void> }> {
  /** The last reply of each conversation, as it came. */
  const shown = new Map<string, string>()
  let count = 0
  const server = createServer({ keepAliveTimeout: 60_000 }, async (incoming, response) => {
    const conversation = decodeURIComponent(incoming.url?.split('/')[3] ?? '')
    shown.set(conversation, await text(incoming))
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(`{"id":"reply-${++count}"}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    play: (talks) =>
      playTalks(talks, async (post) => {
        const id = `conversation-${++count}`
        const say = async (fields: object) => {
          const before = shown.get(id)
          const body = { ...envelope, id: `activity-${++count}`, serviceUrl, conversation: { id }, ...fields }
          await post(`${address}/api/messages`, body)
          if (shown.get(id) === before) throw new Error(`The bot at ${address} said nothing.`)
        }
        await say({ type: 'conversationUpdate', membersAdded: [envelope.from] })
        return {
          step: (step) =>
            say(
              'type' in step
                ? { type: 'message', text: step.type }
                : { type: 'message', value: pressOnCard(JSON.parse(shown.get(id) ?? '{}'), step.press) },
            ),
          end: () => shown.delete(id),
        }
      }),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What all activities of Azure Direct Line carry. */
const envelope = {
  channelId: 'directline',
  timestamp: '2026-03-02T09:00:00.000Z',
  from: { id: 'dl_client', name: '' },
  recipient: { id: 'klachtwijzer@bot', name: 'Klachtwijzer' },
}
