import type { Method, Sample, Slots } from './method.ts'

const epochs = 20
const rate = 0.3
/** The least that a value must score; chosen on the sentences to tune on. */
const enough = 0.8

/** A small linear model: one logistic regression for each value of each slot, on words and parts of words. */
export const linearModel: Method = {
  name: 'linear model on n-grams',
  async learn(samples) {
    const features = samples.map(({ text }) => featuresOf(text))
    const models = pairsIn(samples).map(({ slot, value }) => {
      const weights = train(
        features,
        samples.map(({ expect }) => expect[slot] === value),
      )
      return { slot, value, weights }
    })
    return (text) => {
      const own = featuresOf(text)
      const best = new Map<string, { value: string; score: number }>()
      for (const { slot, value, weights } of models) {
        const score = scoreOf(weights, own)
        if (score >= enough && score > (best.get(slot)?.score ?? 0)) best.set(slot, { value, score })
      }
      return Object.fromEntries([...best].map(([slot, { value }]) => [slot, value])) as Slots
    }
  },
}

function pairsIn(samples: readonly Sample[]): readonly { slot: string; value: string }[] {
  const pairs = samples.flatMap(({ expect }) => Object.entries(expect).map((pair) => JSON.stringify(pair)))
  return [...new Set(pairs)].map((pair) => {
    const [slot, value] = JSON.parse(pair)
    return { slot, value }
  })
}

/** Words, pairs of words, and runs of three to five letters within words. */
function featuresOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`)
  const parts = words.flatMap((word) => {
    const padded = `^${word}$`
    return [3, 4, 5].flatMap((size) =>
      Array.from({ length: Math.max(0, padded.length - size + 1) }, (_, at) => padded.slice(at, at + size)),
    )
  })
  return [...new Set([...words, ...pairs, ...parts])]
}

function train(samples: readonly (readonly string[])[], wanted: readonly boolean[]): Map<string, number> {
  const weights = new Map<string, number>()
  // As many of the few that fit as of the many that do not, or nothing would ever fit.
  const balance = wanted.length / Math.max(1, 2 * wanted.filter(Boolean).length)
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    samples.forEach((features, at) => {
      const target = wanted[at] ? 1 : 0
      const error = (target - scoreOf(weights, features)) * (wanted[at] ? Math.sqrt(balance) : 1)
      const step = (rate * error) / Math.sqrt(features.length)
      if (Math.abs(step) < 1e-4) return
      for (const feature of features) weights.set(feature, (weights.get(feature) ?? 0) + step)
    })
  }
  return weights
}

function scoreOf(weights: ReadonlyMap<string, number>, features: readonly string[]): number {
  const sum = features.reduce((total, feature) => total + (weights.get(feature) ?? 0), 0)
  return 1 / (1 + Math.exp(-sum / Math.sqrt(Math.max(1, features.length))))
}
