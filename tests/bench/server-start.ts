import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { median, row, spread } from './rows.ts'
import { beforeProgram, startServer } from './server-program.ts'
import { startProgram } from './start-program.ts'

const rounds = 7
const source = join(import.meta.dirname, '..', '..', 'src')

/**
 * From starting the server to its first answer that it is ready, beside Node that only imports the libraries of the
 * server's channels and says so: as it is, and with the compile cache that the server has. The data folder and the
 * cache are there already, as at any start but the first.
 */
export async function benchServerStart(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-bench-'))
  const libraries = librariesOfChannels()
  const ready: number[] = []
  const imported: number[] = []
  const cached: number[] = []
  for (let round = -1; round < rounds; round += 1) {
    const times = [
      await timeUntilReady(folder),
      await timeOfImports(libraries, []),
      await timeOfImports(libraries, beforeProgram),
    ] as const
    if (round < 0) continue
    ready.push(times[0])
    imported.push(times[1])
    cached.push(times[2])
  }
  rmSync(folder, { recursive: true })

  const ratioTo = (others: readonly number[]) => ready.map((time, round) => time / (others[round] ?? 1))
  row('the server is ready after', `${median(ready).toFixed(0)} ms`, spread(ready, 0))
  row('  only importing the SDKs takes', `${median(imported).toFixed(0)} ms`, spread(imported, 0))
  row(
    '  ratio of the two',
    median(ratioTo(imported)).toFixed(2),
    `at most 1.2 (${spread(ratioTo(imported), 2)})`,
  )
  row(
    '  ratio when the imports have the compile cache too',
    median(ratioTo(cached)).toFixed(2),
    spread(ratioTo(cached), 2),
  )
}

async function timeUntilReady(folder: string): Promise<number> {
  const begin = performance.now()
  const server = await startServer(folder)
  const { status } = await fetch(`${server.found}/readyz`, { headers: { connection: 'close' } })
  const time = performance.now() - begin
  await server.stop()
  if (status !== 200) throw new Error(`The server that says it listens answers ${status} to /readyz.`)
  return time
}

async function timeOfImports(libraries: readonly string[], before: readonly string[]): Promise<number> {
  const program = [...libraries.map((name) => `import '${name}'`), `console.log('imported')`].join('\n')
  const begin = performance.now()
  const importer = await startProgram([...before, '--input-type=module', '--eval', program], /^imported$/)
  const time = performance.now() - begin
  await importer.stop()
  return time
}

/** The packages that `src/channels` imports, as far as the server loads it at its start. */
function librariesOfChannels(): readonly string[] {
  const seen = new Set<string>()
  const libraries = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    for (const target of importsOf(file)) {
      if (target.startsWith('.')) visit(resolve(dirname(file), target))
      else if (isOfChannels(file) && !target.startsWith('node:')) libraries.add(target)
    }
  }
  visit(join(source, 'server.ts'))
  return [...libraries].sort()
}

function isOfChannels(file: string): boolean {
  return relative(source, file).startsWith(`channels${sep}`)
}

/** Imports that stay when types are stripped. */
function importsOf(file: string): readonly string[] {
  if (!file.endsWith('.ts')) return []
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(/^(?:import|export)\s(?!type\s)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)
  return [...found].map(([, target = '']) => target)
}
