import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Guide } from '../../src/channels/guide.ts'
import { median, row, spread } from './rows.ts'
import { beforeProgram, startServer } from './server-program.ts'
import { startProgram } from './start-program.ts'
import { planTalks, type Talk } from './talks.ts'
import { openTeamsChannel, type Played } from './teams-channel.ts'

type Measured = Readonly<Record<'bot' | 'echo' | 'closingEcho', Played[]>>

const rounds = 15
const variants = 4
/** Rounds that do not count: Node takes about a thousand turns to compile what it runs often. */
const warmUps = 12

/**
 * Turns a second of the bot in Teams, beside an echo bot. Each bot is a process of its own, so that it has a core to
 * itself and the clients, with the service that takes the cards, have the other: in one process the clients' work
 * would count for both, and hide how the bots differ.
 *
 * In each turn both are posted one activity, load a state from SQLite, save it, and post one card of the same mean
 * size; a press they answer with a card too. The bot saves once more, to know that its card arrived, looks the reply
 * up and speaks it, queues the turns of a conversation, counts, limits and logs, and changes (PUT) the card that was
 * answered. The second echo bot does that last thing too.
 */
export async function benchBotTurns(guide: Guide, organisations: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-bench-'))
  const channel = await openTeamsChannel()
  const server = await startServer(join(folder, 'bot'))
  const talks = planTalks(guide, organisations, variants)
  const { cardBytes, closedBytes } = await channel.play(server.found, talks)

  const startEcho = (name: string, ...more: readonly string[]) => {
    const given = [join(folder, name), String(cardBytes), String(closedBytes), ...more]
    const program = join(import.meta.dirname, 'echo-bot.ts')
    return startProgram([...beforeProgram, program, ...given], /^(http:\S+)$/)
  }
  const echo = await startEcho('echo')
  const closingEcho = await startEcho('closing-echo', 'closes')

  const echoTalks = talks.map(asEcho)
  const measured: Measured = { bot: [], echo: [], closingEcho: [] }
  for (let round = -warmUps; round < rounds; round += 1) {
    const played = {
      bot: await channel.play(server.found, talks),
      echo: await channel.play(echo.found, echoTalks),
      closingEcho: await channel.play(closingEcho.found, echoTalks),
    }
    if (round < 0) continue
    measured.bot.push(played.bot)
    measured.echo.push(played.echo)
    measured.closingEcho.push(played.closingEcho)
  }
  report(measured)
  for (const { stop } of [server, echo, closingEcho]) await stop()
  await channel.close()
  rmSync(folder, { recursive: true })
}

/** The same presses and words for the echo bot, whose card has one option. */
function asEcho(talk: Talk): Talk {
  return talk.map((step) => ('press' in step ? { press: 'again' } : step))
}

function report({ bot, echo, closingEcho }: Measured): void {
  row('turns a second in Teams, the bot', median(bot.map(rateOf)).toFixed(0), spread(bot.map(rateOf), 0))
  row(
    'turns a second in Teams, an echo bot',
    median(echo.map(rateOf)).toFixed(0),
    spread(echo.map(rateOf), 0),
  )
  const ratios = ratiosOf(bot, echo)
  row('  ratio of the two', median(ratios).toFixed(2), `at least 0.85 (${spread(ratios, 2)})`)
  const like = ratiosOf(bot, closingEcho)
  row('  ratio to an echo bot that also changes the card before', median(like).toFixed(2), spread(like, 2))
  const calls = [bot, echo, closingEcho].map((played) => median(played.map(callsOf)).toFixed(2))
  row('  calls over HTTP in a turn, of the three', calls.join(' / '))
  const bytes = [bot, echo, closingEcho].map((played) => median(played.map((each) => each.cardBytes)))
  row('  mean bytes of a card, of the three', bytes.map((each) => each.toFixed(0)).join(' / '))
}

function rateOf({ turns, seconds }: Played): number {
  return turns / seconds
}

/** The activity that came in, and what the bot called itself. */
function callsOf({ turns, sent, changed }: Played): number {
  return (turns + sent + changed) / turns
}

/** Each round by itself: what else the machine did counts for both of a round. */
function ratiosOf(some: readonly Played[], others: readonly Played[]): readonly number[] {
  return some.flatMap((played, round) => {
    const other = others[round]
    return other === undefined ? [] : [rateOf(played) / rateOf(other)]
  })
}
