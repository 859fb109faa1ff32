import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '../../src/knowledge/vocabulary.ts'

/** The cases of the routing scenarios. */
export function scenarioCases(): readonly Case[] {
  const lines = readFileSync(join(import.meta.dirname, '..', 'routing', 'scenarios.jsonl'), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => {
    const { dates, ...slots } = JSON.parse(line).case
    const texts = Object.entries(slots).map(([slot, value]) => [slot, String(value)] as const)
    return { slots: Object.fromEntries(texts), dates: dates ?? {} }
  })
}
