import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'

const program = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')

describe('the command line', () => {
  test.each(['constructor', '__proto__', 'toString', 'linde', ''])(
    'names the commands there are for "%s"',
    async (name) => {
      const child = spawn(process.execPath, [program, name], { stdio: ['ignore', 'ignore', 'pipe'] })
      const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')])
      expect(said).toContain(`Unknown command "${name}". Commands: route, chat,`)
      expect(status).toBe(1)
    },
    30_000,
  )

  test('ends quietly when its reader stops early', async () => {
    const child = spawn(process.execPath, [program, 'route'], { stdio: 'pipe' })
    const problems = text(child.stderr)
    const ended = once(child, 'exit')
    child.stdin.on('error', () => {})
    child.stdin.write('{"organisation":"pluzorg"}\n')
    await Promise.race([once(child.stdout, 'data'), ended])
    child.stdout.destroy()
    child.stdin.end('{"organisation":"pluzorg"}\n'.repeat(200))
    const [status] = await ended
    expect(status).toBe(0)
    expect(await problems).toBe('')
  }, 30_000)
})
