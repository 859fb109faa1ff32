import { isQuestion, type Tree } from './tree.ts'

/**
 * A name per node that follows from what it asks and where it leads, so that a change in one corner of a tree leaves
 * the other names alone. Only letters, digits and `_`, as chart names want.
 */
export function nameNodes(tree: Tree): readonly string[] {
  const names: string[] = []
  const taken = new Set<string>()
  const unique = (name: string): string => (taken.has(name) ? unique(`${name}_`) : name)
  const visit = (at: number): string => {
    const known = names[at]
    if (known !== undefined) return known
    const node = tree.nodes[at]
    if (!node) throw new Error(`The tree of ${tree.organisation} has no node ${at}.`)
    const meaning = isQuestion(node)
      ? [node.shown, Object.entries(node.next).map(([option, to]) => [option, visit(to)])]
      : node.supplements
    const word = isQuestion(node) ? node.question : `end_${node.rule}`
    const name = unique(`${word.replace(/[^A-Za-z0-9]/g, '_')}_${digest(JSON.stringify(meaning))}`)
    names[at] = name
    taken.add(name)
    return name
  }
  for (const at of tree.nodes.keys()) visit(at)
  return names
}

/** FNV-1a, 32 bits: short, stable and enough to tell the nodes of one tree apart. */
function digest(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0).toString(36)
}
