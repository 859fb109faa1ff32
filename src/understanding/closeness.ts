/**
 * Whether two words differ by no more than a slip of the keyboard: nothing for the shortest words, one letter from
 * four letters on, two from eight on. Fuse.js finds candidates; this decides, because its scores do not (`hoi` is
 * near `huishoudelijke hulp` to it).
 */
export function isSlip(typed: string, meant: string): boolean {
  return distance(typed, meant) <= allowed(Math.min(typed.length, meant.length))
}

export function allowed(length: number): number {
  return length < 4 ? 0 : length < 8 ? 1 : 2
}

/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment). */
export function distance(one: string, other: string): number {
  let before: number[] = []
  let above = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1]
      let best = Math.min(
        (above[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (row > 1 && column > 1 && swapped) best = Math.min(best, (before[column - 2] ?? 0) + 1)
      line.push(best)
    }
    before = above
    above = line
  }
  return above[other.length] ?? 0
}
