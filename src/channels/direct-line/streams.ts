import type { WebSocket } from 'ws'
import type { ConversationLog, LogPage } from '../../storage/activity-log.ts'
import { type Entry, parseEntry } from './entry.ts'
import type { Grant } from './grant.ts'
import { activityId, bot, directLineChannel, renderEntry } from './render-entry.ts'

/** An entry that was just added to a log. */
export type Fresh = { readonly number: number; readonly value: Entry }

/** The open WebSockets, and what goes over them. */
export type Streams = {
  /** Sends all that stands in a log after a number, and from then on all that is added to it. */
  open(socket: WebSocket, grant: Grant, log: ConversationLog, after: number): void
  /** Tells the readers of a conversation what was added to its log. */
  publish(conversation: string, added: readonly Fresh[]): void
  /** Tells the readers of a conversation that it was erased, and closes their streams. */
  end(conversation: string): void
  readonly count: number
  /** Closes every stream: the server goes away. */
  close(): void
}

type Stream = {
  readonly socket: WebSocket
  readonly grant: Grant
  readonly log: ConversationLog
  /** The last entry that was sent. */
  upTo: number
  /** The log is being read for it; what is added meanwhile is found there. */
  isReading: boolean
  isBehind: boolean
  /** It answered the last ping. */
  isAlive: boolean
}

/** Bytes that may wait for a client who does not take them. */
const mostWaiting = 1_000_000
/** How long a client may take to answer a closing, in milliseconds. */
const closingLimit = 1_000

/**
 * @param keepalive how often each client must show that it is there, in milliseconds
 * @param onFault hears what went wrong with reading; the stream is closed then, and the client connects again
 */
export function createStreams(keepalive: number, onFault: (error: unknown) => void): Streams {
  const byConversation = new Map<string, Set<Stream>>()
  const all = new Set<Stream>()
  let timer: NodeJS.Timeout | undefined

  function look(): void {
    for (const stream of all) {
      if (!stream.isAlive) {
        stream.socket.terminate()
        continue
      }
      stream.isAlive = false
      stream.socket.ping()
      // What the protocol does to keep proxies and clients from giving up; clients skip it.
      stream.socket.send('')
    }
  }

  function forget(stream: Stream): void {
    const { conversation } = stream.grant
    all.delete(stream)
    const others = byConversation.get(conversation)
    others?.delete(stream)
    if (others?.size === 0) byConversation.delete(conversation)
    if (all.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  async function catchUp(stream: Stream): Promise<void> {
    stream.isReading = true
    try {
      for (let isMore = true; isMore; ) {
        stream.isBehind = false
        const page = await stream.log.read(stream.upTo)
        send(stream, readEntries(page), page.last)
        isMore = page.isPartial || stream.isBehind
      }
    } catch (error) {
      onFault(error)
      close(stream.socket, 1011)
    } finally {
      stream.isReading = false
    }
  }

  return {
    get count() {
      return all.size
    },
    open(socket, grant, log, after) {
      const stream: Stream = {
        socket,
        grant,
        log,
        upTo: after,
        isReading: false,
        isBehind: false,
        isAlive: true,
      }
      const others = byConversation.get(grant.conversation) ?? new Set()
      byConversation.set(grant.conversation, others.add(stream))
      all.add(stream)
      timer ??= setInterval(look, keepalive).unref()
      const isThere = () => {
        stream.isAlive = true
      }
      // What a client sends is not read: activities are posted. Its empty messages say that it is there.
      socket.on('pong', isThere).on('message', isThere)
      socket.on('error', () => {}).on('close', () => forget(stream))
      void catchUp(stream)
    },
    publish(conversation, added) {
      const [first] = added
      if (first === undefined) return
      for (const stream of byConversation.get(conversation) ?? []) {
        if (stream.isReading) stream.isBehind = true
        else if (first.number === stream.upTo + 1) send(stream, added, added.at(-1)?.number ?? stream.upTo)
        else void catchUp(stream)
      }
    },
    end(conversation) {
      for (const { socket, upTo } of byConversation.get(conversation) ?? []) {
        socket.send(JSON.stringify({ activities: [endOf(conversation)], watermark: String(upTo) }))
        close(socket, 1000)
      }
    },
    close() {
      for (const { socket } of all) close(socket, 1001)
    },
  }
}

function send(stream: Stream, added: readonly Fresh[], last: number): void {
  const { socket, grant } = stream
  stream.upTo = last
  if (added.length === 0 || socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > mostWaiting) socket.terminate()
  else socket.send(JSON.stringify(activitySet(added, last, grant)))
}

/** The entries of a log that can be read. */
export function readEntries({ entries }: Pick<LogPage, 'entries'>): readonly Fresh[] {
  return entries.flatMap(({ number, value }) => {
    const entry = parseEntry(value)
    return entry === undefined ? [] : [{ number, value: entry }]
  })
}

/** Activities as both ways of reading give them. */
export function activitySet(entries: readonly Fresh[], last: number, grant: Grant) {
  const activities = entries.flatMap(({ number, value }) => renderEntry(value, number, grant))
  return { activities, watermark: String(last) }
}

function endOf(conversation: string) {
  return {
    type: 'endOfConversation',
    id: activityId(conversation, 0),
    channelId: directLineChannel,
    conversation: { id: conversation },
    from: bot,
  }
}

function close(socket: WebSocket, code: number): void {
  socket.close(code)
  setTimeout(() => socket.terminate(), closingLimit).unref()
}
