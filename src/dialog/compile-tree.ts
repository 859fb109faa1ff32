import type { Organisation, Test, When } from '../knowledge/knowledge.ts'
import { excludes, holds, type Slots } from '../knowledge/matches.ts'
import { allowedValues, type BodyKind, type Case, unknown } from '../knowledge/vocabulary.ts'
import { derive } from '../routing/derive.ts'
import type { Question, QuestionOption } from './questions.ts'
import { rest, type Tree, type TreeNode } from './tree.ts'

/** What is known on the way down: answers as a case, and the questions already asked. */
type Path = { readonly given: Case; readonly asked: ReadonlySet<string> }

type Built = { readonly node: number; readonly cost: number }

type Usable = { readonly question: Question; readonly options: readonly QuestionOption[] }

type Verdict = 'yes' | 'no' | 'open'

/** No date can be known while the tree is compiled, so any day will do. */
const noDay = { date: '2000-01-01', holidays: [] }

/**
 * Compiles the question tree of an organisation from its rules. At each place the question is asked that leaves, on
 * average over its options, the fewest questions still to ask; the order of `questions` breaks ties. A question whose
 * options all lead to the same end is left out.
 *
 * @param first ids of the questions that always come first where they matter, in order
 */
export function compileTree(
  organisation: Organisation,
  questions: readonly Question[],
  first: readonly string[],
): Tree {
  const nodes: TreeNode[] = []
  const numbers = new Map<string, number>()
  const built = new Map<string, Built>()
  const usable = questions
    .filter((question) => isStandard(question, organisation))
    .map((question) => ({ question, options: optionsOf(question, organisation) }))
    .filter(({ options }) => options.length > 0)

  const intern = (node: TreeNode): number => {
    const key = JSON.stringify(node)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, nodes.length)
    nodes.push(node)
    return nodes.length - 1
  }

  const build = (path: Path): Built => {
    const slots = derive(path.given, organisation, noDay)
    const live = liveQuestions(
      usable.map(({ question }) => question),
      organisation,
      slots,
      path.asked,
    )
    const candidates = usable.filter(({ question }) => live.includes(question))
    const key = JSON.stringify([live.map((question) => question.id), outlook(path, slots)])
    const known = built.get(key)
    if (known) return known
    const result = choose(path, candidates) ?? end(slots)
    built.set(key, result)
    return result
  }

  const choose = (path: Path, candidates: readonly Usable[]): Built | undefined => {
    const pinned = candidates.some(({ question }) => first.includes(question.id))
    let best: Built | undefined
    for (const { question, options } of pinned ? inOrder(first, candidates) : candidates) {
      const attempt = ask(question, options, path)
      if (!best || attempt.cost < best.cost - 1e-9) best = attempt
      if (pinned && attempt.asks) return attempt
    }
    return best
  }

  const classOf = memoised((option: QuestionOption) => classOfOption(option, organisation))

  /**
   * All that the rest of a path can depend on: what is left of each rule, supplement and implication, also of those
   * for which nothing is asked, when every slot that can still change is left open. Equal outlooks share a subtree.
   */
  const outlook = (path: Path, slots: Slots): unknown => {
    const changeable = changeableSlots(usable, path, slots)
    const left = (when: When) =>
      when
        .filter((tests) => tests.every((test) => changeable.has(test.slot) || holds(test, slots)))
        .map((tests) => tests.filter((test) => changeable.has(test.slot)))
        .map((tests) => tests.map((test) => [test.slot, test.values, test.not, holds(test, slots)]))
    const leftOf = (entries: readonly { readonly id: string; readonly when: When }[]) =>
      entries
        .map(({ id, when }) => [id, left(when)] as const)
        .filter(([, alternatives]) => alternatives.length > 0)
    const rules = leftOf(organisation.rules)
    const certain = rules.findIndex(([, alternatives]) => alternatives.some((tests) => tests.length === 0))
    return [
      certain === -1 ? rules : rules.slice(0, certain + 1),
      leftOf(organisation.supplements),
      organisation.implies.map((implication) => left([implication.when])),
    ]
  }

  const ask = (
    question: Question,
    options: readonly QuestionOption[],
    path: Path,
  ): Built & { asks: boolean } => {
    const asked = new Set([...path.asked, question.id])
    const follow = (sets: Readonly<Record<string, string>>): Built =>
      build({ given: { ...path.given, slots: { ...path.given.slots, ...sets } }, asked })
    const unsure = follow({ [question.slot]: unknown })
    const perClass = new Map<string, Built>()
    const children = options.map((option) => {
      const kind = classOf(option)
      const child = perClass.get(kind) ?? follow(option.sets)
      perClass.set(kind, child)
      return { id: option.id, ...child }
    })
    if (children.every((child) => child.node === unsure.node)) return { ...unsure, asks: false }
    const shown = shownOptions(question, children, unsure.node)
    const costs = [
      ...shown.map((id) => children.find((child) => child.id === id)?.cost ?? unsure.cost),
      unsure.cost,
    ]
    const next = Object.fromEntries([
      ...children.map((child) => [child.id, child.node]),
      [unknown, unsure.node],
    ])
    const cost = (question.counted ? 1 : 0) + costs.reduce((sum, value) => sum + value, 0) / costs.length
    return { node: intern({ question: question.id, shown, next }), cost, asks: true }
  }

  const end = (slots: Slots): Built => {
    const settled = slots.inside === undefined ? { ...slots, inside: 'open' } : slots
    const rule = organisation.rules.find((candidate) => verdict(candidate.when, settled, none) === 'yes')
    if (!rule) throw new Error(`${organisation.id}: a path through the questions ends without a rule.`)
    const supplements = organisation.supplements.filter(
      (entry) => verdict(entry.when, settled, none) === 'yes',
    )
    return { node: intern({ rule: rule.id, supplements: supplements.map((entry) => entry.id) }), cost: 0 }
  }

  const { node: root } = build({ given: { slots: {}, dates: {} }, asked: new Set() })
  return { organisation: organisation.id, ...withoutUnused(nodes, root) }
}

