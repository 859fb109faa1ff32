import words from '../../locales/nl/findings.json' with { type: 'json' }
import type { Finding } from '../knowledge/finding.ts'
import { fill } from './fill.ts'

const sentences: Readonly<Record<string, string>> = words.finding
const meanings: Readonly<Record<string, string>> = words.case

/**
 * A finding as the author reads it: the file, the line, what is wrong and what to do. Dutch, because the author is.
 * A param `context` chooses between variants of one sentence (`lock-stale_added`); the values of a param `case` are
 * explained (`role: parent (zorgt voor een kind)`).
 *
 * @throws Error when the code has no sentence in `locales/nl/findings.json`
 */
export function describeFinding({ code, file, line, field, params }: Finding): string {
  const sentence = sentences[`${code}_${params.context}`] ?? sentences[code]
  if (sentence === undefined) throw new Error(`Finding ${code} has no sentence in locales/nl/findings.json.`)
  return fill(words.report.place, {
    file,
    line: String(line),
    sentence: fill(sentence, { field, ...params, case: explainCase(params.case ?? '') }),
  })
}

function explainCase(text: string): string {
  const explain = (part: string) => (meanings[part] ? `${part} (${meanings[part]})` : part)
  return text.split(', ').map(explain).join(', ')
}
