import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import staff from '../../locales/nl/outline.json' with { type: 'json' }
import { buildDialogs } from '../dialog/build-dialogs.ts'
import { compileProject } from './compile-project.ts'
import { fill } from './fill.ts'
import type { WriteLine } from './lines.ts'
import { loadTexts } from './load-texts.ts'

const folder = 'dialogs/built'

/**
 * Writes `dialogs/built`: the question trees of all organisations with their flow charts. With `--check` nothing is
 * written, and files that are not what the knowledge gives are named.
 *
 * @returns the exit status: 1 when a check finds something
 * @throws Error with all findings when the knowledge is broken
 */
export async function buildDialogsCommand(
  args: readonly string[],
  root: string,
  out: WriteLine,
): Promise<number> {
  const project = compileProject(root)
  const { nl } = loadTexts(root).texts
  const words = wordsIn({ ...nl, outline: staff.outline })
  const files = new Map(buildDialogs(project.knowledge, project.questions, words))
  files.set('compiled.json', `${JSON.stringify(project)}\n`)
  const say = (text: string, values: Readonly<Record<string, string>>) => {
    out(fill(text, values))
  }
  const built = await readBuilt(root)
  const superfluous = [...built.keys()].filter((name) => !files.has(name))
  if (args.includes('--check')) {
    const missing = [...files.keys()].filter((name) => !built.has(name))
    const stale = [...files].filter(([name, text]) => built.has(name) && built.get(name) !== text)
    for (const name of missing) say(staff.command.missing, { file: `${folder}/${name}` })
    for (const [name] of stale) say(staff.command.stale, { file: `${folder}/${name}` })
    for (const name of superfluous) say(staff.command.superfluous, { file: `${folder}/${name}` })
    if (missing.length + stale.length + superfluous.length > 0) return 1
    say(staff.command.upToDate, { folder })
    return 0
  }
  await mkdir(join(root, folder), { recursive: true })
  for (const [name, text] of files) await writeFile(join(root, folder, name), text)
  for (const name of superfluous) await rm(join(root, folder, name))
  say(staff.command.built, { count: String(files.size), folder })
  return 0
}

/** Written by people. */
const others = ['README.md']

/** The trees and outlines that stand there now. */
async function readBuilt(root: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(join(root, folder)).catch(() => [])
  const built = names.filter((name) => /\.(json|md)$/.test(name) && !others.includes(name))
  const texts = await Promise.all(built.map((name) => readFile(join(root, folder, name), 'utf8')))
  return new Map(built.map((name, index) => [name, (texts[index] ?? '').replaceAll('\r\n', '\n')]))
}

/** The words of a dotted key. @throws Error naming the key that has none */
function wordsIn(texts: Readonly<Record<string, unknown>>): (key: string) => string {
  return (key) => {
    let found: unknown = texts
    for (const name of key.split('.')) found = (found as Record<string, unknown> | undefined)?.[name]
    if (typeof found !== 'string') throw new Error(`There are no words for "${key}" in locales/nl.`)
    return found
  }
}
