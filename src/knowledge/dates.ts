/**
 * The day so many months earlier, to compare ISO dates with. It may name a day that does not exist (`2026-02-31`), which
 * still sorts where it should.
 */
function monthsBefore(today: string, months: number): string {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const count = year * 12 + (month - 1) - months
  const pad = (value: number, size: number) => String(value).padStart(size, '0')
  return `${pad(Math.floor(count / 12), 4)}-${pad((count % 12) + 1, 2)}-${today.slice(8)}`
}

/** Whether a date lies more than so many months before today. */
export function isOlder(date: string, months: number, today: string): boolean {
  return date < monthsBefore(today, months)
}