const none: ReadonlySet<string> = new Set()

/**
 * What an option means to this organisation: options in the same class pass the same tests and imply the same, so that
 * one of them speaks for all.
 */
function classOfOption(option: QuestionOption, organisation: Organisation): string {
  const slots = derive({ slots: option.sets, dates: {} }, organisation, noDay)
  const conditions = [
    ...organisation.rules.flatMap((rule) => rule.when.flat()),
    ...organisation.supplements.flatMap((supplement) => supplement.when.flat()),
    ...organisation.implies.flatMap((implication) => implication.when),
  ]
  const passed = conditions.filter((test) => slots[test.slot] !== undefined).map((test) => holds(test, slots))
  const { [Object.keys(option.sets)[0] ?? '']: _, ...implied } = slots
  return JSON.stringify([passed, implied])
}

function memoised<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return (key) => {
    const value = known.get(key) ?? compute(key)
    known.set(key, value)
    return value
  }
}

/** A question outside the common vocabulary is only asked where an organisation declares it as its own. */
function isStandard(question: Question, organisation: Organisation): boolean {
  const common = allowedValues(question.slot) !== undefined || question.slot === 'decidedBy'
  return common || organisation.questions.includes(question.id)
}

/** The slots whose value can still change on the way to an end, also through a question that is not askable yet. */
function changeableSlots(usable: readonly Usable[], path: Path, slots: Slots): ReadonlySet<string> {
  const unasked = usable.filter(({ question }) => !path.asked.has(question.id))
  const settable = new Set(
    unasked.flatMap(({ options }) => options.flatMap((option) => Object.keys(option.sets))),
  )
  const canOpen = ({ when }: Question): boolean =>
    Object.entries(when).every(([slot, value]) => slots[slot] === value || settable.has(slot))
  const changeable = new Set(
    unasked
      .filter(({ question }) => (slots[question.slot] ?? unknown) === unknown && canOpen(question))
      .map(({ question }) => question.slot),
  )
  if (changeable.has('role') || changeable.has('domain')) changeable.add('staff')
  const mayClose = ['direct', 'safety', 'topic'].some((slot) => changeable.has(slot))
  if (mayClose && slots.inside !== 'closed') changeable.add('inside')
  return changeable
}

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
    question.slot === 'safety'
  )
}

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
  if (value === undefined && test.slot === 'inside') return holds(test, { inside: 'open' }) ? 'yes' : 'no'
  return holds(test, slots) ? 'yes' : 'no'
}

function inOrder<T extends { question: Question }>(
  first: readonly string[],
  candidates: readonly T[],
): readonly T[] {
  const at = (candidate: T) => {
    const index = first.indexOf(candidate.question.id)
    return index === -1 ? first.length : index
  }
  return [...candidates].sort((a, b) => at(a) - at(b))
}

/** Options that lead to the same place as "I do not know" are shown as one `rest`, when there are several. */
function shownOptions(
  question: Question,
  children: readonly { id: string; node: number }[],
  unsure: number,
): readonly string[] {
  if (!question.merge) return children.map((child) => child.id)
  const distinct = children.filter((child) => child.node !== unsure).map((child) => child.id)
  const merged = children.filter((child) => child.node === unsure)
  if (merged.length === 0) return distinct
  if (merged.length === 1) return children.map((child) => child.id)
  return [...distinct, rest]
}

function withoutUnused(nodes: readonly TreeNode[], root: number): Pick<Tree, 'root' | 'nodes'> {
  const order: number[] = []
  const numbers = new Map<number, number>()
  const visit = (at: number): void => {
    if (numbers.has(at)) return
    numbers.set(at, order.length)
    order.push(at)
    const node = nodes[at]
    if (node && 'next' in node) for (const next of Object.values(node.next)) visit(next)
  }
  visit(root)
  const renumber = (at: number): number => numbers.get(at) ?? 0
  return {
    root: 0,
    nodes: order.map((at) => {
      const node = nodes[at] as TreeNode
      if (!('next' in node)) return node
      const next = Object.fromEntries(Object.entries(node.next).map(([id, to]) => [id, renumber(to)]))
      return { ...node, next }
    }),
  }
}
