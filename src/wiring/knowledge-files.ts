import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { type Question, readQuestions } from '../dialog/questions.ts'
import type { KnowledgeFiles } from '../knowledge/build-knowledge.ts'
import type { Finding } from '../knowledge/finding.ts'
import type { SourceFile } from '../knowledge/read-yaml.ts'

/** Everything in the project that the knowledge is built from. */
export type ProjectKnowledge = {
  readonly input: KnowledgeFiles
  readonly questions: readonly Question[]
  /** Problems in `dialogs/questions`. */
  readonly findings: readonly Finding[]
}

/** Reads `knowledge/`, `dialogs/questions/` and the ids of the notes in `locales/nl/texts.json` under a project folder. */
export async function readKnowledgeFiles(root: string): Promise<ProjectKnowledge> {
  const [files, questionFiles, texts] = await Promise.all([
    readYamlFiles(root, 'knowledge'),
    readYamlFiles(root, join('dialogs', 'questions')),
    readFile(join(root, 'locales', 'nl', 'texts.json'), 'utf8'),
  ])
  const { questions, findings } = readQuestions(questionFiles)
  const notes: { readonly note?: Readonly<Record<string, unknown>> } = JSON.parse(texts)
  const slots = Object.fromEntries(questions.map(({ id, slot }) => [id, slot]))
  const input = { files, version: versionOf(files), questions: slots, notes: Object.keys(notes.note ?? {}) }
  return { input, questions, findings }
}

async function readYamlFiles(root: string, folder: string): Promise<readonly SourceFile[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return Promise.all(
    paths.map(async (path) => ({
      path: relative(root, path).split(sep).join('/'),
      text: await readFile(path, 'utf8'),
    })),
  )
}

/** Short hash over the knowledge; it stands in each receipt. */
function versionOf(files: readonly SourceFile[]): string {
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(`${path}\n${text}\n`)
  return hash.digest('hex').slice(0, 8)
}
