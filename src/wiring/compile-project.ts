import { compileTrees } from '../dialog/compile-trees.ts'
import { buildKnowledge } from '../knowledge/build-knowledge.ts'
import { type Finding, isError } from '../knowledge/finding.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { prove } from '../routing/prove.ts'
import { describeFinding } from './describe-finding.ts'
import { readKnowledgeFiles } from './knowledge-files.ts'
import { type CompiledProject, hashSources } from './load-project.ts'
import { todayInTheNetherlands } from './today.ts'

/**
 * Reads, checks, proves and compiles the project from its files.
 *
 * @throws Error listing every problem, with file, line and mend, when the knowledge has errors
 */
export async function compileProject(root: string): Promise<CompiledProject> {
  const { input, questions, findings } = await readKnowledgeFiles(root)
  const built = buildKnowledge(input)
  stopOn([...findings, ...built.findings])
  const knowledge = built.knowledge as Knowledge
  stopOn(
    built.sources.organisations.flatMap((file) => {
      const organisation = knowledge.organisations[file.data.id]
      const placeOf = (field: readonly PropertyKey[]) => ({ file: file.path, line: file.lineOf(field) })
      return organisation ? prove(knowledge, organisation, todayInTheNetherlands(), placeOf).findings : []
    }),
  )
  return { source: hashSources(root), knowledge, questions, trees: compileTrees(knowledge, questions) }
}

function stopOn(findings: readonly Finding[]): void {
  const errors = findings.filter(isError)
  if (errors.length > 0) throw new Error(errors.map(describeFinding).join('\n'))
}
