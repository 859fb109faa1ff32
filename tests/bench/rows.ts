/** Prints one line of the table; without a target the figure only explains another. */
export function row(what: string, figure: string, target = ''): void {
  console.log(`${what.padEnd(64)}${figure.padStart(22)}   ${target}`)
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0
}

/** The lowest and the highest of the rounds: what is closer together than these may be chance. */
export function spread(values: readonly number[], digits: number): string {
  return `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`
}
