import { onTestFinished } from 'vitest'
import { type DirectLineSetup, type DirectLineUnderTest, startDirectLine } from './direct-line-under-test.ts'

/** As `startDirectLine`, for one test: it is closed when that test ends. */
export async function startForTest(setup?: DirectLineSetup): Promise<DirectLineUnderTest> {
  const server = await startDirectLine(setup)
  onTestFinished(() => server.close())
  return server
}
