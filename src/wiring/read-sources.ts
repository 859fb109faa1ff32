import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile } from '../knowledge/read-yaml.ts'

/**
 * The text files under a folder and all its folders, in the order of their paths.
 *
 * @param folder path within the root, with `/`; the paths of the files begin with it
 * @param ending how the names of the files end, such as `.yaml`
 */
export function readSources(root: string, folder: string, ending: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}
