/** Folds white space and case, so that a heading can be compared however it was typed or broken. */
export function foldHeading(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase()
}

/**
 * The heading under which an article stands: the same text, or for `Artikel 5.1` and `Artikel 1 h` the heading that
 * begins with `Artikel 5` or `Artikel 1`. Undefined when none of the headings fits.
 */
export function headingOf(article: string, headings: readonly string[]): string | undefined {
  const wanted = foldHeading(article)
  const exact = headings.find((heading) => foldHeading(heading) === wanted)
  if (exact !== undefined) return exact
  const number = /^artikel (\d+)/.exec(wanted)?.[1]
  if (number === undefined) return undefined
  return headings.find((heading) => new RegExp(`^artikel ${number}\\b`).test(foldHeading(heading)))
}
