import { loadOnce } from './load-once.ts'
import type { Refusal } from './refusal.ts'

/**
 * What became of a turn: `too-fast`, the client was told to wait; `failed`, an error on the way, as replies that did not
 * arrive. A handler may name others: they count as `other`.
 */
const outcomes = ['answered', 'ignored', 'apologised', 'too-fast', 'searched', 'failed'] as const

/** Counts and nothing else: no time, no id, and every label from a short list that is known beforehand. */
export type Metrics = {
  countTurn(channel: string | undefined, outcome: string | undefined): void
  countRequest(status: number): void
  countRefusal(refusal: Refusal): void
  /** Counts the streams that are open: 1 for one more, -1 for one less. */
  countStream(change: 1 | -1): void
  /** In the text format of Prometheus, with its content type. */
  read(): Promise<{ type: string; text: string }>
}

/** Starts to count from zero. A channel that is not in the list counts as `other`. */
export function createMetrics(channels: readonly string[]): Metrics {
  const counters = loadOnce(createCounters)
  return {
    async countTurn(channel, outcome) {
      const { turns } = await counters()
      turns.inc({ channel: among(channels, channel), outcome: among(outcomes, outcome) })
    },
    async countRequest(status) {
      const { requests } = await counters()
      requests.inc({ status: String(status) })
    },
    async countRefusal(refusal) {
      const { refusals } = await counters()
      refusals.inc({ reason: refusal })
    },
    async countStream(change) {
      const { streams } = await counters()
      streams.inc(change)
    },
    async read() {
      const { registry } = await counters()
      return { type: registry.contentType, text: await registry.metrics() }
    },
  }
}

async function createCounters() {
  const { Counter, Gauge, Registry } = await import('prom-client')
  const registry = new Registry()
  const count = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name: `klachtwijzer_${name}_total`, help, labelNames, registers: [registry] })
  return {
    registry,
    turns: count(
      'turns',
      'Turns of conversations, by channel and by what became of them',
      'channel',
      'outcome',
    ),
    streams: new Gauge({
      name: 'klachtwijzer_open_streams',
      help: 'Open WebSockets of clients over Direct Line',
      registers: [registry],
    }),
    requests: count('requests', 'Requests over HTTP, by status; 499 when the caller did not wait', 'status'),
    refusals: count('refusals', 'Requests that were refused, by reason', 'reason'),
  }
}

function among(list: readonly string[], value: string | undefined): string {
  return value !== undefined && list.includes(value) ? value : 'other'
}
