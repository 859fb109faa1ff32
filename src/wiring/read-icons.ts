import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The icons of the app by their names in the package. */
export type Icons = { readonly 'color.png': Uint8Array; readonly 'outline.png': Uint8Array }

/** The sizes that Teams wants, in pixels. */
const sizes = { 'color.png': 192, 'outline.png': 32 }

/**
 * Reads `manifest/icons` of a project folder.
 *
 * @returns the icons, or every problem as one line that names the file and the way out
 */
export function readIcons(
  root: string,
): { readonly icons: Icons } | { readonly problems: readonly string[] } {
  const color = readIcon(root, 'color.png')
  const outline = readIcon(root, 'outline.png')
  if (color instanceof Uint8Array && outline instanceof Uint8Array) {
    return { icons: { 'color.png': color, 'outline.png': outline } }
  }
  return { problems: [color, outline].filter((one) => typeof one === 'string') }
}

/** The icon, or what is wrong with it. */
function readIcon(root: string, name: keyof typeof sizes): Uint8Array | string {
  const file = `manifest/icons/${name}`
  const size = sizes[name]
  try {
    const png = readFileSync(join(root, file))
    const [width, height] = sizeOf(png)
    if (width === size && height === size) return png
    return `${file} is no PNG of ${size} by ${size} pixels. Draw it anew: node_modules/.bin/node manifest/draw-icons.ts.`
  } catch {
    return `${file} cannot be read. Draw it anew: node_modules/.bin/node manifest/draw-icons.ts.`
  }
}

/** Width and height as the first chunk of a PNG says; zero for other files. */
function sizeOf(png: Buffer): readonly [number, number] {
  if (png.toString('latin1', 1, 4) !== 'PNG' || png.length < 24) return [0, 0]
  return [png.readUInt32BE(16), png.readUInt32BE(20)]
}
