import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Guide } from '../../src/channels/guide.ts'
import { openConnectorChannel } from './connector-channel.ts'
import { openDirectLineChannel } from './direct-line-channel.ts'
import { median, row, spread } from './rows.ts'
import { beforeProgram, startServer } from './server-program.ts'
import { startProgram } from './start-program.ts'
import { planTalks } from './talks.ts'

const rounds = 11
const variants = 4
/** Rounds that do not count: Node takes about a thousand turns to compile what it runs often. */
const warmUps = 8
const idle = 10_000
/** Conversations before the memory is first measured: what is loaded once is loaded then. */
const idleBefore = 500

/** So many that no bench goes too fast. */
const unlimited = { KLACHTWIJZER_TURNS_PER_MINUTE: '100000', KLACHTWIJZER_LOG: 'warn' }

/**
 * Turns a second of one and the same server over embedded Direct Line, beside its turns for a connector on this machine,
 * which is how they come from Azure Direct Line; and the memory of idle conversations. A turn
 * counts when the client, or the connector, has the reply. In both the state is on disk by then; over Direct Line the
 * log of what was said is too.
 */
export async function benchDirectLine(guide: Guide, organisations: readonly string[]): Promise<void> {
  await benchTurns(guide, organisations)
  await benchIdle()
}

async function benchTurns(guide: Guide, organisations: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-bench-'))
  const server = await startServer(folder, unlimited)
  const talks = planTalks(guide, organisations, variants)
  const connector = await openConnectorChannel(server.found)
  const channels = {
    replies: openDirectLineChannel(server.found, 'replies'),
    cards: openDirectLineChannel(server.found, 'cards'),
    connector,
  }
  const measured = { replies: [] as number[], cards: [] as number[], connector: [] as number[] }
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [name, channel] of Object.entries(channels)) {
      const rate = await channel.play(talks)
      if (round >= 0) measured[name as keyof typeof measured].push(rate)
    }
  }
  await connector.close()
  await server.stop()
  rmSync(folder, { recursive: true })

  const { replies, cards } = measured
  const beside = measured.connector
  row('turns a second over Direct Line, to the widget', median(replies).toFixed(0), spread(replies, 0))
  row('turns a second over Direct Line, as cards', median(cards).toFixed(0), spread(cards, 0))
  row('turns a second for a connector, as from Azure', median(beside).toFixed(0), spread(beside, 0))
  const ratios = (rates: readonly number[]) => rates.map((rate, round) => rate / (beside[round] ?? 1))
  row(
    '  ratio to the widget',
    median(ratios(replies)).toFixed(2),
    `at least 2 (${spread(ratios(replies), 2)})`,
  )
  row('  ratio as cards', median(ratios(cards)).toFixed(2), spread(ratios(cards), 2))
}

async function benchIdle(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-bench-'))
  const server = await startServer(folder, unlimited)
  const open = (count: number, first: number) => {
    const program = join(import.meta.dirname, 'idle-clients.ts')
    const given = [program, server.found, String(count), String(first)]
    return startProgram([...beforeProgram, ...given], /^(open)$/)
  }
  const some = await open(idleBefore, 1)
  const before = residentOf(server.pid)
  const rest = await open(idle - idleBefore, 11)
  const after = residentOf(server.pid)
  for (const { stop } of [some, rest, server]) await stop()
  rmSync(folder, { recursive: true })
  const each = (after - before) / (idle - idleBefore)
  row(
    `memory of an idle conversation with an open stream, of ${idle.toLocaleString('en')}`,
    `${each.toFixed(1)} kB`,
  )
  row('  the server with all of them', `${(after / 1024).toFixed(0)} MB`)
}

/** What a process has in memory, in kB. */
function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}
