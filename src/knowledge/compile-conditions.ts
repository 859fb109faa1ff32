import type { Citation, Test, When } from './knowledge.ts'
import type { Condition, Source, When as WhenSource } from './schema.ts'

/** Tests of one condition as written in a file. Booleans become `true` and `false`. */
export function compileCondition(condition: Condition | undefined): readonly Test[] {
  return Object.entries(condition ?? {}).map(([slot, wanted]) => {
    if (typeof wanted === 'object' && !Array.isArray(wanted)) {
      return { slot, values: wanted.not.map(String), not: true }
    }
    return { slot, values: [wanted].flat().map(String), not: false }
  })
}

/** The alternatives of a `when`; a missing one always holds. */
export function compileWhen(when: WhenSource | undefined): When {
  if (when === undefined) return [[]]
  return [when].flat().map(compileCondition)
}

/**
 * The citation of a source; `document` is the id of the organisation's own document. Of a statement only the date is
 * cited: who made it is for staff alone.
 */
export function citationOf(source: Source, document: string): Citation {
  if ('law' in source) return { document: source.law, article: source.article ?? '', kind: 'law' }
  if ('site' in source) return { document: source.site, article: source.url, kind: 'site' }
  if ('statement' in source) {
    return { document: 'statement', article: source.statement.date, kind: 'statement' }
  }
  return { document, article: source.article, kind: 'regulation' }
}
