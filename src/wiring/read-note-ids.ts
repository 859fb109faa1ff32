import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The ids of the notes for which there are words: an advice can only hold these. */
export function readNoteIds(root: string): readonly string[] {
  const texts: { readonly note?: Readonly<Record<string, unknown>> } = JSON.parse(
    readFileSync(join(root, 'locales', 'nl', 'texts.json'), 'utf8'),
  )
  return Object.keys(texts.note ?? {})
}
