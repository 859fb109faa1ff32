import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import reviewWords from '../../locales/nl/safety-review.json' with { type: 'json' }
import { readJsonLines } from '../channels/terminal/json-lines.ts'
import { generalHelp } from '../knowledge/knowledge.ts'
import { asSlots, evaluate, type Utterance } from '../understanding/evaluate.ts'
import { createUnderstander, understand } from '../understanding/understand.ts'
import { describeSafetySigns } from './describe-safety-signs.ts'
import type { Lines } from './lines.ts'
import { loadProject } from './load-project.ts'
import { loadSafetySigns } from './load-safety-signs.ts'
import { loadTexts } from './load-texts.ts'
import { todayInTheNetherlands } from './today.ts'

/**
 * The `understand` contract (design, "Command line"): `{"text","locale"?,"organisation"?}` lines in, what the words settle
 * out. With `--evaluate FILE`: precision, recall and F1 per slot over a file in the scheme of the utterances. With `--signs`: the
 * signs of danger with their reasoning, for a care professional to review.
 *
 * @returns the exit status: 1 when a line or the file could not be read
 */
export async function understandCommand(
  args: readonly string[],
  root: string,
  input: Readable,
  lines: Lines,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { evaluate: { type: 'string' }, signs: { type: 'boolean' } },
  })
  const { words } = loadTexts(root)
  if (values.signs) {
    for (const line of describeSafetySigns(loadSafetySigns(root), words, reviewWords)) lines.out(line)
    return 0
  }
  const { knowledge } = await loadProject(root)
  const organisations = Object.values(knowledge.organisations).filter(({ id }) => id !== generalHelp)
  const understander = createUnderstander(words, { organisations })
  const today = todayInTheNetherlands()
  const read = (text: string, locale: string) => understand(understander, text, locale, undefined, today)
  if (values.evaluate !== undefined) return evaluateFile(values.evaluate, read, lines)
  let failed = false
  for await (const line of readJsonLines(input)) {
    const message = 'problem' in line ? line : readMessage(line.text)
    if ('problem' in message) {
      failed = true
      lines.problem(`line ${line.number}: ${message.problem}`)
      continue
    }
    const understood = read(message.text, message.locale)
    const slots = asSlots(understood)
    const known = organisations.some(({ id }) => id === message.organisation)
    const told = known && slots.organisation === undefined
    lines.out(
      JSON.stringify({
        locale: message.locale,
        slots: { ...slots, ...(told && { organisation: message.organisation }) },
        confidence: understood.confidence,
      }),
    )
  }
  return failed ? 1 : 0
}

type Message = { readonly text: string; readonly locale: string; readonly organisation?: string }

const noMessage = { problem: 'is no message. Write {"text":"...","locale":"nl"}.' }

function readMessage(line: string): Message | { readonly problem: string } {
  try {
    const { text, locale, organisation } = JSON.parse(line)
    if (typeof text !== 'string') return noMessage
    return {
      text,
      locale: typeof locale === 'string' ? locale : 'nl',
      ...(typeof organisation === 'string' && { organisation }),
    }
  } catch {
    return noMessage
  }
}

/** A line of a file with what a careful reader fills; undefined when it is none. */
function readUtterance(line: string): Utterance | undefined {
  try {
    const utterance = JSON.parse(line)
    const { locale, text, expect } = utterance
    const isMessage = typeof locale === 'string' && typeof text === 'string'
    return isMessage && typeof expect === 'object' && expect !== null ? utterance : undefined
  } catch {
    return undefined
  }
}

function evaluateFile(path: string, read: Parameters<typeof evaluate>[1], { out, problem }: Lines): number {
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch {
    problem(`${path} cannot be read.`)
    return 1
  }
  const utterances: Utterance[] = []
  let failed = false
  content.split('\n').forEach((line, index) => {
    if (line.trim() === '') return
    const utterance = readUtterance(line)
    if (utterance) utterances.push(utterance)
    else {
      failed = true
      problem(`line ${index + 1} is no message`)
    }
  })
  if (failed) return 1
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`.padStart(7)
  for (const locale of [...new Set(utterances.map((utterance) => utterance.locale))]) {
    const { all, slots, falseAlarms } = evaluate(
      utterances.filter((one) => one.locale === locale),
      read,
    )
    out(`${locale}`)
    out(`  ${'slot'.padEnd(14)}precision recall      F1   right wrong missed`)
    for (const [slot, score] of Object.entries({ ...slots, all })) {
      const counts =
        `${score.right}`.padStart(7) + `${score.wrong}`.padStart(6) + `${score.missed}`.padStart(7)
      const { precision, recall, f1 } = score
      out(`  ${slot.padEnd(14)}${percent(precision)} ${percent(recall)} ${percent(f1)}${counts}`)
    }
    out(`  false alarms on safety ${percent(falseAlarms)}`)
  }
  return 0
}
