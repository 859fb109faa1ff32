import type { Organisation } from '../knowledge/knowledge.ts'
import { excludes } from '../knowledge/matches.ts'
import type { BodyKind } from '../knowledge/vocabulary.ts'
import type { Question, QuestionOption } from './questions.ts'

/**
 * The options of a question here. For `bodies`: the bodies between which the rules distinguish, and those to which a
 * client first brings a complaint, so that everybody finds the one they mean.
 */
export function optionsOf(question: Question, organisation: Organisation): readonly QuestionOption[] {
  if (question.options !== 'bodies') return question.options
  const named = new Set<string>()
  for (const rule of organisation.rules) {
    for (const tests of rule.when) {
      for (const test of tests) if (test.slot === question.slot) for (const id of test.values) named.add(id)
    }
  }
  if (named.size === 0) return []
  return Object.values(organisation.bodies)
    .filter(
      (body) => named.has(body.id) || (handlesComplaints.has(body.kind) && body.origin === 'regulation'),
    )
    .filter((body) => body.approachable && !excludes(body.serves, { role: 'client' }))
    .map(({ id }) => ({ id, sets: { [question.slot]: id } }))
}

/** The kinds of bodies to which a client first brings a complaint, and which may have given an answer. */
const handlesComplaints: ReadonlySet<BodyKind> = new Set([
  'complaint-handling',
  'klachtenfunctionaris',
  'klachtencoordinator',
  'klachtenportaal',
])
