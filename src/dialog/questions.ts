import { z } from 'zod'
import type { Finding } from '../knowledge/finding.ts'
import { readYaml, type SourceFile } from '../knowledge/read-yaml.ts'

const option = z.union([
  z.string().transform((id) => ({ id, sets: undefined })),
  z.strictObject({ id: z.string(), sets: z.record(z.string(), z.string()) }),
])

const question = z.strictObject({
  id: z.string(),
  slot: z.string(),
  options: z.union([z.array(option).min(1), z.literal('bodies')]),
  again: z.boolean().default(false),
  when: z.record(z.string(), z.string()).default({}),
  merge: z.boolean().default(true),
  counted: z.boolean().default(true),
  date: z.enum(['lodged', 'client-term']).optional(),
})

const questionsFile = z.strictObject({ questions: z.array(question).min(1) })

/** An option: the values of slots that choosing it tells. */
export type QuestionOption = { readonly id: string; readonly sets: Readonly<Record<string, string>> }

/** A question as data: the slot it fills and its options, each with what choosing it tells. No words. */
export type Question = {
  /** Its words stand under this id in `locales`. */
  readonly id: string
  /** The slot that is filled, with `unknown` after "I do not know". */
  readonly slot: string
  /** `bodies`: the options are the bodies between which the rules of an organisation distinguish. */
  readonly options: readonly QuestionOption[] | 'bodies'
  /** Asked after "I do not know" to the first question about the same slot. */
  readonly again: boolean
  /** Asked only when these slots have these values. */
  readonly when: Readonly<Record<string, string>>
  /** Whether options that lead to the same place as "I do not know" are shown as one `rest`. */
  readonly merge: boolean
  /** Whether it counts in how many questions there are until an advice. */
  readonly counted: boolean
  /** A typed date is welcome: the day of lodging, or the day from which the client's own term runs. */
  readonly date?: 'lodged' | 'client-term' | undefined
}

/** Reads `dialogs/questions/*.yaml`; problems are findings. */
export function readQuestions(sources: readonly SourceFile[]): {
  questions: readonly Question[]
  findings: Finding[]
} {
  const findings: Finding[] = []
  const questions: Question[] = []
  for (const source of sources) {
    const read = readYaml(source, questionsFile)
    findings.push(...read.findings)
    for (const entry of read.file?.data.questions ?? []) {
      const options =
        entry.options === 'bodies'
          ? ('bodies' as const)
          : entry.options.map(({ id, sets }) => ({ id, sets: sets ?? { [entry.slot]: id } }))
      questions.push({ ...entry, options })
    }
  }
  return { questions, findings }
}
