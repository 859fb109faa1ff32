import type { TFunction } from 'i18next'
import type { AskedTerm } from '../conversation/reply.ts'
import type { Organisation } from '../knowledge/knowledge.ts'
import type { Texts } from './texts.ts'

type Questions = Texts['question']
type QuestionKey = Exclude<keyof Questions, 'unknown' | 'hint' | 'talk'>

/** A question in words, without how to answer it. */
export function sayAsk(
  t: TFunction,
  organisation: Organisation,
  question: string,
  term: AskedTerm | undefined,
): string {
  const from = (term?.from ?? 'lodged') as keyof Questions['late']['moment']
  return t(`question.${question as QuestionKey}.ask`, {
    organisation: organisation.name,
    moment: t(`question.late.moment.${from}`),
  })
}
