import { createRequire } from 'node:module'
import type { Method, Slots } from './method.ts'

// Its packages have no types.
const require = createRequire(import.meta.url)
const { containerBootstrap } = require('@nlpjs/basic')
const { Nlp } = require('@nlpjs/nlp')
const languages = ['Nl', 'En', 'De', 'Tr', 'Ar', 'Pl', 'Uk']

/** The least that a class must score; chosen on the sentences to tune on. */
const enough = 0.8

/** NLP.js with the stemmers of all languages: one classifier for each slot, with a class for sentences without it. */
export const nlpJs: Method = {
  name: 'NLP.js, a classifier a slot',
  async learn(samples) {
    const slots = [...new Set(samples.flatMap(({ expect }) => Object.keys(expect)))]
    const classifiers = new Map<string, (text: string, locale: string) => Promise<string | undefined>>()
    for (const slot of slots) {
      const container = await containerBootstrap()
      for (const language of languages) {
        container.use(require(`@nlpjs/lang-${language.toLowerCase()}`)[`Lang${language}`])
      }
      const nlp = new Nlp({
        container,
        languages: languages.map((each) => each.toLowerCase()),
        autoSave: false,
        forceNER: false,
        nlu: { log: false, useNoneFeature: false },
      })
      for (const { locale, text, expect } of samples) nlp.addDocument(locale, text, expect[slot] ?? 'none')
      await nlp.train()
      classifiers.set(slot, async (text, locale) => {
        const { intent, score } = await nlp.process(locale, text)
        return intent === 'none' || intent === 'None' || score < enough ? undefined : intent
      })
    }
    return async (text, locale): Promise<Slots> => {
      const found: Record<string, string> = {}
      for (const [slot, classify] of classifiers) {
        const value = await classify(text, locale)
        if (value !== undefined) found[slot] = value
      }
      return found
    }
  },
}
