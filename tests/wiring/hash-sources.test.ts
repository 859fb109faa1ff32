import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashSources } from '../../src/wiring/hash-sources.ts'
import { readCompilingCode } from '../../src/wiring/read-compiling-code.ts'
import { root } from '../real-project.ts'

test('what is committed in dialogs/built was made from the files as they are', () => {
  const { source } = JSON.parse(readFileSync(join(root, 'dialogs/built/compiled.json'), 'utf8'))
  expect(source, 'Run: npm run build:dialogs').toBe(hashSources(root))
})

test('the code that compiles is what Node loads for it', () => {
  const program = `
    import { registerHooks } from 'node:module'
    const at = new URL('file://${root}/src/').href
    registerHooks({
      load(url, context, next) {
        if (url.startsWith(at) && url.endsWith('.ts')) console.log(url.slice(at.length))
        return next(url, context)
      },
    })
    await import('${root}/src/wiring/compile-project.ts')`
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  })
  expect(status).toBe(0)
  const loaded = stdout.trim().split('\n').sort()
  expect(loaded).toContain('routing/decide.ts')
  expect(readCompilingCode().map(({ path }) => path)).toEqual(loaded)
}, 30_000)

test('code that only conversations run makes nothing stale', () => {
  const paths = readCompilingCode().map(({ path }) => path)
  for (const path of ['routing/opening-at.ts', 'routing/explain-rules.ts', 'dialog/why-asked.ts'])
    expect(paths).not.toContain(path)
})
