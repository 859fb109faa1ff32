import type { Organisation, RegulationTerm } from '../knowledge/knowledge.ts'
import { allHold, type Slots } from '../knowledge/matches.ts'
import { type Moment, moments } from '../knowledge/vocabulary.ts'

/** A term whose last day can be reckoned once a date is known. */
export type ReckonableTerm = RegulationTerm & { readonly from: Moment; readonly workingDays: boolean }

/** The terms within which the organisation must decide in this case, as far as they can be reckoned. */
export function decidingTerms(organisation: Organisation, slots: Slots): readonly ReckonableTerm[] {
  return applyingTerms(organisation, slots).filter((term) => term.decides)
}

/** The terms within which the client must act in this case, as far as they can be reckoned. */
export function clientTerms(organisation: Organisation, slots: Slots): readonly ReckonableTerm[] {
  return applyingTerms(organisation, slots).filter((term) => term.actor === 'client')
}

/** Whether the document says from which day the term runs, and which days count. */
export function isReckonable(term: RegulationTerm): term is ReckonableTerm {
  return (moments as readonly string[]).includes(term.from) && term.workingDays !== 'not-stated'
}

function applyingTerms(organisation: Organisation, slots: Slots): readonly ReckonableTerm[] {
  return organisation.terms.filter(isReckonable).filter((term) => allHold(term.when, slots))
}
