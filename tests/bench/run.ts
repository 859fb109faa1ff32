import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { begin, respond } from '../../src/conversation/respond.ts'
import type { State } from '../../src/conversation/state.ts'
import { countQuestions, measureTree } from '../../src/dialog/measure.ts'
import { isQuestion } from '../../src/dialog/tree.ts'
import { generalHelp, organisationOf } from '../../src/knowledge/knowledge.ts'
import { createSpeech } from '../../src/language/texts.ts'
import { decide, findRule, routingSlots } from '../../src/routing/decide.ts'
import { derive } from '../../src/routing/derive.ts'
import { loadProject } from '../../src/wiring/load-project.ts'
import { loadTexts } from '../../src/wiring/load-texts.ts'
import { makeGuide, makeWorld } from '../../src/wiring/make-guide.ts'
import { benchBotTurns } from './bot-turns.ts'
import { scenarioCases } from './cases.ts'
import { median, quantile, row } from './rows.ts'
import { benchServerStart } from './server-start.ts'

const root = join(import.meta.dirname, '..', '..')
const project = await loadProject(root)
const texts = loadTexts(root)
const world = makeWorld(project, texts, createSpeech(texts.texts))
const organisations = Object.values(project.knowledge.organisations)
  .filter(({ id }) => id !== generalHelp)
  .map(({ name }) => name)
const today = '2026-11-22'
const rounds = 7

row('what', 'figure', 'target')
benchDecisions()
benchTurns()
await benchStart()
await benchServerStart()
await benchBotTurns(makeGuide(project, texts), organisations)
benchQuestions()

/** Decisions a second, beside the same rules read one by one without the table (`findRule` alone, no advice). */
function benchDecisions(): void {
  const { knowledge } = project
  const cases = scenarioCases()
  const perSecond = (work: () => void) => {
    const start = performance.now()
    for (let round = 0; round < 1_000; round += 1) work()
    return (1_000 * cases.length) / ((performance.now() - start) / 1_000)
  }
  const decideAll = () => {
    for (const given of cases) decide(knowledge, given, today)
  }
  const interpretAll = () => {
    for (const given of cases) {
      const organisation = organisationOf(knowledge, given.slots.organisation)
      findRule(organisation, routingSlots(given, organisation, { date: today, holidays: knowledge.holidays }))
    }
  }
  const decided: number[] = []
  const interpreted: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    decided.push(perSecond(decideAll))
    interpreted.push(perSecond(interpretAll))
  }
  const rate = median(decided)
  row('routing decisions a second, whole advice', Math.round(rate).toLocaleString('en'), 'at least 200,000')
  row('  ratio to only finding the rule, read one by one', (rate / median(interpreted)).toFixed(2), '')
}

/** One pure turn with a button, beside a JSON round trip of the same state. */
function benchTurns(): void {
  const turns: number[] = []
  const trips: number[] = []
  for (let round = 0; round < 400; round += 1) {
    for (const organisation of Object.keys(project.knowledge.organisations)) {
      let { state, replies } = begin(world, 'nl', organisation, today)
      for (let step = 0; step < 10; step += 1) {
        const last = replies.at(-1)
        if (last?.kind !== 'question') break
        const option = last.options[(round + step) % last.options.length] ?? 'unknown'
        const before = performance.now()
        const turn = respond(world, state, { kind: 'choose', option }, today)
        const between = performance.now()
        JSON.parse(JSON.stringify(state)) as State
        const after = performance.now()
        if (round > 20) {
          turns.push(between - before)
          trips.push(after - between)
        }
        state = turn.state
        replies = turn.replies
      }
    }
  }
  row('one pure turn with a button, p99', `${quantile(turns, 0.99).toFixed(3)} ms`, 'at most 0.2 ms')
  row('one pure turn with a button, median', `${quantile(turns, 0.5).toFixed(3)} ms`, '')
  const ratio = quantile(turns, 0.5) / quantile(trips, 0.5)
  row('  ratio to a JSON round trip of its state, medians', ratio.toFixed(2), '')
}

/** From starting `node src/cli.ts route` to its answer, beside a bare start of the same Node. */
async function benchStart(): Promise<void> {
  const routed: number[] = []
  const bare: number[] = []
  for (let round = 0; round < 9; round += 1) {
    routed.push(await timeOf([join(root, 'src', 'cli.ts'), 'route']))
    bare.push(await timeOf(['--eval', 'process.stdin.once("data", () => console.log("x"))']))
  }
  row('node src/cli.ts route answers one line after', `${median(routed).toFixed(0)} ms`, 'at most 300 ms')
  row('  ratio to a bare start of node', (median(routed) / median(bare)).toFixed(1), '')
}

function timeOf(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    child.on('error', reject)
    child.stdout.once('data', () => {
      resolve(performance.now() - start)
      child.kill()
    })
    child.stdin.end('{"organisation":"pluzorg","wish":"talk"}\n')
  })
}

/** Questions until an advice once the organisation is known; safety and "can you talk to them?" not counted. */
function benchQuestions(): void {
  const { knowledge, questions, trees } = project
  const counts = scenarioCases().map((given) => {
    const organisation = organisationOf(knowledge, given.slots.organisation)
    const slots = derive(given, organisation, { date: today, holidays: knowledge.holidays })
    const tree = trees[organisation.id]
    return tree ? countQuestions(tree, questions, slots) : 0
  })
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  row('questions until an advice, mean over the scenarios', mean.toFixed(2), 'at most 3')
  const measured = Object.values(trees)
    .filter(({ organisation }) => organisation !== generalHelp)
    .map((tree) => ({ tree, ...measureTree(tree, questions) }))
  const equal = measured.reduce((sum, each) => sum + each.mean, 0) / measured.length
  row('questions with options equally likely, mean', equal.toFixed(2), 'at most 3.5')
  row(
    'questions with "I do not know" everywhere, worst',
    String(Math.max(...measured.map((each) => each.worstUnsure))),
    'at most 7',
  )
  for (const { tree, mean: own, worstUnsure, longest } of measured) {
    const nodes = tree.nodes.filter(isQuestion).length
    row(
      `  ${tree.organisation}`,
      `${own.toFixed(2)} / ${worstUnsure} / ${longest}`,
      `mean / unsure / longest, ${nodes} questions`,
    )
  }
}
