import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const css = readFileSync(join(import.meta.dirname, 'page.css'))
const hash = createHash('sha256').update(css).digest('base64url').slice(0, 12)

/** How the pages look, under a name that changes with it, so that a browser may keep it for ever. */
export const pageStyle = { name: `page.${hash}.css`, css } as const
