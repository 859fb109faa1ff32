import { bodyOf } from '../knowledge/body-of.ts'
import { generalHelp, type Organisation } from '../knowledge/knowledge.ts'
import { type Moment, moments } from '../knowledge/vocabulary.ts'
import type { AdvisedTerm } from '../routing/advice.ts'
import { type Part, part } from './parts.ts'
import type { Setting } from './setting.ts'
import { showDate, showPeriod } from './show-date.ts'
import { showSources } from './show-sources.ts'
import type { Named } from './speak-contact.ts'

/** All terms of the regulation, for who asks how long things take; or that it names none. */
export function speakTermsOf(setting: Setting, organisation: Organisation): readonly Part[] {
  const t = setting.speech.of(setting.locale)
  const { name } = organisation
  if (organisation.id === generalHelp || organisation.terms.length === 0) {
    return [part('terms', { lines: [t('asked.noTerms', { organisation: name })] })]
  }
  const items = organisation.terms.map((term) => ({
    text: speakTerm({ t, setting, organisation }, { ...term, for: term.what }),
    links: [],
  }))
  const citations = organisation.terms.map(({ citation }) => citation)
  const unique = citations.filter(
    (one, at) =>
      citations.findIndex((other) => other.document === one.document && other.article === one.article) === at,
  )
  return [
    part('terms', { heading: t('asked.terms', { organisation: name }), items }),
    part('sources', {
      lines: [t('advice.sources', { sources: showSources(t, organisation, { citations: unique }) })],
    }),
  ]
}

/** One term in words, with its last day where the client told when it began. */
export function speakTerm(named: Named, term: AdvisedTerm): string {
  const { t, setting } = named
  const { locale } = setting
  const said: string[] = [sayTerm(named, term)]
  if (term.workingDays === 'not-stated') said.push(t('term.daysUnstated'))
  if (term.extension !== undefined) {
    said.push(t('term.extension', { period: showPeriod(term.extension, term.workingDays === true, t) }))
  }
  if (term.extensible) said.push(t('term.extensible'))
  if (term.due !== undefined && term.since !== undefined) {
    const days = { since: showDate(term.since, locale), due: showDate(term.due, locale) }
    said.push(term.passed ? t('term.passed', days) : t('term.due', days))
    if (term.extended !== undefined) said.push(t('term.extended', { due: showDate(term.extended, locale) }))
  }
  return said.join(' ')
}

/** What must happen, and within which period. */
export function sayTerm({ t, organisation }: Pick<Named, 't' | 'organisation'>, term: AdvisedTerm): string {
  const [at] = organisation.terms.find(({ id }) => id === term.id)?.at ?? []
  return t(`term.${term.for as 'receipt'}`, {
    period: showPeriod(term.period, term.workingDays === true, t),
    body: at === undefined ? '' : bodyOf(organisation, at).name,
    moment: isMoment(term.from) ? t(`term.moment.${term.from}`) : '',
  })
}

function isMoment(from: string): from is Moment {
  return (moments as readonly string[]).includes(from)
}
