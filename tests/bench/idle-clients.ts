import { WebSocket } from 'ws'

/** Streams that a server takes from one address. */
const ofAddress = 200
/** Conversations that are begun at the same time. */
const atOnce = 16

/**
 * Begins conversations, keeps a stream open for each, and then prints `open`. Arguments: the address of the server, how
 * many, and which address of this machine is the first that they come from: 1 for 127.0.0.1.
 */
const [address = '', count = '1', first = '1'] = process.argv.slice(2)
const waiting = Array.from(
  { length: Number(count) },
  (_, index) => Number(first) + Math.floor(index / ofAddress),
)

async function openOne(from: number): Promise<void> {
  const begun = await fetch(`${address}/v3/directline/conversations`, {
    method: 'POST',
    body: '{"format":"replies"}',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer developer' },
  })
  const { streamUrl } = (await begun.json()) as { streamUrl: string }
  const socket = new WebSocket(streamUrl, { localAddress: `127.0.0.${from}`, perMessageDeflate: false })
  await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject))
}

await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) await openOne(from)
  }),
)
console.log('open')
