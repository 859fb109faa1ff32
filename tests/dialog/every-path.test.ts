import { describe, expect, test } from 'vitest'
import { optionsOf } from '../../src/dialog/options-of.ts'
import { isQuestion, rest, type Tree } from '../../src/dialog/tree.ts'
import { nextQuestion, openQuestions } from '../../src/dialog/walk-tree.ts'
import { generalHelp, type Organisation } from '../../src/knowledge/knowledge.ts'
import { type Case, unknown } from '../../src/knowledge/vocabulary.ts'
import { isUsable } from '../../src/routing/contacts-of.ts'
import { decide, findSupplements, routingSlots } from '../../src/routing/decide.ts'
import { derive } from '../../src/routing/derive.ts'
import { project, today } from '../real-project.ts'

const { knowledge, questions, trees } = project
const day = { date: today, holidays: knowledge.holidays }

type Path = {
  readonly at: number
  readonly slots: Readonly<Record<string, string>>
  readonly asked: readonly string[]
}

/** Every path through a tree, with the answers given on it. */
function* pathsOf(tree: Tree, organisation: Organisation): Generator<Path> {
  function* walk(path: Path): Generator<Path> {
    const node = tree.nodes[path.at]
    if (!node || !isQuestion(node)) {
      yield path
      return
    }
    const question = questions.find(({ id }) => id === node.question)
    if (!question) throw new Error(`question ${node.question} is not in dialogs/questions`)
    const asked = [...path.asked, node.question]
    const shown = node.shown.filter((id) => id !== rest)
    for (const id of [...shown, unknown]) {
      const option = optionsOf(question, organisation).find((candidate) => candidate.id === id)
      const sets = option?.sets ?? { [question.slot]: unknown }
      yield* walk({ at: node.next[id] as number, slots: { ...path.slots, ...sets }, asked })
    }
  }
  yield* walk({ at: tree.root, slots: { organisation: organisation.id }, asked: [] })
}

const organisations = Object.values(knowledge.organisations)

describe.each(organisations.map((organisation) => [organisation.id, organisation] as const))(
  'the tree of %s',
  (id, organisation) => {
    const tree = trees[id] as Tree

    test('every path ends at the rule that the answers decide, with a body and a way to reach somebody', () => {
      let paths = 0
      const reached = new Set<number>()
      for (const { at, slots, asked } of pathsOf(tree, organisation)) {
        paths += 1
        reached.add(at)
        const end = tree.nodes[at]
        if (!end || isQuestion(end)) throw new Error('no end')
        const given: Case = { slots, dates: {} }
        const advice = decide(knowledge, given, today)
        const where = JSON.stringify(slots)
        if (advice.rule !== end.rule) expect(advice.rule, where).toBe(end.rule)
        const applying = findSupplements(organisation, routingSlots(given, organisation, day)).map(
          (entry) => entry.id,
        )
        if (applying.join() !== end.supplements.join()) expect(applying, where).toEqual(end.supplements)
        if (!Object.values(advice.contacts).flat().some(isUsable))
          throw new Error(`nobody can be reached: ${where}`)
        if (asked.length > 10 || new Set(asked).size !== asked.length)
          throw new Error(`too many questions: ${asked}`)
      }
      expect(paths).toBeGreaterThan(10)
      expect(reached.size).toBe(tree.nodes.filter((node) => !isQuestion(node)).length)
    }, 60_000)

    test('asks what it is about, as the first or second question', () => {
      const first = tree.nodes[tree.root]
      if (!first || !isQuestion(first)) throw new Error('no question')
      const second = Object.values(first.next).map((at) => tree.nodes[at])
      const asked = [first, ...second].flatMap((node) => (node && isQuestion(node) ? [node.question] : []))
      expect(asked).toContain('domain')
    })

    test('offers "just talk" first', () => {
      const first = tree.nodes[tree.root]
      expect(first && isQuestion(first) && first.shown[0]).toBe('talk')
    })

    test('never asks a question whose options all lead to the same place', () => {
      for (const node of tree.nodes) {
        if (isQuestion(node)) expect(new Set(Object.values(node.next)).size, node.question).toBeGreaterThan(1)
      }
    })

    test('does not ask again what was told ahead', () => {
      for (const { slots } of [...pathsOf(tree, organisation)].filter((_, at) => at % 97 === 0)) {
        const told = derive({ slots, dates: {} }, organisation, day)
        const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== unknown))
        const open = openQuestions(tree, questions, organisation, known)
        for (const { slot } of open) expect(known[slot]).toBeUndefined()
      }
    })

    test('asks nothing more once every answer is known', () => {
      for (const { slots, asked } of [...pathsOf(tree, organisation)].filter((_, at) => at % 53 === 0)) {
        const told = derive({ slots, dates: {} }, organisation, day)
        expect(nextQuestion(tree, questions, organisation, told, asked)).toBeUndefined()
      }
    })
  },
)

test('no organisation asks about money, waiting and such, which no rule distinguishes', () => {
  const shown = Object.values(trees).flatMap(({ nodes }) =>
    nodes.flatMap((node) => (isQuestion(node) ? node.shown : [])),
  )
  for (const id of ['money', 'waiting', 'staff-change', 'quality']) expect(shown).not.toContain(id)
})

test('only Pluspunt asks whether another organisation provides the care', () => {
  for (const [id, { nodes }] of Object.entries(trees)) {
    const asks = nodes.some((node) => isQuestion(node) && node.question === 'mainProvider')
    expect(asks, id).toBe(id === 'pluspunt')
  }
  expect(trees[generalHelp]).toBeDefined()
})
