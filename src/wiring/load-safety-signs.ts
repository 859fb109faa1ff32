import { join } from 'node:path'
import { z } from 'zod'
import { safetyKinds } from '../understanding/words.ts'
import { readJson } from './read-json.ts'

const signSchema = z.strictObject({
  kind: z.enum(safetyKinds),
  what: z.string().min(1),
  because: z.string().min(1),
  examples: z.array(z.string()).min(1),
  not: z.array(z.string()),
})

/** Why a sign of danger leads to its notice, and sentences that show its border; for care professionals, in Dutch. */
export type SafetySign = z.infer<typeof signSchema>

/** The reasoning of every sign (`locales/nl/safety.json`). @throws Error naming the file when it cannot be read, or does not fit */
export function loadSafetySigns(root: string): Readonly<Record<string, SafetySign>> {
  const path = join(root, 'locales/nl/safety.json')
  const { data, error } = z.record(z.string(), signSchema).safeParse(readJson(path))
  if (error !== undefined) throw new Error(`${path} does not fit:\n${z.prettifyError(error)}`)
  return data
}
