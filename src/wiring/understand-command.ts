import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { generalHelp } from '../knowledge/knowledge.ts'
import { asSlots, evaluate, type Utterance } from '../understanding/evaluate.ts'
import { createUnderstander, understand } from '../understanding/understand.ts'
import type { Lines } from './lines.ts'
import { loadProject } from './load-project.ts'
import { loadTexts } from './load-texts.ts'
import { todayInTheNetherlands } from './today.ts'

/**
 * The `understand` contract (design, "Command line"): `{"text","locale"?,"organisation"?}` lines in, what the words settle
 * out. With `--evaluate FILE`: precision, recall and F1 per slot over a file in the scheme of the utterances.
 *
 * @returns the exit status: 1 when a line or the file could not be read
 */
export async function understandCommand(
  args: readonly string[],
  root: string,
  input: Readable,
  lines: Lines,
): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { evaluate: { type: 'string' } } })
  const { knowledge } = await loadProject(root)
  const { words } = loadTexts(root)
  const organisations = Object.values(knowledge.organisations).filter(({ id }) => id !== generalHelp)
  const understander = createUnderstander(words, { organisations })
  const today = todayInTheNetherlands()
  const read = (text: string, locale: string) => understand(understander, text, locale, undefined, today)
  if (values.evaluate !== undefined) return evaluateFile(values.evaluate, read, lines)
  let failed = false
  let number = 0
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (line.trim() === '') continue
    const message = readMessage(line)
    if (!message) {
      failed = true
      lines.problem(`line ${number}: is no message. Write {"text":"...","locale":"nl"}.`)
      continue
    }
    const understood = read(message.text, message.locale)
    const slots = asSlots(understood)
    const told = message.organisation !== undefined && slots.organisation === undefined
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

function readMessage(line: string): Message | undefined {
  try {
    const { text, locale, organisation } = JSON.parse(line)
    if (typeof text !== 'string') return undefined
    return {
      text,
      locale: typeof locale === 'string' ? locale : 'nl',
      ...(typeof organisation === 'string' && { organisation }),
    }
  } catch {
    return undefined
  }
}

function evaluateFile(path: string, read: Parameters<typeof evaluate>[1], { out, problem }: Lines): number {
  let utterances: readonly Utterance[]
  try {
    const content = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
    utterances = content.map((line) => JSON.parse(line))
  } catch (error) {
    problem(`${path} cannot be read: ${error instanceof Error ? error.message : error}`)
    return 1
  }
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`.padStart(7)
  for (const locale of [...new Set(utterances.map((utterance) => utterance.locale))]) {
    const { slots, falseAlarms } = evaluate(
      utterances.filter((one) => one.locale === locale),
      read,
    )
    out(`${locale}`)
    out(`  ${'slot'.padEnd(14)}precision recall      F1   right wrong missed`)
    for (const [slot, score] of Object.entries(slots)) {
      const counts =
        `${score.right}`.padStart(7) + `${score.wrong}`.padStart(6) + `${score.missed}`.padStart(7)
      const { precision, recall, f1 } = score
      out(`  ${slot.padEnd(14)}${percent(precision)} ${percent(recall)} ${percent(f1)}${counts}`)
    }
    out(`  false alarms on safety ${percent(falseAlarms)}`)
  }
  return 0
}
