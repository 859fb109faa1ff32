import { unknown } from '../knowledge/vocabulary.ts'
import { isQuestion, type QuestionNode, rest, type Tree } from './tree.ts'

/** An arrow to draw: the options that lead to the same node together. */
export type Branch = { readonly options: readonly string[]; readonly to: number }

/** A part of a tree that is drawn as one chart. A branch that leaves it leads to the root of another chart. */
export type Part = { readonly root: number; readonly nodes: readonly number[] }

/** How large the parts of a tree may be. */
type Limits = {
  /** A part with more branches than this is split at its next question. */
  readonly most: number
  /** A subtree that several parts share becomes a part of its own from this many branches. */
  readonly shared: number
}

/** The branches of a question in the order of its options, "I do not know" last. */
function branchesOf(node: QuestionNode): readonly Branch[] {
  const branches = new Map<number, string[]>()
  for (const option of [...node.shown, unknown]) {
    const to = node.next[option === rest ? unknown : option]
    if (to === undefined) continue
    branches.set(to, [...(branches.get(to) ?? []), option])
  }
  return [...branches].map(([to, options]) => ({ to, options }))
}

/**
 * Splits a tree into parts that can be drawn: the first question, one part per first branch, one per next branch where
 * that is too large, and one for each larger subtree that several of these share, so that it is drawn once.
 */
export function splitTree(tree: Tree, limits: Limits): readonly Part[] {
  const roots = new Set([tree.root, ...questionsBelow(tree, tree.root)])
  for (const at of sharedEntries(tree, roots, limits.shared)) roots.add(at)
  let large = largeRoot(tree, roots, limits.most)
  while (large !== undefined) {
    for (const to of questionsBelow(tree, large)) roots.add(to)
    large = largeRoot(tree, roots, limits.most)
  }
  for (const at of sharedEntries(tree, roots, limits.shared)) roots.add(at)
  return [...roots].map((root) => ({ root, nodes: nodesOf(tree, root, roots) }))
}

/** The number of branches to draw from these nodes. */
export function countBranches(tree: Tree, nodes: readonly number[]): number {
  return nodes.reduce((sum, at) => sum + branchesAt(tree, at).length, 0)
}

/** The branches that leave a node; none at an end. */
export function branchesAt(tree: Tree, at: number): readonly Branch[] {
  const node = tree.nodes[at]
  return node && isQuestion(node) ? branchesOf(node) : []
}

function questionsBelow(tree: Tree, at: number): readonly number[] {
  return branchesAt(tree, at)
    .map(({ to }) => to)
    .filter((to) => branchesAt(tree, to).length > 0)
}

/** The nodes from here down, in the order of the options, without those that belong to another part. */
function nodesOf(tree: Tree, root: number, roots: ReadonlySet<number>): readonly number[] {
  const nodes = new Set<number>()
  const visit = (at: number): void => {
    if (nodes.has(at)) return
    nodes.add(at)
    for (const { to } of branchesAt(tree, at)) if (!roots.has(to)) visit(to)
  }
  visit(root)
  return [...nodes]
}

function largeRoot(tree: Tree, roots: ReadonlySet<number>, most: number): number | undefined {
  return [...roots].find((root) => {
    const canSplit = questionsBelow(tree, root).some((to) => !roots.has(to))
    return canSplit && countBranches(tree, nodesOf(tree, root, roots)) > most
  })
}

/** The questions at which the parts run together into the same subtree. */
function sharedEntries(tree: Tree, roots: ReadonlySet<number>, least: number): readonly number[] {
  const within = new Map<number, Set<number>>()
  for (const root of roots) {
    for (const at of nodesOf(tree, root, roots)) within.set(at, (within.get(at) ?? new Set()).add(root))
  }
  const partsOf = (at: number) => within.get(at)?.size ?? 0
  const entries = new Set<number>()
  for (const from of within.keys()) {
    for (const to of questionsBelow(tree, from)) {
      if (roots.has(to) || partsOf(to) < 2 || partsOf(to) === partsOf(from)) continue
      if (countBranches(tree, nodesOf(tree, to, roots)) >= least) entries.add(to)
    }
  }
  return [...entries]
}
