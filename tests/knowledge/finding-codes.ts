import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every finding code that the source of the rooms names, with its severity where it stands beside it. */
export function codesInSource(): readonly { readonly code: string; readonly severity: string }[] {
  const root = join(import.meta.dirname, '..', '..', 'src')
  const folders = ['knowledge', 'routing', 'wiring']
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
  )
  return files
    .filter((path) => /finding/i.test(readFileSync(path, 'utf8')))
    .flatMap((path) => codesIn(readFileSync(path, 'utf8')))
}

export function errorCodes(): readonly string[] {
  return [
    ...new Set(
      codesInSource()
        // Of the settings of the chat, which have tests of their own (read-embedding.test.ts).
        .filter(({ severity, code }) => severity === 'error' && code !== 'colour-pale')
        .map(({ code }) => code),
    ),
  ].sort()
}

const code = "'([a-z]+(?:-[a-z]+)+)'"
const severity = "'(error|gap|doubt|stale)'"

/** The ways in which findings are made: with both, with a code alone (then it is an error), or from a template. */
function codesIn(source: string) {
  const both = [
    ...source.matchAll(
      new RegExp(`(?:report|reportFor\\(file, findings\\))\\(\\s*${severity},\\s*${code}`, 'g'),
    ),
    ...source.matchAll(new RegExp(`\\[${severity}, ${code}\\]`, 'g')),
    ...source.matchAll(new RegExp(`severity: ${severity}(?: as const)?,\\s*code: ${code}`, 'g')),
  ].map(([, level = '', name = '']) => ({ code: name, severity: level }))
  const alone = [
    ...source.matchAll(new RegExp(`report\\(\\s*${code}`, 'g')),
    ...source.matchAll(new RegExp(`faults\\.push\\(${code}\\)`, 'g')),
    ...source.matchAll(new RegExp(`return ${code}`, 'g')),
  ].map(([, name = '']) => ({ code: name, severity: 'error' }))
  const template = /report\(`contact-/.test(source)
    ? ['phone', 'email', 'web', 'form', 'chat'].map((kind) => ({
        code: `contact-${kind}`,
        severity: 'error',
      }))
    : []
  return [...both, ...alone, ...template]
}
