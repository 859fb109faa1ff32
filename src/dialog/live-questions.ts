import type { Organisation, Test, When } from '../knowledge/knowledge.ts'
import { holds, type Slots } from '../knowledge/matches.ts'
import { unknown } from '../knowledge/vocabulary.ts'
import { assumeInsideOpen } from '../routing/derive.ts'
import type { Question } from './questions.ts'

/**
 * The questions whose answer can still change which rule or supplement holds, as far as the tests alone tell.
 *
 * @param slots the outcome of `derive`
 * @param asked ids of the questions asked so far
 */
export function liveQuestions(
  questions: readonly Question[],
  organisation: Organisation,
  slots: Slots,
  asked: ReadonlySet<string>,
): readonly Question[] {
  const askable = questions.filter((question) => isAskable(question, asked, slots))
  const openSlots = new Set(askable.map((question) => question.slot))
  if (openSlots.has('direct') || openSlots.has('safety')) openSlots.add('inside')
  if (openSlots.has('domain') && slots.staff === undefined) openSlots.add('staff')
  const live = liveSlots(organisation, slots, openSlots)
  return askable.filter((question) => matters(question, live))
}

function isAskable(question: Question, asked: ReadonlySet<string>, slots: Slots): boolean {
  if (asked.has(question.id)) return false
  if (!Object.entries(question.when).every(([slot, value]) => slots[slot] === value)) return false
  const value = slots[question.slot]
  if (question.slot === 'direct' && slots.inside === 'closed') return false
  return question.again ? value === unknown : value === undefined
}

/** The slots that are still open in a rule before the first that holds for certain, or in a supplement; asked ones only. */
function liveSlots(
  organisation: Organisation,
  slots: Slots,
  openSlots: ReadonlySet<string>,
): ReadonlySet<string> {
  const live = new Set<string>()
  const addOpen = (when: When) => {
    for (const tests of when) {
      if (verdictOfAll(tests, slots, openSlots) !== 'open') continue
      for (const test of tests) if (verdictOf(test, slots, openSlots) === 'open') live.add(test.slot)
    }
  }
  for (const rule of organisation.rules) {
    if (verdict(rule.when, slots, openSlots) === 'yes') break
    if (rule.asked) addOpen(rule.when)
  }
  for (const supplement of organisation.supplements) {
    if (supplement.asked && verdict(supplement.when, slots, openSlots) === 'open') addOpen(supplement.when)
  }
  return live
}

function matters(question: Question, live: ReadonlySet<string>): boolean {
  return (
    live.has(question.slot) ||
    (question.slot === 'direct' && live.has('inside')) ||
    (question.slot === 'domain' && live.has('staff')) ||
    question.slot === 'safety'
  )
}

/** Whether a test can be told now; `open` while a question that can still be asked may decide it. */
type Verdict = 'yes' | 'no' | 'open'

function verdict(when: When, slots: Slots, openSlots: ReadonlySet<string>): Verdict {
  let open = false
  for (const tests of when) {
    const outcome = verdictOfAll(tests, slots, openSlots)
    if (outcome === 'yes') return 'yes'
    if (outcome === 'open') open = true
  }
  return open ? 'open' : 'no'
}

function verdictOfAll(tests: readonly Test[], slots: Slots, openSlots: ReadonlySet<string>): Verdict {
  let open = false
  for (const test of tests) {
    const outcome = verdictOf(test, slots, openSlots)
    if (outcome === 'no') return 'no'
    if (outcome === 'open') open = true
  }
  return open ? 'open' : 'yes'
}

function verdictOf(test: Test, slots: Slots, openSlots: ReadonlySet<string>): Verdict {
  const value = slots[test.slot]
  const isOpen = openSlots.has(test.slot) && (value === undefined || value === unknown)
  if (isOpen) return 'open'
  return holds(test, test.slot === 'inside' ? assumeInsideOpen(slots) : slots) ? 'yes' : 'no'
}
