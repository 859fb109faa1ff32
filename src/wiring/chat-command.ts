import { parseArgs } from 'node:util'
import { chatJsonl } from '../channels/terminal/chat-jsonl.ts'
import { chatTerminal } from '../channels/terminal/chat-terminal.ts'
import { generalHelp } from '../knowledge/knowledge.ts'
import type { Lines } from './lines.ts'
import { loadProject } from './load-project.ts'
import { loadTexts } from './load-texts.ts'
import { makeGuide } from './make-guide.ts'

/**
 * `npm run chat`: a conversation in the terminal, or with `--jsonl` as lines of JSON.
 *
 * - `--organisation ID` the organisation at whose place the client stands
 * - `--locale nl` the language to begin in
 */
export async function chatCommand(args: readonly string[], root: string, lines: Lines): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      jsonl: { type: 'boolean', default: false },
      organisation: { type: 'string' },
      locale: { type: 'string', default: 'nl' },
    },
  })
  const project = await loadProject(root)
  const texts = loadTexts(root)
  const { organisation, locale, jsonl } = values
  const known = Object.keys(project.knowledge.organisations).filter((id) => id !== generalHelp)
  if (organisation !== undefined && ![...known, generalHelp].includes(organisation)) {
    lines.problem(`Organisation "${organisation}" is not known. Known: ${known.join(', ')}.`)
    return 1
  }
  const guide = makeGuide(project, texts, { organisation, locale })
  const now = () => new Date()
  if (jsonl) return chatJsonl(guide, process.stdin, now, lines)
  const words = (texts.texts[locale] ?? texts.texts.nl)?.terminal ?? { prompt: '', hint: '' }
  await chatTerminal(guide, process.stdin, process.stdout, now, words)
  return 0
}
