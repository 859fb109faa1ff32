import { bodyOf } from '../knowledge/body-of.ts'
import type { Citation, Organisation, Rule, Supplement } from '../knowledge/knowledge.ts'
import type { Advice, AdvisedTerm } from './advice.ts'

/** What an advice rests on, each place once: the rule first, then supplements, bodies and terms. */
export function cite(
  organisation: Organisation,
  rule: Rule,
  supplements: readonly Supplement[],
  bodies: readonly string[],
  terms: readonly AdvisedTerm[],
): Advice['citations'] {
  const all: Citation[] = [
    ...rule.because,
    ...supplements.flatMap((supplement) => supplement.because),
    ...bodies.map((id) => bodyOf(organisation, id).citation),
    ...organisation.terms
      .filter((term) => terms.some((told) => told.id === term.id))
      .map((term) => term.citation),
  ]
  const seen = new Set<string>()
  return all.flatMap(({ document, article }) => {
    const key = `${document} ${article}`
    if (seen.has(key)) return []
    seen.add(key)
    return { document, article }
  })
}
