import { WebSocket } from 'ws'
import type { WireFormat, WireTurn } from '../../src/channels/direct-line/wire.ts'
import { seeCard } from '../channels/words-of-card.ts'
import { type Begun, type BenchChannel, type Post, playTalks } from './play-talks.ts'
import type { Step } from './talks.ts'

/** What the bot said last, as the client got it. */
type Shown = {
  from: { role: string }
  channelData?: { klachtwijzer?: WireTurn }
  attachments?: readonly { content: unknown }[]
}

/** Clients that post over HTTP, and read from a WebSocket. */
export function openDirectLineChannel(address: string, format: WireFormat): BenchChannel {
  return { play: (talks) => playTalks(talks, (post) => begin(address, format, post)) }
}

/** Without a secret of its own the server takes any, from this machine. */
export const asDeveloper = { Authorization: 'Bearer developer' }

async function begin(address: string, format: WireFormat, post: Post): Promise<Begun> {
  const base = `${address}/v3/directline/conversations`
  const { conversationId, token, streamUrl } = JSON.parse(await post(base, { format }, asDeveloper))
  const socket = new WebSocket(streamUrl, { perMessageDeflate: false })
  let shown: Shown | undefined
  let heard = () => {}
  let failed: (error: Error) => void = () => {}
  socket.on('error', (error) => failed(error))
  socket.on('message', (data) => {
    const words = String(data)
    if (words === '') return
    const said = (JSON.parse(words).activities as Shown[]).findLast(({ from }) => from.role === 'bot')
    if (said === undefined) return
    shown = said
    heard()
  })
  const reply = () =>
    new Promise<void>((resolve, reject) => {
      heard = resolve
      failed = reject
    })
  await reply()
  return {
    async step(step) {
      const arrived = reply()
      const body = { type: 'message', from: { id: 'client' }, ...toMessage(step, shown) }
      const headers = { Authorization: `Bearer ${token}` }
      await Promise.all([arrived, post(`${base}/${conversationId}/activities`, body, headers)])
    },
    end: () => socket.terminate(),
  }
}

function toMessage(step: Step, shown: Shown | undefined): object {
  if ('type' in step) return { text: step.type }
  const turn = shown?.channelData?.klachtwijzer
  if (turn !== undefined) {
    return { value: { choose: step.press, of: turn.replies.at(-1)?.key, turn: turn.turn } }
  }
  return { value: pressOnCard(shown, step.press) }
}

/** What the button of an option on a card sends. */
export function pressOnCard(shown: Pick<Shown, 'attachments'> | undefined, option: string): object {
  const action = seeCard(shown?.attachments?.[0]?.content).options.find(({ data }) => data?.choose === option)
  if (action?.data === undefined) throw new Error(`The card does not offer ${option}.`)
  return action.data
}
