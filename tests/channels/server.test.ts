import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const program = join(import.meta.dirname, '..', '..', 'src', 'server.ts')

test.each([
  [
    'an app id',
    { MicrosoftAppId: '11111111-2222-4333-8444-555555555555', MicrosoftAppPassword: 'x' },
    /only Azure/,
  ],
  ['no app id', {}, /agentsplayground/],
])(
  'with %s the server says where it listens, and what to open next',
  async (_, settings, next) => {
    const folder = mkdtempSync(join(tmpdir(), 'server-'))
    const environment = { ...process.env, ...settings, PORT: '0', KLACHTWIJZER_DATA: folder }
    const server = spawn(process.execPath, [program], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    server.stdout.on('data', (chunk) => {
      said += chunk
    })
    const ended = new Promise((resolve) => server.once('exit', resolve))
    await expect.poll(() => said, { timeout: 50_000 }).toContain('Ctrl+C')
    server.kill()
    await ended
    rmSync(folder, { recursive: true })
    expect(said).toMatch(/listens on http:\/\/127\.0\.0\.1:\d+\/api\/messages/)
    expect(said).toMatch(next)
  },
  60_000,
)
