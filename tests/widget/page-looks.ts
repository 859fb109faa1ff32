import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Frame, Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Problem = { id: string; targets: string[] }

/** What axe-core finds against WCAG 2.2, levels A and AA, and good practice. */
export async function problemsOn(page: Page | Frame): Promise<readonly Problem[]> {
  await page.evaluate(axe)
  return page.evaluate(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    iframes: false,
  }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ html }) => html) })))`)
}

/** Controls that are smaller than a finger, as they are written on. Links in a sentence may be. */
export async function smallControlsOn(page: Page | Frame): Promise<readonly string[]> {
  const controls = await page.locator('button, .exit, .press, .language, summary, textarea').all()
  const found = await Promise.all(
    controls.map(async (control) => {
      const box = await control.boundingBox()
      return box !== null && (box.height < 44 || box.width < 44) ? [await control.innerText()] : []
    }),
  )
  return found.flat()
}
