import { isOlder } from './dates.ts'
import type { Field, ReportFinding } from './report-finding.ts'

const monthsUntilOld = 12

type OutsideSource = {
  readonly law?: string
  readonly site?: string
  readonly article?: string
  readonly url?: string
  readonly sure: 'H' | 'M' | 'L'
  readonly checked: string
}

/**
 * The laws and sites on which the facts of a file rest: how sure they are and when somebody last looked. What a source
 * leaves to confirm is reported once, at its first place; one that is too unsure at every place.
 */
export function checkSources(data: unknown, today: string, report: ReportFinding): void {
  const seen = new Set<string>()
  visit(data, [], (source, field) => {
    const { law, site, article, url = '', sure, checked } = source
    const name = [law ?? site ?? '', article].filter(Boolean).join(' ')
    if (sure === 'L') {
      report('error', 'too-unsure-to-show', [...field, 'sure'], { source: name, url })
      return
    }
    const key = `${name} ${url} ${sure}`
    if (seen.has(key)) return
    seen.add(key)
    if (sure === 'M') report('doubt', 'source-unsure', [...field, 'sure'], { source: name, url })
    if (isOlder(checked, monthsUntilOld, today)) {
      const params = { source: name, url, checked, months: String(monthsUntilOld) }
      report('stale', 'source-old', [...field, 'checked'], params)
    }
  })
}

/** Every law or site within a parsed file, however deep. */
function visit(value: unknown, field: Field, found: (source: OutsideSource, field: Field) => void): void {
  if (typeof value !== 'object' || value === null) return
  if (isOutsideSource(value)) found(value, field)
  for (const [key, inner] of Object.entries(value)) {
    visit(inner, [...field, Array.isArray(value) ? Number(key) : key], found)
  }
}

function isOutsideSource(value: object): value is OutsideSource {
  return 'sure' in value && ('law' in value || 'site' in value)
}
