/** A stretch of a text. */
export type Stretch = { readonly from: number; readonly to: number }

/**
 * Where a literal stands in a stretch of text, however its white space and lines are broken. It must stand there as
 * itself: `info@pluzorg.nl` is not found in `info@pluzorg.nl.com`, nor `4 weken` in `14 weken`.
 */
export function findLiteral(
  literal: string,
  text: string,
  within: Stretch,
  exactCase = true,
): Stretch | undefined {
  const found = patternOf(literal, exactCase).exec(text.slice(within.from, within.to))
  return found
    ? { from: within.from + found.index, to: within.from + found.index + found[0].length }
    : undefined
}

/** In how many places of a text a literal stands. */
export function countLiteral(literal: string, text: string, exactCase = true): number {
  return [...text.matchAll(patternOf(literal, exactCase))].length
}

function patternOf(literal: string, exactCase: boolean): RegExp {
  const words = literal
    .normalize('NFC')
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`${notAfter}${words.join('\\s+')}${notBefore}`, exactCase ? 'gu' : 'giu')
}

/** The paragraph or list item around a stretch, on one line with single spaces. */
export function passageAround(found: Stretch, text: string): string {
  const before = [...text.slice(0, found.from).matchAll(paragraphBreak)].at(-1)
  const from = before ? before.index + before[0].length : 0
  const after = text.slice(found.to).search(paragraphBreak)
  return fold(text.slice(from, after < 0 ? text.length : found.to + after))
}

/** White space and line breaks folded to single spaces. */
export function fold(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}

const notAfter = '(?<![\\p{L}\\p{N}])(?<![\\p{L}\\p{N}][.@_-])'
const notBefore = '(?![\\p{L}\\p{N}])(?![.@_-][\\p{L}\\p{N}])'
const paragraphBreak = /\n[ \t]*(?:\r?\n[ \t]*)+|\n(?=[ \t]*(?:[-•*]|\d+[.)]|[a-z][.)])[ \t])/g
