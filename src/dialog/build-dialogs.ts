import type { Knowledge } from '../knowledge/knowledge.ts'
import { compileTrees } from './compile-trees.ts'
import { outline, type Words } from './outline.ts'
import type { Question } from './questions.ts'
import type { Tree } from './tree.ts'

/** The files of `dialogs/built`, by name: per organisation its tree and the outline of it. */
export function buildDialogs(
  knowledge: Knowledge,
  questions: readonly Question[],
  words: Words,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const [id, tree] of Object.entries(compileTrees(knowledge, questions))) {
    const organisation = knowledge.organisations[id]
    if (!organisation) continue
    files.set(`${id}.json`, writeTree(tree))
    files.set(`${id}.md`, outline(tree, organisation, words))
  }
  return files
}

/** A tree as JSON with one node a line, so that a change reads as lines. */
function writeTree(tree: Tree): string {
  const nodes = tree.nodes.map((node) => `    ${JSON.stringify(node)}`)
  return [
    '{',
    `  "organisation": ${JSON.stringify(tree.organisation)},`,
    `  "root": ${tree.root},`,
    '  "nodes": [',
    nodes.join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n')
}
