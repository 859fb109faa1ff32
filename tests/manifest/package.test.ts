import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { root } from '../real-project.ts'
import { copyProject, environment, packageOf, readJson, run, unpack } from './built-package.ts'
import { type Judged, releasedVersions, type Schema, schemaOf, violations } from './official-schemas.ts'

const others = ['ar', 'de', 'en', 'pl', 'tr', 'uk']
const files = ['manifest.json', ...others.map((locale) => `${locale}.json`), 'color.png', 'outline.png']

let project: ReturnType<typeof copyProject>

beforeEach(() => {
  project = copyProject()
})
afterEach(() => project.remove())

type Part = { [key: string]: Part | string }
type Manifest = Part & Judged

/** What Teams does with a localisation file: each text takes the place of the one at its path. */
function localise(manifest: Manifest, { $schema: _, ...texts }: Readonly<Record<string, string>>): Manifest {
  const localised = structuredClone(manifest)
  for (const [path, text] of Object.entries(texts)) {
    const keys = path.split(/[.[\]]+/).filter((key) => key !== '')
    const last = keys.pop() ?? ''
    const place = keys.reduce<Part>((at, key) => at[key] as Part, localised)
    if (typeof place[last] !== 'string') throw new Error(`There is no text at ${path} in the manifest.`)
    place[last] = text
  }
  return localised
}

/** The texts of the manifest that its localisation schema lets one translate. */
function translatable(manifest: Part, schema: Schema): string[] {
  const patterns = Object.keys(schema.patternProperties ?? {}).map((pattern) => new RegExp(pattern))
  const isKey = (path: string) =>
    Object.hasOwn(schema.properties, path) || patterns.some((pattern) => pattern.test(path))
  return pathsOf(manifest).filter((path) => path !== '$schema' && isKey(path))
}

function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
    return pathsOf(inner, here)
  })
}

describe('the package', () => {
  test('holds the manifest, its translation and the icons, and nothing else', () => {
    expect(run(project.folder)).toMatchObject({ status: 0, problems: [] })
    expect(Object.keys(unpack(project.folder)).sort()).toEqual([...files].sort())
  })

  test('is valid by the official schemas in every language', () => {
    run(project.folder)
    const unpacked = unpack(project.folder)
    const manifest = readJson(unpacked, 'manifest.json')
    expect(violations(manifest)).toEqual([])
    const languages: { languageTag: string; file: string }[] = manifest.localizationInfo.additionalLanguages
    expect([
      manifest.localizationInfo.defaultLanguageTag,
      ...languages.map((one) => one.languageTag),
    ]).toEqual(['nl', ...others])
    for (const { file } of languages) {
      const texts = readJson(unpacked, file)
      expect(violations(texts), file).toEqual([])
      expect(violations(localise(manifest, texts)), file).toEqual([])
    }
  })

  test('would be found invalid by those schemas with a text that is too long', () => {
    run(project.folder)
    const unpacked = unpack(project.folder)
    const manifest = readJson(unpacked, 'manifest.json')
    const long = { ...readJson(unpacked, 'en.json'), 'description.short': 'a'.repeat(81) }
    expect(violations(long)).not.toEqual([])
    expect(violations(localise(manifest, long))).not.toEqual([])
    expect(violations({ ...manifest, colour: 'blue' })).not.toEqual([])
  })

  test('translates every text that Teams can show in another language', () => {
    run(project.folder)
    const unpacked = unpack(project.folder)
    const { $schema, ...texts } = readJson(unpacked, 'en.json')
    const all = translatable(readJson(unpacked, 'manifest.json'), schemaOf({ $schema }))
    expect(Object.keys(texts).sort()).toEqual(all.sort())
    expect(all).toHaveLength(24)
  })

  test('uses the newest schema that is released', () => {
    run(project.folder)
    const newest = releasedVersions().at(-1)
    const unpacked = unpack(project.folder)
    expect(readJson(unpacked, 'manifest.json').manifestVersion).toBe(newest)
    for (const name of ['manifest.json', 'en.json'])
      expect(readJson(unpacked, name).$schema).toContain(`/v${newest}/`)
  })

  test('offers a bot for one person and the search for staff, and asks for no permission', () => {
    run(project.folder)
    const manifest = readJson(unpack(project.folder), 'manifest.json')
    const botId = environment.MicrosoftAppId.toLowerCase()
    expect(manifest).toMatchObject({
      id: environment.TEAMS_APP_ID,
      developer: {
        name: 'Zorggroep De Linde',
        websiteUrl: environment.KLACHTWIJZER_WEBSITE_URL,
        privacyUrl: environment.KLACHTWIJZER_PRIVACY_URL,
        termsOfUseUrl: environment.KLACHTWIJZER_TERMS_URL,
      },
      bots: [{ botId, scopes: ['personal'], supportsFiles: false, isNotificationOnly: false }],
      composeExtensions: [
        {
          botId,
          commands: [
            {
              id: 'findBody',
              type: 'query',
              context: ['compose', 'commandBox'],
              initialRun: true,
              parameters: [{ name: 'query' }],
            },
          ],
        },
      ],
      defaultInstallScope: 'personal',
      validDomains: ['klachten.delinde.example'],
    })
    const asks = ['permissions', 'devicePermissions', 'webApplicationInfo', 'authorization']
    expect(Object.keys(manifest).filter((key) => asks.includes(key))).toEqual([])
  })

  test('names no domain without a chat outside Teams', () => {
    run(project.folder, { ...environment, KLACHTWIJZER_CHAT_URL: '' })
    const manifest = readJson(unpack(project.folder), 'manifest.json')
    expect(manifest).not.toHaveProperty('validDomains')
    expect(violations(manifest)).toEqual([])
  })

  test('has the version of the project unless told', () => {
    run(project.folder)
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(readJson(unpack(project.folder), 'manifest.json').version).toBe(version)
    run(project.folder, { ...environment, TEAMS_APP_VERSION: '2.10.0' })
    expect(readJson(unpack(project.folder), 'manifest.json').version).toBe('2.10.0')
  })

  test('gives the app the id of its bot when it has none of its own', () => {
    run(project.folder, { ...environment, TEAMS_APP_ID: ' ' })
    const manifest = readJson(unpack(project.folder), 'manifest.json')
    expect(manifest.id).toBe(environment.MicrosoftAppId.toLowerCase())
  })

  test('is the same file again, at any time and in any time zone', () => {
    const command = `
      import { manifestCommand } from '${join(root, 'src/wiring/manifest-command.ts')}'
      const lines = { out() {}, problem(line) { throw new Error(line) } }
      manifestCommand([], '${project.folder}', process.env, lines)`
    const made = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((TZ) => {
      const options = { env: { ...process.env, ...environment, TZ }, encoding: 'utf8' } as const
      const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', command], options)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      return readFileSync(packageOf(project.folder))
    })
    expect(made[0]?.equals(made[1] as Buffer)).toBe(true)
  })
})

