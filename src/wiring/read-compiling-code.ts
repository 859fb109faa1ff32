import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { SourceFile } from '../knowledge/read-yaml.ts'

const code = join(import.meta.dirname, '..')

/** The modules that a file loads; what is imported as a type alone is none, and neither is a library. */
const loaded = /^(?:import|export)\s(?!type\s)[^']*?from\s'(\.[^']+\.ts)'/gm

/**
 * The code that checks, proves and compiles a project: `compile-project.ts`, and all that it loads. What only a running
 * conversation needs is not among it. In the order of their paths, which begin at `src`.
 */
export function readCompilingCode(): readonly SourceFile[] {
  const files = new Map<string, string>()
  const open = [join(import.meta.dirname, 'compile-project.ts')]
  for (const file of open) {
    if (files.has(file)) continue
    const text = readFileSync(file, 'utf8')
    files.set(file, text)
    for (const [, target = ''] of text.matchAll(loaded)) open.push(resolve(dirname(file), target))
  }
  return [...files]
    .map(([file, text]) => ({ path: relative(code, file).replaceAll('\\', '/'), text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
