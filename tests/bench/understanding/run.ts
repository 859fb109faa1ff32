import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { quantile, row } from '../rows.ts'
import { linearModel } from './linear.ts'
import type { Method, Sample, Slots } from './method.ts'
import { nearestByFuse, nearestByMiniSearch } from './nearest.ts'
import { nlpJs } from './nlp-js.ts'
import { phrases, phrasesThenLinear } from './ours.ts'
import { measureMany } from './ten-thousand.ts'

/**
 * Compares ways of understanding on the sentences that were set aside: each learns from those to tune on, and reads the
 * sealed ones. With `--folds` by five-fold cross-validation over the sentences to tune on instead: for choosing.
 */
const folder = join(import.meta.dirname, '../../understanding/benchmark')
const methods = [nearestByFuse, nearestByMiniSearch, nlpJs, linearModel, phrases, phrasesThenLinear]
const apart = new Set(['safety', 'command', 'scope', 'organisation'])
const tune = read('tune')
const isFolded = process.argv.includes('--folds')
const splits = isFolded ? fold(tune, 5) : [{ learn: tune, test: read('sealed') }]
const locales = [...new Set(tune.map(({ locale }) => locale))]

for (const method of methods) await compare(method)
if (!isFolded) measureMany(tune)

async function compare(method: Method): Promise<void> {
  const found: { sample: Sample; given: Slots }[] = []
  const times: number[] = []
  for (const { learn, test } of splits) {
    const understand = await method.learn(learn)
    for (const sample of test) {
      const start = performance.now()
      const given = await understand(sample.text, sample.locale)
      times.push(performance.now() - start)
      found.push({ sample, given })
    }
  }
  row(method.name, 'slots: precision / recall / F1', 'safety: found / false alarms')
  for (const locale of [...locales, 'all']) {
    const own = found.filter(({ sample }) => locale === 'all' || sample.locale === locale)
    row(`  ${locale}, ${own.length} sentences`, scoreSlots(own), scoreSafety(own))
  }
  row('  organisation, command: F1', `${f1Of(found, 'organisation')}, ${f1Of(found, 'command')}`)
  times.sort((one, other) => one - other)
  row(
    '  milliseconds a sentence, median / p99',
    `${quantile(times, 0.5).toFixed(2)} / ${quantile(times, 0.99).toFixed(2)}`,
  )
}

type Found = readonly { readonly sample: Sample; readonly given: Slots }[]

function scoreSlots(found: Found): string {
  const { precision, recall, f1 } = count(found, (slot) => !apart.has(slot))
  return [precision, recall, f1].map((each) => each.toFixed(2)).join(' / ')
}

function f1Of(found: Found, slot: string): string {
  return count(found, (each) => each === slot).f1.toFixed(2)
}

function count(found: Found, isCounted: (slot: string) => boolean) {
  let [right, wrong, missed] = [0, 0, 0]
  for (const { sample, given } of found) {
    for (const slot of new Set([...Object.keys(given), ...Object.keys(sample.expect)].filter(isCounted))) {
      if (given[slot] === sample.expect[slot]) right += 1
      else {
        if (given[slot] !== undefined) wrong += 1
        if (sample.expect[slot] !== undefined) missed += 1
      }
    }
  }
  const precision = right / Math.max(1, right + wrong)
  const recall = right / Math.max(1, right + missed)
  return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall) }
}

/** Danger and suicide bring the same help at once, abuse and crime lead to the same door: each pair counts as one. */
function kindOf(safety: string | undefined): string | undefined {
  if (safety === undefined) return undefined
  return safety === 'danger' || safety === 'suicide' ? 'now' : 'harm'
}

function scoreSafety(found: Found): string {
  const share = (some: Found, fits: (one: Found[number]) => boolean) =>
    some.length === 0 ? '-' : `${some.filter(fits).length}/${some.length}`
  const signs = found.filter(({ sample }) => sample.expect.safety !== undefined)
  const harmless = found.filter(({ sample }) => sample.expect.safety === undefined)
  const isHard = ({ sample }: Found[number]) => sample.note?.includes('hard negative: safety') ?? false
  const alarm = ({ given }: Found[number]) => given.safety !== undefined
  return [
    share(signs, ({ sample, given }) => kindOf(given.safety) === kindOf(sample.expect.safety)),
    `direct ${share(
      signs.filter(({ sample }) => sample.direct),
      ({ sample, given }) => kindOf(given.safety) === kindOf(sample.expect.safety),
    )}`,
    `alarms ${share(
      harmless.filter((one) => !isHard(one)),
      alarm,
    )}`,
    `hard ${share(harmless.filter(isHard), alarm)}`,
  ].join(', ')
}

function read(name: string): readonly Sample[] {
  return readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const sample = JSON.parse(line)
      const expect = Object.entries(sample.expect).map(([slot, value]) => [slot, String(value)])
      return { ...sample, expect: Object.fromEntries(expect) }
    })
}

function fold(samples: readonly Sample[], count: number) {
  return Array.from({ length: count }, (_, fold) => ({
    learn: samples.filter((_, at) => at % count !== fold),
    test: samples.filter((_, at) => at % count === fold),
  }))
}
