import type { Citation, Organisation, Rule, Supplement } from '../knowledge/knowledge.ts'
import { unknown } from '../knowledge/vocabulary.ts'
import { type ChartEdge, type ChartNode, escapeMarkdown, flowchart } from './mermaid.ts'
import { nameNodes } from './name-nodes.ts'
import { type Branch, branchesAt, type Part, splitTree } from './split-tree.ts'
import { type EndNode, isQuestion, rest, type Tree } from './tree.ts'

/** The words of a key: `question.<id>.ask`, `question.<id>.option.<option>`, `outline.title`, ... */
export type Words = (key: string) => string

/** Mermaid draws no chart with more than 500 arrows; people get lost long before that. */
const limits = { most: 80, shared: 12 }

/**
 * A tree as Markdown that a care manager reads and a reviewer sees the changes of: flow charts, one per answer to the
 * first question, and a table of where each rule leads with its terms and its source.
 */
export function outline(tree: Tree, organisation: Organisation, words: Words): string {
  const say = (key: string, values: Readonly<Record<string, string>> = {}) => fill(words(key), values)
  return [
    `# ${escapeMarkdown(say('outline.title', { organisation: organisation.name }))}`,
    say('outline.made'),
    say('outline.read'),
    ...charts(tree, organisation, say),
    ...tables(tree, organisation, say),
    '',
  ].join('\n\n')
}

type Say = (key: string, values?: Readonly<Record<string, string>>) => string

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole)
}

function charts(tree: Tree, organisation: Organisation, say: Say): readonly string[] {
  const parts = splitTree(tree, limits)
  const numbers = new Map(parts.map((part, index) => [part.root, String(index + 1)]))
  const names = nameNodes(tree)
  const ask = (id: string) => sayQuestion(say, organisation, `question.${id}.ask`)
  const optionsOf = (id: string, options: readonly string[]) =>
    options.map((option) => sayOption(say, organisation, id, option))

  const draw = (part: Part): string => {
    const inside = new Set(part.nodes)
    const nodes: ChartNode[] = []
    const edges: ChartEdge[] = []
    const nameOf = (at: number) => (inside.has(at) ? (names[at] ?? '') : `chart_${numbers.get(at)}`)
    for (const at of part.nodes) {
      const node = tree.nodes[at]
      if (!node) continue
      nodes.push(
        isQuestion(node)
          ? { id: nameOf(at), shape: 'question', lines: [ask(node.question)] }
          : { id: nameOf(at), shape: 'end', lines: endLines(node, organisation, say) },
      )
      if (!isQuestion(node)) continue
      for (const { to, options } of branchesAt(tree, at)) {
        edges.push({ from: nameOf(at), to: nameOf(to), lines: optionsOf(node.question, options) })
      }
    }
    const leaving = new Set(part.nodes.flatMap((at) => branchesAt(tree, at).map(({ to }) => to)))
    for (const at of leaving) {
      const node = tree.nodes[at]
      if (inside.has(at) || !node || !isQuestion(node)) continue
      const number = numbers.get(at) ?? ''
      const lines = [say('outline.elsewhere', { number }), ask(node.question)]
      nodes.push({ id: nameOf(at), shape: 'elsewhere', lines })
    }
    return `\`\`\`mermaid\n${flowchart(nodes, edges)}\n\`\`\``
  }

  return parts.flatMap((part) => {
    const coming = comingFrom(tree, parts, part.root)
    const label = ({ question, branch }: Arrival) => optionsOf(question, branch.options).join(' / ')
    const from = coming.map((arrival) => numbers.get(arrival.part.root) ?? '')
    const node = tree.nodes[part.root]
    const question = node && isQuestion(node) ? ask(node.question) : ''
    const only = coming.length === 1 ? coming[0] : undefined
    const title =
      coming.length === 0 ? say('outline.start') : only ? label(only) : say('outline.continued', { question })
    const list = [...new Set(from)].map(
      (number) => `[${say('outline.chart', { number })}](#${anchor(say, number)})`,
    )
    const number = numbers.get(part.root) ?? ''
    return [
      `<a id="${anchor(say, number)}"></a>\n\n## ${say('outline.chart', { number })}: ${escapeMarkdown(title)}`,
      ...(list.length > 0 ? [say('outline.from', { charts: list.join(', ') })] : []),
      draw(part),
    ]
  })
}

type Arrival = { readonly part: Part; readonly question: string; readonly branch: Branch }

/** The arrows of other parts that lead to this root. */
function comingFrom(tree: Tree, parts: readonly Part[], root: number): readonly Arrival[] {
  return parts.flatMap((part) =>
    part.nodes.flatMap((at) => {
      const node = tree.nodes[at]
      if (!node || !isQuestion(node)) return []
      const arriving = branchesAt(tree, at).filter(({ to }) => to === root)
      return arriving.map((branch) => ({ part, question: node.question, branch }))
    }),
  )
}

