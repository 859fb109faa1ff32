import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../../src/knowledge/finding.ts'
import { emptyLock } from '../../src/knowledge/lock.ts'
import type { SourceFile } from '../../src/knowledge/read-yaml.ts'
import { type CheckInput, checkKnowledge } from '../../src/wiring/check-knowledge.ts'
import { readKnowledgeFiles } from '../../src/wiring/knowledge-files.ts'

/** A small project around organisations that do not exist; see the folder `fictional`. */
export const fictionalRoot = join(import.meta.dirname, 'fictional')

const { input } = await readKnowledgeFiles(fictionalRoot)

export const fictionalKnowledge = input

export const fictionalDocuments: ReadonlyMap<string, string> = readDocuments(join(fictionalRoot, 'documents'))

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export const today = '2026-03-01'

/** The fictional project with one file added, or put in the place of the one with the same path. */
export function checkWith(file: SourceFile | undefined, options: Partial<CheckInput> = {}) {
  const files = input.files.filter((other) => other.path !== file?.path)
  return checkKnowledge({
    input: { ...input, files: file ? [...files, file] : files },
    today,
    lock: emptyLock,
    shares: {},
    renew: true,
    documents: fictionalDocuments,
    sha256,
    ...options,
  })
}

export function readDocuments(folder: string): ReadonlyMap<string, string> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

/** A finding in short: code, file and line. */
export function inShort({ code, file, line }: Finding): string {
  return `${code} ${file}:${line}`
}
