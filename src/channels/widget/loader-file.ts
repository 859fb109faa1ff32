import type { Embedding } from '../direct-line/embedding.ts'
import { type Asset, packAsset } from './asset.ts'
import type { WidgetProgram } from './widget-program.ts'

/** The loader with what it must know before anything is loaded: the organisations, their looks, and its few words. */
export function loaderFile(
  program: WidgetProgram,
  embeddings: Readonly<Record<string, Embedding>>,
  languages: readonly { readonly locale: string; readonly direction: string }[],
): Asset {
  const organisations = Object.fromEntries(
    Object.entries(embeddings).map(([id, { colour = '', position = '' }]) => [id, [colour, position]]),
  )
  const words = Object.fromEntries(
    languages.flatMap(({ locale, direction }) => {
      const own = program.words[locale]?.loader
      const isMirrored = direction === 'rtl' ? [direction] : []
      return own ? [[locale, [own.open, own.close, ...isMirrored]]] : []
    }),
  )
  // Where it stands the program expects its settings, in a scope of their own.
  const settings = JSON.stringify({ organisations, words })
  return packAsset('js', `(KLACHTWIJZER=>{${program.loader}})(${settings})`)
}
