import type { TFunction } from 'i18next'
import type { AskedTerm } from '../conversation/reply.ts'
import type { Knowledge, Organisation } from '../knowledge/knowledge.ts'
import { showPeriod } from './show-date.ts'

/** The words on a button: an option of a question, an organisation, a body, a language or a command. */
export function labelOf(
  t: TFunction,
  knowledge: Knowledge,
  organisation: Organisation,
  question: string,
  option: string,
  term: AskedTerm | undefined,
): string {
  if (option === 'unknown') return t('question.unknown')
  if (question === 'advice') return t(`option.${option as 'back'}`)
  if (question === 'language') return t(`language.${option.replace('language-', '') as 'nl'}`)
  if (question === 'organisation') {
    if (option === 'talk') return t('question.talk')
    if (option === 'other') return t('question.organisation.other')
    return knowledge.organisations[option]?.name ?? option
  }
  if (option === 'rest') return t(`question.${question as 'wish'}.rest`)
  if (question === 'decidedBy') return capitalise(organisation.bodies[option]?.name ?? option)
  const period = term ? showPeriod(term.period, term.workingDays, t) : ''
  return t(`question.${question as 'wish'}.option.${option as 'talk'}`, {
    organisation: organisation.name,
    period,
  })
}

/** A name at the start of a line or sentence. */
export function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase('nl') + text.slice(1)
}
