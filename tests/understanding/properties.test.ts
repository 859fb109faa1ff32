import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ask, locales, questions, read, words } from './understander.ts'

const strange = fc.constantFrom(
  '😀',
  '\u200b',
  '\u202e',
  '<script>',
  '&nbsp;',
  '\ud800',
  '\0',
  '\n',
  "'",
  '((((',
  '1'.repeat(50),
  'niet',
  'klacht',
  'dood',
  'prov',
  '12',
  'constructor',
  '2-3 weken geleden',
)
const message = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(fc.oneof(strange, fc.string({ maxLength: 12 })), { maxLength: 60 })
    .map((parts) => parts.join(' ')),
)
const asked = ['organisation', ...questions.map(({ id }) => id).filter((id) => id !== 'decidedBy')]

describe('understanding', () => {
  it('never throws and never chooses what was not offered', () => {
    fc.assert(
      fc.property(
        message,
        fc.constantFrom(...locales),
        fc.constantFrom(...asked),
        fc.nat(5),
        (text, locale, id, most) => {
          const full = ask(id, locale)
          const shown = { ...full, options: full.options.slice(0, most) }
          const offered = shown.options.map((option) => option.id)
          const { option, ambiguous = [], confidence } = read(text, locale, shown)
          for (const chosen of [...(option === undefined ? [] : [option]), ...ambiguous])
            expect(offered).toContain(chosen)
          for (const sure of Object.values(confidence)) expect(sure >= 0.7 && sure <= 1).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })

  it.each([
    'a'.repeat(10_000),
    'niet '.repeat(2_000),
    'klacht ik wil dood '.repeat(500),
    '<b>'.repeat(3_000),
    '😀'.repeat(5_000),
    '('.repeat(10_000),
  ])('reads 10,000 characters to the end (%#)', (text) => {
    for (const id of asked.slice(0, 2)) expect(read(text, 'nl', ask(id)).slots).toBeDefined()
  })

  it('the words of both languages have the same keys', () => {
    const without = (keys: string[]) => keys.filter((key) => !mayLack.includes(key))
    expect(without(keysOf(words.en))).toEqual(without(keysOf(words.nl)))
  })
})

/** What a locale may do without; what is read in every locale stands in one of them. */
const mayLack = ['.sounds', '.signs.served', '.signs.heart', '.signs.at-work', '.names.shorthand.8']

/** The keys under which code looks words up; sets, numbers and names of months are keyed by words themselves. */
function keysOf(value: unknown, path = ''): string[] {
  if (
    [
      '.numbers',
      '.spelling',
      '.sounds',
      '.ordinals',
      '.sets',
      '.dates.months',
      '.dates.weekdays',
      '.dates.back',
      '.dates.vague',
      '.dates.units',
      // A sign may have no phrases in a locale yet.
      '.safety',
    ].includes(path)
  )
    return [path]
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return [path]
  return Object.entries(value)
    .flatMap(([key, inner]) => (key === 'say' || key === 'not' ? [path] : keysOf(inner, `${path}.${key}`)))
    .filter((key, at, all) => all.indexOf(key) === at)
    .sort()
}
