import { isCollection, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Finding } from './finding.ts'

/** A file as text, with its path relative to the project. */
export type SourceFile = { readonly path: string; readonly text: string }

/** A parsed file that still knows on which line each field stands. */
export type ReadFile<T> = {
  readonly path: string
  readonly data: T
  lineOf(field: readonly PropertyKey[]): number
}

/** Parses one YAML file against a schema. All problems become findings, with their line; `file` is absent then. */
export function readYaml<T>(
  source: SourceFile,
  schema: z.ZodType<T>,
): { file?: ReadFile<T>; findings: Finding[] } {
  const lines = new LineCounter()
  const document = parseDocument(source.text, { lineCounter: lines })
  const lineOf = (field: readonly PropertyKey[]): number => lineAt(document.contents, lines, field)
  if (document.errors.length > 0) {
    return {
      findings: document.errors.map((error) => ({
        severity: 'error' as const,
        code: 'yaml-syntax',
        file: source.path,
        line: error.linePos?.[0].line ?? 1,
        field: '',
        params: { problem: error.message.split('\n')[0] ?? '' },
      })),
    }
  }
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return { file: { path: source.path, data: parsed.data, lineOf }, findings: [] }
  return {
    findings: parsed.error.issues.flatMap(flatten).map((issue) => ({
      severity: 'error' as const,
      code: issueCode(issue),
      file: source.path,
      line: lineOf(placeOf(issue)),
      field: placeOf(issue).join('.'),
      params: issueParams(issue),
    })),
  }
}

/** An unknown key stands on its own line, not on that of the object around it. */
function placeOf(issue: Issue): readonly PropertyKey[] {
  return issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path
}

type Issue = z.core.$ZodIssue

/** A union reports the branch that came closest, so that the author reads about the field and not about the union. */
function flatten(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const depth = (branch: readonly Issue[]) => Math.max(...branch.map((inner) => inner.path.length))
  const closest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? []
  return closest.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] } as Issue))
}

function issueCode(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return 'field-unknown'
  if (issue.code === 'invalid_value') return 'value-not-allowed'
  if (issue.code === 'invalid_type' && /received undefined/.test(issue.message)) return 'field-missing'
  if (issue.code === 'invalid_type') return 'field-type'
  if (issue.code === 'invalid_format') return 'value-format'
  return 'value-invalid'
}

function issueParams(issue: Issue): Record<string, string> {
  switch (issue.code) {
    case 'unrecognized_keys':
      return { keys: issue.keys.join(', ') }
    case 'invalid_value':
      return { allowed: issue.values.map(String).join(', ') }
    case 'invalid_type':
      return { expected: issue.expected }
    case 'invalid_format':
      return { format: 'pattern' in issue && issue.pattern ? issue.pattern : issue.format }
    default:
      return { problem: issue.message }
  }
}

function lineAt(root: Node | null, lines: LineCounter, field: readonly PropertyKey[]): number {
  let node: unknown = root
  let offset = root?.range?.[0] ?? 0
  for (const key of field) {
    if (!isCollection(node)) break
    const pair = 'items' in node ? node.items.find((item) => keyOf(item) === String(key)) : undefined
    if (pair && typeof pair === 'object' && 'key' in pair && isScalar(pair.key)) {
      offset = pair.key.range?.[0] ?? offset
    }
    const next = node.get(typeof key === 'symbol' ? key.description : key, true)
    if (next === undefined) break
    node = next
    if (!pair && next && typeof next === 'object' && 'range' in next) {
      offset = (next as Node).range?.[0] ?? offset
    }
  }
  return lines.linePos(offset).line
}

function keyOf(item: unknown): string | undefined {
  if (item && typeof item === 'object' && 'key' in item && isScalar(item.key)) return String(item.key.value)
  return undefined
}
