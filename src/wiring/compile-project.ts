import { compileTrees } from '../dialog/compile-trees.ts'
import { buildKnowledge } from '../knowledge/build-knowledge.ts'
import { type Finding, isError } from '../knowledge/finding.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { describeFinding } from './describe-finding.ts'
import { hashSources } from './hash-sources.ts'
import { readKnowledgeFiles } from './knowledge-files.ts'
import type { CompiledProject } from './project.ts'
import { proveOrganisations } from './prove-organisations.ts'
import { todayInTheNetherlands } from './today.ts'

/**
 * Reads, checks, proves and compiles the project from its files.
 *
 * @throws Error listing every problem, with file, line and mend, when the knowledge has errors
 */
export function compileProject(root: string): CompiledProject {
  const { input, questions, findings } = readKnowledgeFiles(root)
  const built = buildKnowledge(input)
  stopOn([...findings, ...built.findings])
  const knowledge = built.knowledge as Knowledge
  const proven = proveOrganisations(knowledge, built.sources.organisations, todayInTheNetherlands())
  stopOn(proven.flatMap(({ proof }) => proof.findings))
  return { source: hashSources(root), knowledge, questions, trees: compileTrees(knowledge, questions) }
}

function stopOn(findings: readonly Finding[]): void {
  const errors = findings.filter(isError)
  if (errors.length > 0) throw new Error(errors.map(describeFinding).join('\n'))
}
