import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepLibrariesQuiet } from '../../src/channels/console-to-log.ts'

const { error, warn } = console

beforeEach(() => vi.spyOn(process.stderr, 'write').mockReturnValue(true))

afterEach(() => {
  vi.restoreAllMocks()
  Object.assign(console, { error, warn })
})

it('says in the log where a library printed something, and not what', () => {
  const lines: unknown[] = []
  keepLibrariesQuiet({ warn: (...line: unknown[]) => lines.push(line) } as never)
  console.error('mijn begeleider', new Error('schreeuwt'))
  console.warn('mijn begeleider')
  expect(lines).toHaveLength(2)
  expect(JSON.stringify(lines)).toContain('console-to-log.test.ts')
  expect(JSON.stringify(lines)).not.toMatch(/begeleider|schreeuwt/)
})
