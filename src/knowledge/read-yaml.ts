import { type Document, isCollection, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Finding } from './finding.ts'
import { exampleOf } from './formats.ts'
import { nameField } from './name-field.ts'

/** A file as text, with its path relative to the project. */
export type SourceFile = { readonly path: string; readonly text: string }

/** A parsed file that still knows on which line each field stands. */
export type ReadFile<T> = {
  readonly path: string
  readonly data: T
  lineOf(field: readonly PropertyKey[]): number
}

/**
 * Parses one YAML file against a schema. All problems become findings, with their line; `file` is absent then. Of faults
 * in the YAML itself only the first is told: the others mostly follow from it.
 */
export function readYaml<T>(
  source: SourceFile,
  schema: z.ZodType<T>,
): { file?: ReadFile<T>; findings: Finding[] } {
  const lines = new LineCounter()
  const document = parseDocument(source.text, { lineCounter: lines })
  const lineOf = (field: readonly PropertyKey[]): number => lineAt(document.contents, lines, field)
  const refuse = (problem: string, line = 1) => {
    const params = { problem: problem.split('\n')[0] ?? '' }
    const place = { file: source.path, line, field: '' }
    return { findings: [{ severity: 'error' as const, code: 'yaml-syntax', ...place, params }] }
  }
  const [fault] = document.errors
  if (fault) return refuse(fault.message, fault.linePos?.[0].line)
  const content = contentOf(document)
  if ('problem' in content) return refuse(content.problem)
  const parsed = schema.safeParse(content.data)
  if (parsed.success) return { file: { path: source.path, data: parsed.data, lineOf }, findings: [] }
  return {
    findings: parsed.error.issues.flatMap(flatten).map((issue) => ({
      severity: 'error' as const,
      code: issueCode(issue),
      file: source.path,
      line: lineOf(placeOf(issue)),
      field: nameField(content.data, placeOf(issue)),
      params: issueParams(issue),
    })),
  }
}

/** The data in a document. An alias of nothing, or aliases of aliases that would fill the memory, are refused. */
function contentOf(document: Document.Parsed): { data: unknown } | { problem: string } {
  try {
    return { data: document.toJS() }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : '' }
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
      return { expected: issue.expected, context: shapeOf(issue) }
    case 'invalid_format':
      return { example: exampleOf(issue.pattern) }
    default:
      return { problem: issue.message }
  }
}

/** What is wanted where something else stands: a source, a list, or anything else. */
function shapeOf({ expected, path }: Extract<Issue, { code: 'invalid_type' }>): string {
  if (expected === 'array') return 'list'
  const isSource = path.at(-1) === 'source' || path.at(-2) === 'because'
  return expected === 'object' && isSource ? 'source' : ''
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
