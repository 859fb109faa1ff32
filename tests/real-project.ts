import { join } from 'node:path'
import { loadProject, type Project } from '../src/wiring/load-project.ts'

/** The folder of the project under test. */
export const root = join(import.meta.dirname, '..')

/** The real organisations, loaded once per test file. */
export const project: Project = await loadProject(root)

/** The day on which tests with the real organisations take place. */
export const today = '2026-11-22'
