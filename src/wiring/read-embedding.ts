import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Embedding } from '../channels/direct-line/embedding.ts'
import type { Finding } from '../knowledge/finding.ts'
import { formats } from '../knowledge/formats.ts'
import { type ReadFile, readYaml } from '../knowledge/read-yaml.ts'
import { reportFor } from '../knowledge/report-finding.ts'
import { contrast } from './contrast.ts'
import { describeFinding } from './describe-finding.ts'
import { embeddingPath } from './read-knowledge-sources.ts'

const embedding = z.strictObject({
  origins: z.array(z.string().regex(formats.origin.pattern)),
  name: z.string().min(1).max(100).optional(),
  colour: z.string().regex(formats.colour.pattern).optional(),
  logo: z.string().regex(formats.secureUrl.pattern).refine(isPlainUrl).optional(),
  position: z.enum(['left', 'right']).optional(),
})

/** Its origin goes into a header: no name of a host holds what parts things there. */
function isPlainUrl(text: string): boolean {
  return /^[a-z0-9.-]+$/.test(URL.parse(text)?.hostname ?? '')
}

const embeddingFile = z.record(z.string().regex(formats.id.pattern), embedding)

/**
 * Reads where and how each organisation shows the chat, by id; without the file none does on pages of its own.
 *
 * @throws Error listing every problem, with file, line and mend
 */
export function readEmbedding(root: string): Readonly<Record<string, Embedding>> {
  const path = join(root, embeddingPath)
  if (!existsSync(path)) return {}
  const { file, findings } = readYaml(
    { path: embeddingPath, text: readFileSync(path, 'utf8') },
    embeddingFile,
  )
  const problems = [...findings, ...(file ? [...unknownOrganisations(root, file), ...paleColours(file)] : [])]
  if (file === undefined || problems.length > 0) throw new Error(problems.map(describeFinding).join('\n'))
  return file.data
}

function unknownOrganisations(root: string, file: ReadFile<Readonly<Record<string, Embedding>>>): Finding[] {
  const findings: Finding[] = []
  const report = reportFor(file, findings)
  for (const id of Object.keys(file.data)) {
    const isKnown = existsSync(join(root, 'knowledge', 'organisations', `${id}.yaml`))
    if (!isKnown) report('error', 'organisation-unknown', [id], { id })
  }
  return findings
}

/** What the colour stands on, or behind: white letters on the button, and letters in the colour on its soft shade. */
const ground = '#ffffff'
/** WCAG 2.2, 1.4.3: letters of common size; a little more, for the soft shade of the colour under some of them. */
const leastContrast = 5.5

function paleColours(file: ReadFile<Readonly<Record<string, Embedding>>>): Finding[] {
  const findings: Finding[] = []
  const report = reportFor(file, findings)
  for (const [id, { colour }] of Object.entries(file.data)) {
    if (colour === undefined || contrast(colour, ground) >= leastContrast) continue
    const found = contrast(colour, ground).toFixed(1)
    report('error', 'colour-pale', [id, 'colour'], { colour, contrast: found, least: String(leastContrast) })
  }
  return findings
}