function anchor(say: Say, number: string): string {
  return say('outline.chart', { number }).toLowerCase().replace(/\s+/g, '-')
}

/** Words that name the organisation or a term of it; which term it is depends on the case. */
function sayQuestion(say: Say, { name }: Organisation, key: string): string {
  return say(key, { organisation: name, period: say('outline.period'), moment: say('outline.moment') })
}

function sayOption(say: Say, organisation: Organisation, question: string, option: string): string {
  if (option === unknown) return say('question.unknown')
  if (option === rest) return sayQuestion(say, organisation, `question.${question}.rest`)
  const body = organisation.bodies[option]
  return body ? body.name : sayQuestion(say, organisation, `question.${question}.option.${option}`)
}

function endLines(end: EndNode, organisation: Organisation, say: Say): readonly string[] {
  const rule = organisation.rules.find(({ id }) => id === end.rule)
  if (!rule) throw new Error(`Rule ${end.rule} of the tree is not in the knowledge of ${organisation.id}.`)
  const { primary, or, then } = rule.advise
  const named = (ids: readonly string[]) => ids.map((id) => nameOf(organisation, id)).join(', ')
  return [
    nameOf(organisation, primary),
    ...(or.length > 0 ? [say('outline.or', { bodies: named(or) })] : []),
    ...(then.length > 0 ? [say('outline.then', { bodies: named(then) })] : []),
    say('outline.rule', { rule: rule.id }),
    ...(end.supplements.length > 0
      ? [say('outline.supplements', { supplements: end.supplements.join(', ') })]
      : []),
  ]
}

function tables(tree: Tree, organisation: Organisation, say: Say): readonly string[] {
  const reached = new Set(tree.nodes.flatMap((node) => (isQuestion(node) ? [] : [node.rule])))
  const asked = organisation.rules.filter((rule) => reached.has(rule.id))
  const volunteered = organisation.rules.filter((rule) => !reached.has(rule.id))
  const columns = ['Rule', 'Primary', 'Or', 'Then', 'Beside', 'Terms', 'Source']
  const rows = (rules: readonly Rule[]) => rules.map((rule) => ruleCells(rule, organisation, say))
  return [
    `## ${say('outline.ends')}`,
    say('outline.endsRead'),
    table(say, columns, rows(asked)),
    ...(volunteered.length > 0
      ? [
          `### ${say('outline.volunteered')}`,
          say('outline.volunteeredRead'),
          table(say, columns, rows(volunteered)),
        ]
      : []),
    `### ${say('outline.supplementTitle')}`,
    say('outline.supplementRead'),
    table(
      say,
      ['Supplement', 'Notices', 'Then', 'Beside', 'Notes', 'Source'],
      organisation.supplements.map((supplement) => supplementCells(supplement, organisation, say)),
    ),
  ]
}

/** Entries that stand under each other. */
type Cell = readonly string[]

function ruleCells(rule: Rule, organisation: Organisation, say: Say): readonly Cell[] {
  const { primary, or, then, beside, terms } = rule.advise
  const named = (ids: readonly string[]) => ids.map((id) => nameOf(organisation, id))
  const route = [primary, ...or, ...then]
  const told = organisation.terms.filter(
    (term) => term.told && (terms.includes(term.id) || term.at.some((id) => route.includes(id))),
  )
  return [
    [rule.id],
    named([primary]),
    named(or),
    named(then),
    named(beside),
    told.map((term) => `${term.printed} (${citation(term.citation, say)})`),
    rule.because.map((source) => citation(source, say)),
  ]
}

function supplementCells(supplement: Supplement, organisation: Organisation, say: Say): readonly Cell[] {
  const named = (ids: readonly string[]) => ids.map((id) => nameOf(organisation, id))
  const { id, notices, then, beside, notes, because } = supplement
  const told = notes.map((note) => say(`note.${note}`, { organisation: organisation.name }))
  return [
    [id],
    named(notices),
    named(then),
    named(beside),
    told,
    because.map((source) => citation(source, say)),
  ]
}

function table(say: Say, columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const cell = (entries: Cell) => entries.map(escapeMarkdown).join('<br>') || say('outline.none')
  return [
    line(columns.map((column) => say(`outline.column${column}`))),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(row.map(cell))),
  ].join('\n')
}

/** The article where the organisation's own document is meant, else the law or site with it. */
function citation({ document, article, kind }: Citation, say: Say): string {
  if (kind === 'regulation') return article
  return article && kind === 'law' ? say('outline.article', { document, article }) : document
}

function nameOf(organisation: Organisation, id: string): string {
  return organisation.bodies[id]?.name ?? id
}
