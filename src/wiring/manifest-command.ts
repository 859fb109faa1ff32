import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import type { Lines } from './lines.ts'
import { makeLocalisation, makeManifest } from './make-manifest.ts'
import { type Icons, readIcons } from './read-icons.ts'
import { type ManifestSettings, readManifestSettings } from './read-manifest-settings.ts'
import { type ManifestTexts, readManifestWords } from './read-manifest-words.ts'
import { writeWhole } from './write-whole.ts'

const target = 'manifest/build/klachtwijzer-teams.zip'

/** The time of every file in the package, so that equal settings give an equal package, in every time zone. */
const always = new Date(1980, 0, 1, 12)

/**
 * `npm run manifest`: writes the package of the Teams app, with the ids and domains from the environment. Prints every
 * problem, one line each, and writes nothing while there is one.
 *
 * @param root the project folder
 * @returns the exit status: 1 when there is a problem
 * @throws Error when the package cannot be written
 */
export function manifestCommand(
  args: readonly string[],
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
  { out, problem }: Lines,
): number {
  const settings = readManifestSettings(environment, projectVersion(root))
  const words = readManifestWords(root)
  const icons = readIcons(root)
  const unknown = args.map((arg) => `"${arg}" is not an option of this command: it has none. Leave it out.`)
  if ('problems' in settings || 'problems' in words || 'problems' in icons || unknown.length > 0) {
    const problems = [settings, words, icons].flatMap((read) => ('problems' in read ? read.problems : []))
    for (const line of [...unknown, ...problems]) problem(line)
    return 1
  }
  const path = join(root, target)
  writeWhole(path, pack(settings.settings, words.texts, icons.icons), 0o644)
  for (const line of describe(path, settings.settings)) out(line)
  return 0
}

function pack(settings: ManifestSettings, { own, others }: ManifestTexts, icons: Icons): Uint8Array {
  const localisations = Object.entries(others).map(
    ([locale, words]) => [`${locale}.json`, toJson(makeLocalisation(words))] as const,
  )
  const files = {
    'manifest.json': toJson(makeManifest(settings, own, Object.keys(others))),
    ...Object.fromEntries(localisations),
    ...icons,
  }
  return zipSync(files, { mtime: always })
}

function toJson(value: unknown): Uint8Array {
  return strToU8(`${JSON.stringify(value, null, 2)}\n`)
}

function describe(path: string, settings: ManifestSettings): readonly string[] {
  const { appId, botId, version, chatDomain } = settings
  return [
    `Wrote ${path}`,
    `  version ${version}, app ${appId}, bot ${botId}, domain of the chat outside Teams: ${chatDomain ?? 'none'}`,
    'Try it yourself: in Teams, choose Apps > Manage your apps > Upload an app > Upload a custom app, and this file.',
    'Give it to all: an administrator uploads it in the Teams admin center, under Teams apps > Manage apps.',
  ]
}

function projectVersion(root: string): string {
  return String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
}
