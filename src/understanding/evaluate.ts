import type { Understood } from './understand.ts'

/** One annotated message: what a careful reader fills from the text alone. */
export type Utterance = {
  readonly id: string
  readonly locale: string
  readonly text: string
  readonly expect: Readonly<Record<string, string | boolean>>
}

export type Score = {
  readonly right: number
  /** A value that was not expected, or another than expected. */
  readonly wrong: number
  /** An expected value that was not given, or another was. */
  readonly missed: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export type Miss = {
  readonly id: string
  readonly slot: string
  readonly expected?: string
  readonly given?: string
}

export type Evaluation = {
  readonly slots: Readonly<Record<string, Score>>
  /** All slots together, without safety, commands and scope, which have figures of their own. */
  readonly all: Score
  /** The share of messages without any danger in which some was seen. */
  readonly falseAlarms: number
  readonly misses: readonly Miss[]
}

const apart: ReadonlySet<string> = new Set(['safety', 'command', 'scope'])

/** How well the messages were understood, slot by slot; strict, one value per slot, other readings not counted. */
export function evaluate(
  utterances: readonly Utterance[],
  understandOne: (text: string, locale: string) => Understood,
): Evaluation {
  const counts = new Map<string, { right: number; wrong: number; missed: number }>()
  const misses: Miss[] = []
  let harmless = 0
  let alarms = 0
  for (const { id, locale, text, expect } of utterances) {
    const given = asSlots(understandOne(text, locale))
    const expected = Object.fromEntries(Object.entries(expect).map(([slot, value]) => [slot, String(value)]))
    if (expected.safety === undefined) {
      harmless += 1
      if (given.safety !== undefined) alarms += 1
    }
    for (const slot of new Set([...Object.keys(given), ...Object.keys(expected)])) {
      const count = counts.get(slot) ?? { right: 0, wrong: 0, missed: 0 }
      counts.set(slot, count)
      const [was, is] = [expected[slot], given[slot]]
      if (was === is) {
        count.right += 1
        continue
      }
      if (is !== undefined) count.wrong += 1
      if (was !== undefined) count.missed += 1
      misses.push({
        id,
        slot,
        ...(was === undefined ? {} : { expected: was }),
        ...(is === undefined ? {} : { given: is }),
      })
    }
  }
  const slots = Object.fromEntries([...counts].sort().map(([slot, count]) => [slot, score(count)]))
  const told = [...counts].filter(([slot]) => !apart.has(slot)).map(([, count]) => count)
  const sum = (of: 'right' | 'wrong' | 'missed') => told.reduce((total, count) => total + count[of], 0)
  const all = score({ right: sum('right'), wrong: sum('wrong'), missed: sum('missed') })
  return { slots, all, falseAlarms: harmless === 0 ? 0 : alarms / harmless, misses }
}

/** What was understood in the scheme of the messages: safety, command and scope are slots there. */
export function asSlots({ slots, safety, command, scope }: Understood): Readonly<Record<string, string>> {
  const { part: _part, direct: _direct, ...told } = slots
  return {
    ...told,
    ...(safety === undefined ? {} : { safety }),
    ...(command === undefined || command === 'help' ? {} : { command }),
    ...(scope === undefined ? {} : { scope }),
  }
}

function score({ right, wrong, missed }: { right: number; wrong: number; missed: number }): Score {
  const precision = right + wrong === 0 ? 1 : right / (right + wrong)
  const recall = right + missed === 0 ? 1 : right / (right + missed)
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { right, wrong, missed, precision, recall, f1 }
}
