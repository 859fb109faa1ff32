import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generalHelp } from '../../src/knowledge/knowledge.ts'
import {
  type Asked,
  createUnderstander,
  type Understood,
  understand,
} from '../../src/understanding/understand.ts'
import { loadProject } from '../../src/wiring/load-project.ts'
import { loadTexts } from '../../src/wiring/load-texts.ts'

const root = join(import.meta.dirname, '../..')
const { knowledge, questions } = await loadProject(root)
const { words } = loadTexts(root)

export const organisations = Object.values(knowledge.organisations).filter(({ id }) => id !== generalHelp)
export const understander = createUnderstander(words, { organisations })
export const today = '2026-11-22'
export const locales = ['nl', 'en'] as const
export { questions, words }

export function read(text: string, locale = 'nl', asked?: Asked): Understood {
  return understand(understander, text, locale, asked, today)
}

/** A question as a client sees it: all its options, "something else" and "I do not know". */
export function ask(question: string, locale = 'nl'): Asked {
  const texts = JSON.parse(readFileSync(join(root, `locales/${locale}/texts.json`), 'utf8')).question
  if (question === 'organisation') {
    const named = organisations.map(({ id, name }) => ({ id, label: name }))
    return {
      question,
      options: [
        { id: 'talk', label: texts.talk },
        ...named,
        { id: 'other', label: texts.organisation.other },
      ],
      expectsDate: false,
    }
  }
  const told = questions.find(({ id }) => id === question)
  const sets = (id: string) =>
    told?.options === 'bodies' ? undefined : told?.options.find((option) => option.id === id)?.sets
  const labels: Record<string, string> = texts[question].option ?? {}
  const shown = Object.entries(labels).map(([id, label]) => ({
    id,
    label: label
      .replace('{{organisation}}', 'Stichting Pluspunt Rotterdam')
      .replace('{{period}}', locale === 'nl' ? 'zes weken' : 'six weeks'),
    ...(sets(id) && { sets: sets(id) }),
  }))
  const unknown = { id: 'unknown', label: texts.unknown }
  return {
    question,
    ...(told && { slot: told.slot }),
    options: [...shown, unknown],
    expectsDate: question === 'late' || question === 'overdue',
  }
}
