import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildDialogsCommand } from '../../src/wiring/build-dialogs-command.ts'
import { root } from '../real-project.ts'

const copy = mkdtempSync(join(tmpdir(), 'klachtwijzer-'))
const built = join(copy, 'dialogs', 'built')

/** Left out of the copy: proving all organisations again and again would only take long. */
const others = ['pluspunt', 'pluzorg', 'wonenplus', 'zorgkracht12']

async function run(...args: readonly string[]): Promise<{ status: number; said: readonly string[] }> {
  const said: string[] = []
  const status = await buildDialogsCommand(args, copy, (line) => said.push(line))
  return { status, said }
}

beforeAll(async () => {
  for (const folder of ['knowledge', 'dialogs', 'locales']) {
    cpSync(join(root, folder), join(copy, folder), { recursive: true })
  }
  for (const id of others) rmSync(join(copy, 'knowledge', 'organisations', `${id}.yaml`))
  await run()
}, 60_000)

afterAll(() => rmSync(copy, { recursive: true, force: true }))

test('a check of what was just built finds nothing', async () => {
  expect((await run('--check')).status).toBe(0)
})

test('a check names each file that is stale, missing or left over, and the command that mends it', async () => {
  appendFileSync(join(built, 'inzet.md'), 'x')
  rmSync(join(built, 'unknown.json'))
  writeFileSync(join(built, 'de-linde.md'), 'x')
  const { status, said } = await run('--check')
  expect(status).toBe(1)
  expect(said.map((line) => /dialogs\/built\/(\S+)/.exec(line)?.[1]).sort()).toEqual([
    'de-linde.md',
    'inzet.md',
    'unknown.json',
  ])
  for (const line of said) expect(line).toContain('npm run build:dialogs')
  expect(readFileSync(join(built, 'inzet.md'), 'utf8')).toMatch(/x$/)
})

test('building mends that, and leaves what people wrote alone', async () => {
  appendFileSync(join(built, 'README.md'), 'Met de hand.')
  expect((await run()).status).toBe(0)
  expect((await run('--check')).status).toBe(0)
  expect(readFileSync(join(built, 'README.md'), 'utf8')).toMatch(/Met de hand\.$/)
})

test('a change in the knowledge makes the files of that organisation stale', async () => {
  const file = join(copy, 'knowledge', 'organisations', 'inzet.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^name: .*$/m, 'name: inZet Nieuw'))
  const said = (await run('--check')).said.join('\n')
  expect(said).toContain('inzet.md')
  expect(said).not.toContain('unknown.md')
})
