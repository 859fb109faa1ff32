import type { Knowledge } from '../knowledge/knowledge.ts'
import type { ReadFile } from '../knowledge/read-yaml.ts'
import type { OrganisationFile } from '../knowledge/schema.ts'
import { type PlaceOf, type Proof, prove } from '../routing/prove.ts'

/** The proof of one organisation, and where the fields stand that it speaks of. */
type ProvenOrganisation = { readonly id: string; readonly proof: Proof; readonly placeOf: PlaceOf }

/**
 * Proves the decision table of every organisation that has a file of its own.
 *
 * @param today ISO date
 */
export function proveOrganisations(
  knowledge: Knowledge,
  files: readonly ReadFile<OrganisationFile>[],
  today: string,
): readonly ProvenOrganisation[] {
  return files.flatMap((file) => {
    const organisation = knowledge.organisations[file.data.id]
    if (!organisation) return []
    const placeOf: PlaceOf = (field) => ({ file: file.path, line: file.lineOf(field) })
    return { id: organisation.id, proof: prove(knowledge, organisation, today, placeOf), placeOf }
  })
}
