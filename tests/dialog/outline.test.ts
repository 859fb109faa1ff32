import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { buildDialogs } from '../../src/dialog/build-dialogs.ts'
import { compileTree } from '../../src/dialog/compile-tree.ts'
import { escapeMarkdown, flowchart } from '../../src/dialog/mermaid.ts'
import { nameNodes } from '../../src/dialog/name-nodes.ts'
import { outline } from '../../src/dialog/outline.ts'
import { branchesAt, splitTree } from '../../src/dialog/split-tree.ts'
import { isQuestion, type Tree } from '../../src/dialog/tree.ts'
import { project, root } from '../real-project.ts'
import { deLinde, plainRules, questions, rule } from './fictional.ts'

const linde = deLinde(plainRules)
const tree = compileTree(linde, questions)
const ids = Object.keys(project.trees)

function chartsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/```mermaid\n([\s\S]*?)\n```/g)].map(([, chart]) => chart ?? '')
}

/** A word per key is enough: wording may change. */
const words = (key: string) =>
  key === 'outline.chart' ? 'Schema {{number}}' : key.replace('outline.or', 'or {{bodies}}')

describe('a chart', () => {
  test.each([
    ['kies "ja" (of nee)', 'kies #34;ja#34; #40;of nee#41;'],
    ['[#1] | <b>', '#91;#35;1#93; #124; #60;b#62;'],
    ['1. eerst praten', '1#46; eerst praten'],
    ['- streepje', '#45; streepje'],
    ['twee\nregels', 'twee regels'],
  ])('shows %j as it is', (text, escaped) => {
    expect(flowchart([{ id: 'a', shape: 'question', lines: [text] }], [])).toContain(`  a["${escaped}"]`)
  })

  test('keeps a table whole, whatever stands in a cell', () => {
    expect(escapeMarkdown('a | b_c *d*\n[e]')).toBe('a \\| b\\_c \\*d\\* \\[e\\]')
  })

  test('joins the answers that lead to the same place', () => {
    const [chart = ''] = chartsOf(outline(tree, deLinde(plainRules), words))
    expect(chart).toContain('• question.wish.option.complaint<br/>• question.wish.option.information')
  })

  test('names the body, the rule and what comes after at an end', () => {
    const text = outline(tree, linde, (key) => (key === 'outline.then' ? 'then {{bodies}}' : words(key)))
    expect(text).toContain(
      '"teamleider #34;Oost#34; #40;De Linde#41;<br/>then klachtenfunctionaris, klachtencommissie',
    )
  })
})

describe('the parts of a tree', () => {
  const countBranches = (of: Tree, nodes: readonly number[]) =>
    nodes.reduce((sum, at) => sum + branchesAt(of, at).length, 0)
  test.each([
    [400, 999],
    [20, 5],
    [1, 1],
  ])('hold every node, with at most %i arrows where they can be split', (most, shared) => {
    for (const id of ids) {
      const real = project.trees[id] as Tree
      const parts = splitTree(real, { most, shared })
      const roots = new Set(parts.map((part) => part.root))
      expect(new Set(parts.flatMap((part) => part.nodes)).size).toBe(real.nodes.length)
      for (const part of parts) {
        const canSplit = part.nodes.some((at) => at !== part.root && branchesAt(real, at).length > 0)
        if (canSplit) expect(countBranches(real, part.nodes)).toBeLessThanOrEqual(most)
        for (const at of part.nodes) {
          for (const { to } of branchesAt(real, at))
            expect(part.nodes.includes(to) || roots.has(to)).toBe(true)
        }
      }
    }
  })

  test('draw a larger subtree once, wherever it is reached from', () => {
    const wide = project.trees.zorgkracht12 as Tree
    const total = (shared: number) =>
      splitTree(wide, { most: 400, shared }).reduce((sum, part) => sum + countBranches(wide, part.nodes), 0)
    expect(total(8)).toBeLessThan(total(999))
  })
})

test('a change in one rule leaves the names of all nodes that do not lead there alone', () => {
  const changed = plainRules.map((entry) =>
    entry.id === 'youth' ? rule('young', { domain: 'jeugdwet' }, 'commissie') : entry,
  )
  const before = new Set(nameNodes(tree))
  const kept = nameNodes(compileTree(deLinde(changed), questions)).filter((name) => before.has(name))
  expect(kept.length).toBeGreaterThan(before.size / 2)
  expect(before.size).toBe(tree.nodes.length)
})

test('a tree is written with one node a line', () => {
  const knowledge = { ...project.knowledge, organisations: { 'de-linde': linde } }
  const text = buildDialogs(knowledge, questions, words).get('de-linde.json') ?? ''
  expect(JSON.parse(text)).toEqual(tree)
  expect(text.split('\n').filter((line) => line.startsWith('    {'))).toHaveLength(tree.nodes.length)
})

describe.each(ids)('the outline of %s', (id) => {
  const text = readFileSync(join(root, 'dialogs', 'built', `${id}.md`), 'utf8')
  const charts = chartsOf(text)

  test('has charts that Mermaid draws: below 500 arrows and 50,000 characters', () => {
    for (const chart of charts) {
      expect(chart.match(/-->/g)?.length ?? 0).toBeLessThan(400)
      expect(chart.length).toBeLessThan(50_000)
    }
  })

  test('draws each arrow between nodes of the same chart', () => {
    for (const chart of charts) {
      const nodes = new Set([...chart.matchAll(/^ {2}(\w+)[[(]/gm)].map(([, name]) => name))
      for (const [, from, to] of chart.matchAll(/^ {2}(\w+) -->\|.*\| (\w+)$/gm)) {
        expect(nodes).toContain(from)
        expect(nodes).toContain(to)
      }
    }
  })

  test('refers only to charts that are there, and tells every rule', () => {
    for (const [, target] of text.matchAll(/\]\(#([^)]+)\)/g))
      expect(text).toContain(`<a id="${target}"></a>`)
    for (const { id: name } of project.knowledge.organisations[id]?.rules ?? [])
      expect(text).toContain(`| ${name} |`)
    const asked = project.trees[id]?.nodes.filter(isQuestion) ?? []
    expect(asked.length).toBeGreaterThan(0)
  })

  test('leaves no word open', () => {
    expect(text).not.toMatch(/\{\{|undefined/)
  })
})
