import { type Stats, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { problemAt } from './describe-transcript.ts'

/** What becomes of a file, by the end of its name. */
const results = { '.txt': '.transcript', '.transcript': '.txt' } as const

/** A file to read and the one to write, as full paths. */
export type Task = { readonly from: string; readonly to: string; readonly kind: keyof typeof results }

/**
 * The files to convert, and lines for those that cannot be: of another kind, or with a result in the way of another.
 *
 * @param options as the command was given them; without `out` a result stands beside its source
 * @param folder the folder in which the command was typed
 */
export function planTranscripts(
  options: { readonly files: readonly string[]; readonly out?: string | undefined },
  folder: string,
): { tasks: readonly Task[]; problems: readonly string[] } {
  const sources = [...new Set(options.files.map((file) => resolve(folder, file)))]
  const tasks: Task[] = []
  const problems: string[] = []
  const out = options.out === undefined ? undefined : resolve(folder, options.out)
  if (out !== undefined && sources.length > 1 && statOf(out)?.isDirectory() === false) {
    return { tasks, problems: [problemAt({ file: shown(out, folder) }, 'out-many')] }
  }
  const isFolder = sources.length > 1 || options.out?.endsWith('/') || options.out?.endsWith(sep)
  for (const from of sources) {
    const kind = extname(from).toLowerCase()
    if (!isKind(kind)) {
      problems.push(problemAt({ file: shown(from, folder) }, kindProblem(from)))
      continue
    }
    const name = `${basename(from, extname(from))}${results[kind]}`
    const to = out === undefined ? join(dirname(from), name) : placeOf(out, name, isFolder === true)
    if (sources.includes(to)) problems.push(problemAt({ file: shown(to, folder) }, 'same-file'))
    else if (tasks.some((task) => task.to === to))
      problems.push(problemAt({ file: shown(to, folder) }, 'twice'))
    else tasks.push({ from, to, kind })
  }
  return { tasks, problems }
}

function isKind(ending: string): ending is keyof typeof results {
  return Object.hasOwn(results, ending)
}

function kindProblem(path: string): 'folder' | 'kind' | 'no-file' {
  const found = statOf(path)
  if (!found) return 'no-file'
  return found.isDirectory() ? 'folder' : 'kind'
}

function placeOf(out: string, name: string, isFolder: boolean): string {
  return isFolder || statOf(out)?.isDirectory() ? join(out, name) : out
}

/** What stands at a path; undefined when nothing does, or when it cannot be told: then reading or writing says why. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

/** A path as it is said: from the folder in which the command was typed, where it is inside. */
export function shown(path: string, folder: string): string {
  const short = relative(folder, path)
  return short === '' || short.startsWith('..') ? path : short
}
