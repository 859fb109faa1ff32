import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import words from '../../locales/nl/findings.json' with { type: 'json' }
import { isError } from '../knowledge/finding.ts'
import { emptyLock, lockPath, readLock, writeLock } from '../knowledge/lock.ts'
import { type CheckedKnowledge, checkKnowledge } from './check-knowledge.ts'
import { readShares, sharesPath, writeShares } from './compare-shares.ts'
import { fill } from './fill.ts'
import { type ProjectKnowledge, readKnowledgeFiles } from './knowledge-files.ts'
import type { WriteLine } from './lines.ts'
import { reportKnowledge } from './report-knowledge.ts'
import { todayInTheNetherlands } from './today.ts'

/**
 * The check of the staff, `npm run knowledge`: prints what is wrong, missing, in doubt or old in the knowledge, and the
 * proof of every organisation.
 *
 * - `--all` prints every finding instead of counts
 * - `--documents DIR` looks every fact up in the documents in that folder
 * - `--write` accepts what was found: writes the lock of the documents and the shares of the proof
 *
 * @param root the project folder
 * @param today ISO date; the day it is in the Netherlands unless told
 * @returns the exit status: 1 when there is an error
 */
export async function knowledgeCommand(
  args: readonly string[],
  root: string,
  out: WriteLine,
  today: string = todayInTheNetherlands(),
): Promise<number> {
  const options = readOptions(args)
  if (!options) return refuse(out, words.problem.options, { options: args.join(' ') })
  const folder = options.documents === undefined ? undefined : resolve(root, options.documents)
  const documents = folder === undefined ? undefined : await readDocuments(folder)
  if (folder !== undefined && documents === undefined) return refuse(out, words.problem.folder, { folder })
  const project = readProject(root)
  if ('problem' in project) return refuse(out, words.problem.reading, project)

  const renew = options.write === true
  const { lock, findings: lockFindings } = readLock(await readOr(join(root, lockPath), writeLock(emptyLock)))
  const { shares, findings: sharesFindings } = readShares(await readOr(join(root, sharesPath), '{}'))
  const checked = checkKnowledge({ input: project.input, today, lock, shares, renew, documents, sha256 })
  const broken = renew ? [] : [...lockFindings, ...sharesFindings]
  const findings = [...project.findings, ...broken, ...checked.findings]
  for (const line of reportKnowledge({ ...checked, findings }, options.all === true)) out(line)

  const failed = findings.some(isError)
  if (renew) await renewLocks(root, checked, failed, out)
  return failed ? 1 : 0
}

type Options = { readonly documents?: string; readonly write?: boolean; readonly all?: boolean }

function readOptions(args: readonly string[]): Options | undefined {
  try {
    return parseArgs({
      args: [...args],
      options: { documents: { type: 'string' }, write: { type: 'boolean' }, all: { type: 'boolean' } },
    }).values
  } catch {
    return undefined
  }
}

function readProject(root: string): ProjectKnowledge | { problem: string } {
  try {
    return readKnowledgeFiles(root)
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

function refuse(out: WriteLine, sentence: string, params: Readonly<Record<string, string>>): number {
  out(fill(sentence, params))
  return 1
}

/** The text files in a folder by name; undefined when the folder cannot be read or holds none. */
async function readDocuments(folder: string): Promise<ReadonlyMap<string, string> | undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
  if (names.length === 0) return undefined
  const texts = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)
  return new Map(await Promise.all(texts))
}

async function readOr(path: string, otherwise: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => otherwise)
}

/** Nothing is accepted while an error stands. Without documents at hand only the shares are written. */
async function renewLocks(
  root: string,
  checked: CheckedKnowledge,
  failed: boolean,
  out: WriteLine,
): Promise<void> {
  if (failed) return out(words.report.notWritten)
  const shares = new Map([...checked.proofs].map(([id, proof]) => [id, proof.shares]))
  await writeFile(join(root, sharesPath), writeShares(shares))
  out(fill(words.report.written, { file: sharesPath }))
  if (!checked.verification) return
  await writeFile(join(root, lockPath), writeLock(checked.lock))
  out(fill(words.report.written, { file: lockPath }))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
