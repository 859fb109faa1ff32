import type { Organisation } from '../knowledge/knowledge.ts'
import { holds, type Slots } from '../knowledge/matches.ts'
import { allowedValues, type Case, unknown } from '../knowledge/vocabulary.ts'
import { findRule, findSupplements } from '../routing/decide.ts'
import { assumeInsideOpen, derive } from '../routing/derive.ts'
import { liveQuestions } from './live-questions.ts'
import { optionsOf } from './options-of.ts'
import { outlookOf, type UsableQuestion } from './outlook.ts'
import type { Question, QuestionOption } from './questions.ts'
import { rest, type Tree, type TreeNode } from './tree.ts'

/** What is known on the way down: answers as a case, and the questions already asked. */
type Path = { readonly given: Case; readonly asked: ReadonlySet<string> }

/** No date can be known while the tree is compiled, so any day will do. */
const noDay = { date: '2000-01-01', holidays: [] }

/**
 * Compiles the question tree of an organisation from its rules. Of the questions whose answer can still change the
 * advice, the first is asked, in the order of `questions`. A question whose options all lead to the same place is left
 * out.
 */
export function compileTree(organisation: Organisation, questions: readonly Question[]): Tree {
  const nodes: TreeNode[] = []
  const numbers = new Map<string, number>()
  const built = new Map<string, number>()
  const usable = questions
    .filter((question) => isAskedAt(organisation, question))
    .map((question) => ({ question, options: optionsOf(question, organisation) }))
    .filter(({ options }) => options.length > 0)
  const askable = usable.map(({ question }) => question)
  const classOf = memoised((option: QuestionOption) => classOfOption(option, organisation))

  /** The node that a path leads to; paths that can only go on in the same way share it. */
  const build = (path: Path): number => {
    const slots = derive(path.given, organisation, noDay)
    const live = liveQuestions(askable, organisation, slots, path.asked)
    const ids = live.map((question) => question.id)
    const key = JSON.stringify([ids, outlookOf(organisation, usable, slots, path.asked)])
    const known = built.get(key)
    if (known !== undefined) return known
    const [first] = usable.filter(({ question }) => live.includes(question))
    const node = first ? ask(first, path) : end(slots)
    built.set(key, node)
    return node
  }

  /** The node of a question, or the one that all its options lead to. */
  const ask = ({ question, options }: UsableQuestion, path: Path): number => {
    const asked = new Set([...path.asked, question.id])
    const follow = (sets: Readonly<Record<string, string>>): number =>
      build({ given: { ...path.given, slots: { ...path.given.slots, ...sets } }, asked })
    const unsure = follow({ [question.slot]: unknown })
    const perClass = new Map<string, number>()
    const children = options.map((option) => {
      const kind = classOf(option)
      const node = perClass.get(kind) ?? follow(option.sets)
      perClass.set(kind, node)
      return { id: option.id, node }
    })
    if (children.every((child) => child.node === unsure)) return unsure
    const next = Object.fromEntries([...children.map(({ id, node }) => [id, node]), [unknown, unsure]])
    return intern({ question: question.id, shown: shownOptions(question, children, unsure), next })
  }

  const end = (slots: Slots): number => {
    const settled = assumeInsideOpen(slots)
    const rule = findRule(organisation, settled)
    if (!rule) throw new Error(`${organisation.id}: a path through the questions ends without a rule.`)
    const supplements = findSupplements(organisation, settled).map((supplement) => supplement.id)
    return intern({ rule: rule.id, supplements })
  }

  /** The number of a node; equal nodes are one. */
  const intern = (node: TreeNode): number => {
    const key = JSON.stringify(node)
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, nodes.length)
    nodes.push(node)
    return nodes.length - 1
  }

  const root = build({ given: { slots: {}, dates: {} }, asked: new Set() })
  return { organisation: organisation.id, ...withoutUnused(nodes, root) }
}

/** A question outside the common vocabulary is only asked where an organisation declares it as its own. */
function isAskedAt(organisation: Organisation, question: Question): boolean {
  const isCommon = allowedValues(question.slot) !== undefined || question.slot === 'decidedBy'
  return isCommon || organisation.questions.includes(question.id)
}

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

/** The nodes that can be reached from the root, numbered anew from there. */
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
