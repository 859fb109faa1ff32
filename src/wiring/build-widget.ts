import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'

/** The programs of the browser and the one that renders on the server, as text. */
export type BuiltWidget = Readonly<
  Record<'loader' | 'chat' | 'demo' | 'chatStyle' | 'demoStyle' | 'render', string>
>

/** Browsers on phones of some six years old can still read this. */
const target = 'es2020'

/** Builds `src/widget`. @throws Error when the sources cannot be built */
export async function buildWidget(root: string): Promise<BuiltWidget> {
  const folder = join(root, 'src', 'widget')
  const make = async (file: string, options: BuildOptions) => {
    const result = await build({
      entryPoints: [join(folder, file)],
      absWorkingDir: root,
      bundle: true,
      minify: true,
      write: false,
      logLevel: 'silent',
      ...options,
    })
    return result.outputFiles?.[0]?.text ?? ''
  }
  const program = { format: 'iife', target } as const
  const [loader, chat, demo, chatStyle, demoStyle, render] = await Promise.all([
    make('loader.ts', program),
    make('start-chat.ts', program),
    make('start-demo.ts', program),
    make('widget.css', { target: ['chrome88', 'safari14', 'firefox85'] }),
    make('demo.css', { target: ['chrome88', 'safari14', 'firefox85'] }),
    make('render-chat.ts', { format: 'esm', platform: 'node', target: 'node24' }),
  ])
  return { loader, chat, demo, chatStyle, demoStyle, render }
}
