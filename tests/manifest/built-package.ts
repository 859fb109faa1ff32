import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { manifestCommand } from '../../src/wiring/manifest-command.ts'
import { root } from '../real-project.ts'

/** An environment with which a package can be made. */
export const environment = {
  MicrosoftAppId: '1A2B3C4D-1111-4222-8333-444455556666',
  TEAMS_APP_ID: '7a7b7c7d-1111-4222-8333-444455556666',
  KLACHTWIJZER_DEVELOPER_NAME: 'Zorggroep De Linde',
  KLACHTWIJZER_WEBSITE_URL: 'https://www.delinde.example/',
  KLACHTWIJZER_PRIVACY_URL: 'https://www.delinde.example/privacy',
  KLACHTWIJZER_TERMS_URL: 'https://www.delinde.example/voorwaarden?taal=nl',
  KLACHTWIJZER_CHAT_URL: 'https://klachten.delinde.example/chat',
} as const

export type Environment = Readonly<Record<string, string | undefined>>

/** A copy of what the package is made from, in a folder of its own. */
export function copyProject(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-'))
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  cpSync(join(root, 'locales'), join(folder, 'locales'), { recursive: true })
  cpSync(join(root, 'manifest/icons'), join(folder, 'manifest/icons'), { recursive: true })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Runs `npm run manifest` in a project folder. */
export function run(folder: string, set: Environment = environment, ...args: string[]) {
  const printed: string[] = []
  const problems: string[] = []
  const lines = {
    out: (line: string) => void printed.push(line),
    problem: (line: string) => void problems.push(line),
  }
  return { status: manifestCommand(args, folder, set, lines), printed, problems }
}

export const packageOf = (folder: string) => join(folder, 'manifest/build/klachtwijzer-teams.zip')

/** The files in the package of a project folder, by name. */
export function unpack(folder: string): Readonly<Record<string, Uint8Array>> {
  return unzipSync(readFileSync(packageOf(folder)))
}

export function readJson(files: Readonly<Record<string, Uint8Array>>, name: string) {
  const file = files[name]
  if (!file) throw new Error(`${name} is not in the package.`)
  return JSON.parse(strFromU8(file))
}
