import { describe, expect, test } from 'vitest'
import { compileTree } from '../../src/dialog/compile-tree.ts'
import { optionsOf } from '../../src/dialog/options-of.ts'
import type { Question } from '../../src/dialog/questions.ts'
import { isQuestion, type QuestionNode, rest, type Tree } from '../../src/dialog/tree.ts'
import type { Organisation } from '../../src/knowledge/knowledge.ts'
import { unknown } from '../../src/knowledge/vocabulary.ts'
import { findRule, findSupplements, routingSlots } from '../../src/routing/decide.ts'
import { project } from '../real-project.ts'
import { deLinde, plainRules, questions, rule, supplement } from './fictional.ts'

const day = { date: '2026-11-22', holidays: [] }

function questionNodes(tree: Tree): readonly QuestionNode[] {
  return tree.nodes.filter(isQuestion)
}

/** Checks the end of every path, answers that are not shown included: a client can type them all the same. */
function walkEverything(tree: Tree, organisation: Organisation, asked: readonly Question[]): number {
  let paths = 0
  const visit = (at: number, slots: Readonly<Record<string, string>>): void => {
    const node = tree.nodes[at]
    if (!node) throw new Error(`no node ${at}`)
    if (!isQuestion(node)) {
      paths += 1
      const known = routingSlots({ slots, dates: {} }, organisation, day)
      const rule = findRule(organisation, known)?.id
      const supplements = findSupplements(organisation, known).map(({ id }) => id)
      const same = rule === node.rule && supplements.join() === node.supplements.join()
      if (!same) expect({ rule, supplements }, JSON.stringify(slots)).toEqual(node)
      return
    }
    const question = asked.find(({ id }) => id === node.question)
    if (!question) throw new Error(`no question ${node.question}`)
    for (const { id, sets } of optionsOf(question, organisation))
      visit(node.next[id] as number, { ...slots, ...sets })
    visit(node.next[unknown] as number, { ...slots, [question.slot]: unknown })
  }
  visit(tree.root, { organisation: organisation.id })
  return paths
}

describe('a tree', () => {
  test('ends at the rule that the answers decide, whatever is answered', () => {
    const linde = deLinde(plainRules, [supplement('abuse-of-a-minor', { safety: 'abuse', minor: true })])
    expect(walkEverything(compileTree(linde, questions), linde, questions)).toBeGreaterThan(50)
  })

  test('is one end where no answer changes anything', () => {
    const linde = deLinde([rule('everything', undefined, 'functionaris')])
    expect(compileTree(linde, questions).nodes).toEqual([{ rule: 'everything', supplements: [] }])
  })

  test('leaves out a question when all its answers lead to the same place', () => {
    const linde = deLinde([
      rule('talk', { wish: 'talk' }, 'functionaris'),
      rule('late-talk', { wish: 'talk', stage: 'decided' }, 'commissie'),
      rule('everything', undefined, 'functionaris'),
    ])
    expect(questionNodes(compileTree(linde, questions)).map((node) => node.question)).toEqual(['wish'])
  })

  test('shows as one "something else" what no rule tells apart', () => {
    const linde = deLinde([
      rule('privacy', { topic: 'privacy' }, 'commissie'),
      rule('everything', undefined, 'functionaris'),
    ])
    const [topic] = questionNodes(compileTree(linde, questions))
    expect(topic?.shown).toEqual(['privacy', rest])
    expect(topic?.next.money).toBe(topic?.next[unknown])
    expect(topic?.next.waiting).toBe(topic?.next[unknown])
  })

  test('asks about daily life only somebody who cannot say which law it is', () => {
    const linde = deLinde([
      rule('youth', { domain: 'jeugdwet' }, 'commissie'),
      rule('other', undefined, 'functionaris'),
    ])
    const tree = compileTree(linde, questions)
    const [domain] = questionNodes(tree)
    const under = (option: string) => tree.nodes[domain?.next[option] as number]
    expect(under(unknown)).toMatchObject({ question: 'situation' })
    expect(under('wmo')).toEqual({ rule: 'other', supplements: [] })
  })

  test('does not ask the age of the child of a parent, also after questions that others are asked too', () => {
    const linde = deLinde(
      [rule('for-another', { role: 'representative', stage: 'decided' }, 'commissie'), ...plainRules],
      [supplement('abuse-of-a-minor', { safety: 'abuse', minor: true })],
    )
    const tree = compileTree(linde, questions)
    walkEverything(tree, linde, questions)
    const below = (at: number): readonly string[] => {
      const node = tree.nodes[at]
      return node && isQuestion(node) ? [node.question, ...Object.values(node.next).flatMap(below)] : []
    }
    const roles = questionNodes(tree).filter((node) => node.question === 'role')
    expect(roles.length).toBeGreaterThan(0)
    for (const role of roles) expect(below(role.next.parent as number)).not.toContain('minor')
  })

  test('keeps apart what a rule for which nothing is asked tells apart', () => {
    const quiet = { asked: false }
    const linde = deLinde([
      rule('money-complaint', { topic: 'money', wish: 'complaint' }, 'commissie', quiet),
      rule('privacy', { topic: 'privacy' }, 'commissie'),
      rule('late', { wish: 'talk', stage: 'decided' }, 'commissie'),
      rule('everything', undefined, 'functionaris'),
    ])
    walkEverything(compileTree(linde, questions), linde, questions)
  })
})

test.each(
  Object.values(project.knowledge.organisations).map(
    (organisation) => [organisation.id, organisation] as const,
  ),
)(
  'the tree of %s also ends right for answers that it does not show',
  (id, organisation) => {
    expect(walkEverything(project.trees[id] as Tree, organisation, project.questions)).toBeGreaterThan(10)
  },
  60_000,
)