describe('writing the package', () => {
  test('tells where it stands and what to do next', () => {
    const { printed } = run(project.folder)
    expect(printed[0]).toBe(`Wrote ${packageOf(project.folder)}`)
    expect(printed.join('\n')).toContain('Upload')
  })

  test('leaves nothing beside it', () => {
    run(project.folder)
    expect(readdirSync(join(project.folder, 'manifest/build'))).toEqual(['klachtwijzer-teams.zip'])
  })

  test('leaves the package that stood there when something is wrong', () => {
    run(project.folder)
    const before = readFileSync(packageOf(project.folder))
    expect(run(project.folder, { ...environment, MicrosoftAppId: 'x' }).status).toBe(1)
    expect(readFileSync(packageOf(project.folder)).equals(before)).toBe(true)
  })

  test('says that the folder cannot be made', () => {
    writeFileSync(join(project.folder, 'manifest/build'), '')
    expect(() => run(project.folder)).toThrow(/klachtwijzer-teams\.zip cannot be written \(\w+\)\. Make/)
  })

  test('says that the file cannot be replaced, and cleans up', () => {
    mkdirSync(packageOf(project.folder), { recursive: true })
    expect(() => run(project.folder)).toThrow(/cannot be written \(EISDIR\)/)
    expect(readdirSync(join(project.folder, 'manifest/build'))).toEqual(['klachtwijzer-teams.zip'])
  })
})

describe('the command line', () => {
  test('prints every problem and fails', () => {
    const unset = Object.fromEntries(Object.keys(environment).map((name) => [name, '']))
    const program = join(root, 'src/cli.ts')
    const { status, stderr, stdout } = spawnSync(process.execPath, [program, 'manifest', '--fast'], {
      env: { ...process.env, ...unset, TEAMS_APP_VERSION: 'one' },
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining('"--fast" is not an option'),
      expect.stringMatching(/^MicrosoftAppId is missing/),
      expect.stringMatching(/^TEAMS_APP_VERSION is not a version/),
      expect.stringMatching(/^KLACHTWIJZER_DEVELOPER_NAME is missing/),
      expect.stringMatching(/^KLACHTWIJZER_WEBSITE_URL is missing/),
      expect.stringMatching(/^KLACHTWIJZER_PRIVACY_URL is missing/),
      expect.stringMatching(/^KLACHTWIJZER_TERMS_URL is missing/),
    ])
  }, 30_000)
})
