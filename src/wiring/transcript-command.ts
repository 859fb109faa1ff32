import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import words from '../../locales/nl/transcript.json' with { type: 'json' }
import { codeOf } from './code-of.ts'
import { problemAt } from './describe-transcript.ts'
import { fill } from './fill.ts'
import type { Lines } from './lines.ts'
import { loadProject, type Project } from './load-project.ts'
import { type LoadedTexts, loadTexts } from './load-texts.ts'
import { makeGuide } from './make-guide.ts'
import { planTranscripts, shown, statOf, type Task } from './plan-transcripts.ts'
import { toConversationFile } from './to-conversation-file.ts'
import { toTranscriptFile } from './to-transcript-file.ts'
import type { Conversion, Converted } from './transcript-conversion.ts'
import { writeWhole } from './write-whole.ts'

const conversions = {
  '.txt': { convert: toTranscriptFile, done: words.done.activities },
  '.transcript': { convert: toConversationFile, done: words.done.conversation },
} as const

type Options = {
  readonly files: readonly string[]
  readonly out?: string | undefined
  readonly force: boolean
}

type Loaded = { readonly project: Project; readonly texts: LoadedTexts }

/**
 * `npm run transcript -- FILE...`: plays conversation files (`.txt`) and writes them as `.transcript` files of the Bot
 * Framework Emulator, and turns saved `.transcript` files into conversation files. Each stands beside the file that it
 * was made of.
 *
 * - `--out PLACE` a folder, or for one file the name of the result
 * - `--force` overwrites what is there
 *
 * @param root the project folder
 * @param from the folder in which the command was typed
 * @param load gives the project and its words
 * @returns the exit status: 1 when a file could not be read, converted or written; the others are still written
 */
export async function transcriptCommand(
  args: readonly string[],
  root: string,
  lines: Lines,
  from: string = folderTypedIn(),
  load: (root: string) => Promise<Loaded> = loadAll,
): Promise<number> {
  const options = readOptions(args)
  if (!options) {
    lines.problem(words.problem.usage)
    return 1
  }
  const { tasks, problems } = planTranscripts(options, from)
  for (const problem of problems) lines.problem(problem)
  if (tasks.length === 0) return 1
  const { project, texts } = await load(root)
  const guide = makeGuide(project, texts)
  let failed = problems.length > 0
  for (const task of tasks) {
    const names = { source: shown(task.from, from), target: shown(task.to, from) }
    const made = await convert(task, { project, texts, guide, ...names })
    const wrong =
      'problems' in made ? made.problems : write(task.to, names.target, made.content, options.force)
    for (const line of wrong) lines.problem(line)
    if ('problems' in made || wrong.length > 0) {
      failed = true
      continue
    }
    for (const warning of made.warnings) lines.problem(warning)
    lines.out(fill(conversions[task.kind].done, { file: names.target }))
  }
  return failed ? 1 : 0
}

/** A file on which the conversion itself fails does not keep the others from theirs. */
async function convert({ from, kind }: Task, conversion: Conversion): Promise<Converted> {
  const file = conversion.source
  const read = await readText(from, file)
  if ('problem' in read) return { problems: [read.problem] }
  try {
    return conversions[kind].convert(conversion, read.text)
  } catch (error) {
    // Its message may quote what a client typed.
    const problem = error instanceof Error ? error.name : words.problem['unknown-error']
    return { problems: [problemAt({ file }, 'failed', { problem })] }
  }
}

/** Npm runs a script in the project folder, and says where it was called. */
function folderTypedIn(): string {
  const { npm_lifecycle_event: script, INIT_CWD: typedIn } = process.env
  return script === 'transcript' && typedIn ? typedIn : process.cwd()
}

function readOptions(args: readonly string[]): Options | undefined {
  try {
    const { values, positionals: files } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string' }, force: { type: 'boolean', default: false } },
    })
    return files.length === 0 ? undefined : { ...values, files }
  } catch {
    return undefined
  }
}

async function readText(path: string, file: string): Promise<{ text: string } | { problem: string }> {
  const found = statOf(path)
  // Reading from a pipe or a device could wait for ever.
  if (found && !found.isFile())
    return { problem: problemAt({ file }, found.isDirectory() ? 'folder' : 'no-plain-file') }
  try {
    return { text: await readFile(path, 'utf8') }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return { problem: problemAt({ file }, 'no-file') }
    return { problem: problemAt({ file }, 'unreadable', { problem: code ?? words.problem['unknown-error'] }) }
  }
}

/** Writes a result; gives why it is not there, in one line or none. */
function write(path: string, file: string, content: string, force: boolean): readonly string[] {
  const found = statOf(path)
  if (found && !found.isFile()) return [problemAt({ file }, 'not-a-file')]
  if (found && !force) return [problemAt({ file }, 'exists')]
  try {
    writeWhole(path, Buffer.from(content), 0o600)
    return []
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    return [problemAt({ file }, 'unwritable', { problem: codeOf(cause) ?? words.problem['unknown-error'] })]
  }
}

async function loadAll(root: string): Promise<Loaded> {
  return { project: await loadProject(root), texts: loadTexts(root) }
}
