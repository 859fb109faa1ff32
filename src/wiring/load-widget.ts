import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Asset, hashedName, packAsset } from '../channels/widget/asset.ts'
import type { WidgetWords } from '../channels/widget/chat-data.ts'
import type { WidgetProgram } from '../channels/widget/widget-program.ts'
import { listLocales } from './list-locales.ts'
import { readJson } from './read-json.ts'

/** Builds that are kept: whoever works on several branches goes to and fro. */
const mostBuilds = 20

type Renderer = { readonly renderChat: WidgetProgram['renderChat'] }

/** What is kept of a build; the packed files stand beside it. */
type Manifest = {
  readonly names: WidgetProgram['names']
  readonly assets: Readonly<Record<string, Asset['type']>>
}

/**
 * The browser's program, built from `src/widget` and the words of `locales/`. What was built is kept in
 * `node_modules/.cache` under a hash of what it was built from, so that only the first start after a change builds.
 *
 * @throws Error naming what cannot be read or built
 */
export async function loadWidget(root: string): Promise<WidgetProgram> {
  const words = readWords(root)
  const cache = join(root, 'node_modules', '.cache', 'klachtwijzer-widget')
  const folder = join(cache, hashOf(root))
  if (!existsSync(join(folder, 'manifest.json'))) return buildInto(root, cache, folder, words)
  return readBuilt(folder, words)
}

async function readBuilt(folder: string, words: WidgetProgram['words']): Promise<WidgetProgram> {
  const read = (name: string) => readFileSync(join(folder, name))
  const { names, assets } = JSON.parse(read('manifest.json').toString()) as Manifest
  const { renderChat } = (await import(pathToFileURL(join(folder, 'render.mjs')).href)) as Renderer
  return {
    words,
    names,
    renderChat,
    loader: read('loader.js').toString(),
    assets: Object.fromEntries(
      Object.entries(assets).map(([name, type]) => [
        name,
        { type, body: read(name), brotli: read(`${name}.br`), gzip: read(`${name}.gz`) },
      ]),
    ),
  }
}

async function buildInto(
  root: string,
  cache: string,
  folder: string,
  words: WidgetProgram['words'],
): Promise<WidgetProgram> {
  const { buildWidget } = await import('./build-widget.ts')
  const built = await buildWidget(root)
  const assets: Record<string, Asset> = {}
  const add = (name: string, type: Asset['type'], text: string) => {
    const hashed = hashedName(name, text, type)
    assets[hashed] = packAsset(type, text)
    return hashed
  }
  const names = {
    chat: add('chat', 'js', built.chat),
    chatStyle: add('chat', 'css', built.chatStyle),
    demo: add('demo', 'js', built.demo),
    demoStyle: add('demo', 'css', built.demoStyle),
    words: Object.fromEntries(
      Object.entries(words).map(([locale, { loader: _, demo: __, ...chat }]) => [
        locale,
        add(`words.${locale}`, 'json', JSON.stringify(chat)),
      ]),
    ),
  }
  try {
    keepBuilt(cache, folder, built, { names, assets })
  } catch {
    // A folder that may not be written: it is built again at the next start.
  }
  const { renderChat } = (await import(
    `data:text/javascript;base64,${Buffer.from(built.render).toString('base64')}`
  )) as Renderer
  return { words, names, assets, loader: built.loader, renderChat }
}

function keepBuilt(
  cache: string,
  folder: string,
  built: { readonly loader: string; readonly render: string },
  { names, assets }: Pick<WidgetProgram, 'names' | 'assets'>,
): void {
  const making = `${folder}.${process.pid}`
  mkdirSync(making, { recursive: true })
  const write = (name: string, content: string | Buffer) => writeFileSync(join(making, name), content)
  write('loader.js', built.loader)
  write('render.mjs', built.render)
  for (const [name, { body, brotli, gzip }] of Object.entries(assets)) {
    write(name, body)
    write(`${name}.br`, brotli)
    write(`${name}.gz`, gzip)
  }
  const types = Object.fromEntries(Object.entries(assets).map(([name, { type }]) => [name, type]))
  write('manifest.json', JSON.stringify({ names, assets: types } satisfies Manifest))
  try {
    // Whole or not at all: another process may be doing the same.
    renameSync(making, folder)
  } catch {
    rmSync(making, { recursive: true, force: true })
  }
  const newestFirst = readdirSync(cache)
    .map((name) => ({ path: join(cache, name), made: statSync(join(cache, name)).mtimeMs }))
    .sort((one, other) => other.made - one.made)
  for (const { path } of newestFirst.slice(mostBuilds)) rmSync(path, { recursive: true, force: true })
}

/** The words of every locale; of one without its own file, those of its language, or else Dutch. */
function readWords(root: string): WidgetProgram['words'] {
  const folder = join(root, 'locales')
  const fileOf = (locale: string) =>
    [locale, locale.split('-')[0] ?? '', 'nl']
      .map((each) => join(folder, each, 'widget.json'))
      .find((path) => existsSync(path))
  return Object.fromEntries(
    listLocales(root).flatMap((locale) => {
      const file = fileOf(locale)
      return file === undefined ? [] : [[locale, readJson<WidgetWords>(file)]]
    }),
  )
}

/** Of everything that is built: sources, styles, words, and the versions of the libraries. */
function hashOf(root: string): string {
  const widget = join(root, 'src', 'widget')
  const files = [
    ...readdirSync(widget)
      .sort()
      .map((name) => join(widget, name)),
    join(root, 'src', 'channels', 'page', 'page.css'),
    join(root, 'package.json'),
    import.meta.filename,
    join(import.meta.dirname, 'build-widget.ts'),
    ...listLocales(root)
      .map((locale) => join(root, 'locales', locale, 'widget.json'))
      .filter((path) => existsSync(path)),
  ]
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('base64url').slice(0, 20)
}
