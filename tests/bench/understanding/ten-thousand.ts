import { createUnderstander, understand, type Vocabulary } from '../../../src/understanding/understand.ts'
import { loadTexts } from '../../../src/wiring/load-texts.ts'
import { root } from '../../real-project.ts'
import { quantile, row } from '../rows.ts'
import type { Sample } from './method.ts'

/** What understanding costs with ten thousand organisations: a sentence, and what it adds to the start. */
export function measureMany(samples: readonly Sample[]): void {
  const { words } = loadTexts(root)
  const memory = process.memoryUsage().rss
  const start = performance.now()
  const understander = createUnderstander(words, { organisations: manyOrganisations(10_000) })
  const built = performance.now() - start
  const megabytes = (process.memoryUsage().rss - memory) / 1_000_000
  const readAll = () =>
    samples.map(({ text, locale }) => {
      const begun = performance.now()
      understand(understander, text, locale, undefined, '2026-11-22')
      return performance.now() - begun
    })
  readAll()
  const times = readAll().sort((one, other) => one - other)
  row('with 10,000 organisations', 'figure', 'target')
  row('  a sentence, median, ms', quantile(times, 0.5).toFixed(2), 'at most 2')
  row('  a sentence, p99, ms', quantile(times, 0.99).toFixed(2), 'at most 5')
  row('  made ready at the first words, ms', built.toFixed(0), 'at most 150')
  row('  memory, MB', megabytes.toFixed(0), 'at most 60')
}

const syllables =
  'zorg hart licht thuis berg water noord zuid linde veen groep huis kracht plus zon wijk'.split(' ')

/** Made-up names that are much alike, as those of care organisations are. */
function manyOrganisations(count: number): Vocabulary['organisations'] {
  let seed = 7
  const pick = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return syllables[seed % syllables.length] ?? ''
  }
  return Array.from({ length: count }, (_, at) => {
    const name = pick() + pick() + pick()
    return {
      id: `organisation-${at}`,
      name: `Stichting ${name}`,
      aliases: [`${name} ${pick()}`],
      parts: [{ id: `part-${at}`, name: `De ${pick()} ${pick()} ${at}`, aliases: [] }],
    }
  })
}
