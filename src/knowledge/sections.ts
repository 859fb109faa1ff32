import { foldHeading, headingOf } from './headings.ts'

/** A part of a document as a stretch of its text, heading included. */
type Section = { readonly heading: string; readonly from: number; readonly to: number }

/** A document cut at its headings. */
export type Sections = {
  /** `title`, which is all text before the first heading, and then one section for each heading that was found. */
  readonly all: readonly Section[]
  /** The headings that do not stand in the document. */
  readonly missing: readonly string[]
}

/** The section before the first heading. */
export const titleSection = 'title'

/** Cuts a document at its headings. Each is a line (or some lines) of its own, and they come in order. */
export function cutSections(text: string, headings: readonly string[]): Sections {
  const lines = linesOf(text)
  const starts: { heading: string; from: number }[] = [{ heading: titleSection, from: 0 }]
  const missing: string[] = []
  let next = 0
  for (const heading of headings) {
    const at = lines.findIndex((_, index) => index >= next && standsAt(heading, lines, index))
    const from = lines[at]?.from
    if (from === undefined) {
      missing.push(heading)
      continue
    }
    starts.push({ heading, from })
    next = at + 1
  }
  const all = starts.map((start, index) => ({ ...start, to: starts[index + 1]?.from ?? text.length }))
  return { all, missing }
}

/**
 * The stretch of text to which an article points: the section of its heading and, for `Artikel 5.1` or `Artikel 1 c`,
 * the item in it where that can be told. Undefined when the document has no such section.
 */
export function sectionOf(article: string, sections: Sections, text: string): Section | undefined {
  const named = (heading: string) => sections.all.find((section) => section.heading === heading)
  if (foldHeading(article) === titleSection) return named(titleSection)
  const heading = headingOf(
    article,
    sections.all.map((section) => section.heading),
  )
  const section = heading === undefined ? undefined : named(heading)
  if (!section || foldHeading(article) === foldHeading(section.heading)) return section
  const [, number, item, letter] = /^artikel (\d+)(?:\.(\d+))?(?: ([a-z]))?$/.exec(foldHeading(article)) ?? []
  const inItem = item
    ? narrow(section, text, itemMark(number ?? '', item), itemMark(number ?? '', after(item)))
    : section
  return letter ? narrow(inItem, text, letterMark(letter), letterMark(after(letter))) : inItem
}

type Line = { readonly text: string; readonly from: number }

function linesOf(text: string): readonly Line[] {
  let from = 0
  return text.split('\n').map((line) => {
    const start = from
    from += line.length + 1
    return { text: line, from: start }
  })
}

function standsAt(heading: string, lines: readonly Line[], index: number): boolean {
  const wanted = heading.replace(/\s+/g, ' ').trim()
  for (const count of [1, 2, 3]) {
    const found = lines.slice(index, index + count).map((line) => line.text)
    if (found[0]?.trim() && found.join(' ').replace(/\s+/g, ' ').trim() === wanted) return true
  }
  return false
}

/** From the line that begins an item to the line that begins the next one; the whole when no line begins it. */
function narrow(section: Section, text: string, begin: RegExp, next: RegExp): Section {
  const within = text.slice(section.from, section.to)
  const start = begin.exec(within)
  if (!start) return section
  const from = start.index + start[0].length
  const end = next.exec(within.slice(from))
  return {
    heading: section.heading,
    from: section.from + start.index,
    to: end ? section.from + from + end.index : section.to,
  }
}

/** The beginning of item 1 of article 5, as `5.1 ` or as `1. `. */
function itemMark(article: string, item: string): RegExp {
  return new RegExp(`^[ \\t]*(?:${article}\\.${item}\\.?|${item}[.)])[ \\t]`, 'm')
}

/** The beginning of item c, as `- c. `, `c. ` or `c) `. */
function letterMark(letter: string): RegExp {
  return new RegExp(`^[ \\t]*(?:[-•][ \\t]*)?${letter}[.)][ \\t]`, 'm')
}

function after(mark: string): string {
  return /\d/.test(mark) ? String(Number(mark) + 1) : String.fromCharCode(mark.charCodeAt(0) + 1)
}
