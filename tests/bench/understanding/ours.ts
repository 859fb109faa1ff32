import { generalHelp } from '../../../src/knowledge/knowledge.ts'
import { asSlots } from '../../../src/understanding/evaluate.ts'
import { createUnderstander, understand } from '../../../src/understanding/understand.ts'
import { loadTexts } from '../../../src/wiring/load-texts.ts'
import { project, root } from '../../real-project.ts'
import { linearModel } from './linear.ts'
import type { Method } from './method.ts'

const organisations = Object.values(project.knowledge.organisations).filter(({ id }) => id !== generalHelp)
const today = '2026-11-22'

/** What the product does: phrases by meaning, with grammar, per language. Learns nothing from samples. */
export const phrases: Method = {
  name: 'phrases and grammar (chosen)',
  async learn() {
    const understander = createUnderstander(loadTexts(root).words, { organisations })
    return (text, locale) => asSlots(understand(understander, text, locale, undefined, today))
  },
}

/** The same, and the linear model where the phrases are silent; never on safety, organisation or commands. */
export const phrasesThenLinear: Method = {
  name: 'phrases, then the linear model',
  async learn(samples) {
    const [first, second] = await Promise.all([phrases.learn(samples), linearModel.learn(samples)])
    return async (text, locale) => {
      const own = await first(text, locale)
      const {
        safety: _,
        organisation: __,
        command: ___,
        scope: ____,
        ...guessed
      } = await second(text, locale)
      return own.safety !== undefined || own.command !== undefined ? own : { ...guessed, ...own }
    }
  },
}
