import { describe, expect, test } from 'vitest'
import { optionsOf } from '../../src/dialog/options-of.ts'
import { generalHelp } from '../../src/knowledge/knowledge.ts'
import { bodyKinds } from '../../src/knowledge/vocabulary.ts'
import { project } from '../real-project.ts'
import { texts } from '../real-world.ts'

const { nl, ...others } = texts.texts
if (!nl) throw new Error('no Dutch texts')
const locales = Object.entries(texts.texts)

function keysOf(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, path === '' ? key : `${path}.${key}`))
}

function textAt(value: unknown, path: string): string {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], value) as string
}

const paramsOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

const plural = /_(zero|one|two|few|many|other)$/

/** The keys of a locale, with the plurals that its language has in the place of those of Dutch. */
function keysWanted(locale: string): readonly string[] {
  const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions()
  return keysOf(nl).flatMap((key) => {
    if (!plural.test(key)) return [key]
    return key.endsWith('_other') ? pluralCategories.map((each) => key.replace(plural, `_${each}`)) : []
  })
}

describe.each(Object.entries(others))('%s', (id, locale) => {
  test('has the same texts as Dutch, with the plurals of its language', () => {
    expect([...keysOf(locale)].sort()).toEqual([...keysWanted(id)].sort())
  })

  test('has the same parameters as Dutch; one, two and none may be said in words', () => {
    for (const key of keysOf(locale)) {
      if (/_(zero|one|two)$/.test(key)) continue
      expect(paramsOf(textAt(locale, key)), key).toEqual(paramsOf(textAt(nl, key.replace(plural, '_other'))))
    }
  })
})

describe.each(locales)('%s has words for', (_, locale) => {
  const question: Record<
    string,
    { ask?: string; why?: string; rest?: string; option?: Record<string, string> }
  > = locale.question as never

  test('every question, why it is asked, and each of its options', () => {
    for (const { id, options } of project.questions) {
      expect(question[id]?.ask, id).toBeTruthy()
      expect(question[id]?.why, id).toBeTruthy()
      expect(question[id]?.rest, id).toBeTruthy()
      if (options !== 'bodies')
        for (const option of options) expect(question[id]?.option?.[option.id], option.id).toBeTruthy()
    }
  })

  test('every kind of body, note, notice, term and law that the knowledge uses', () => {
    const { kind, note, notice, term, document } = locale as unknown as Record<string, Record<string, string>>
    for (const each of bodyKinds) expect(kind?.[each], each).toBeTruthy()
    for (const organisation of Object.values(project.knowledge.organisations)) {
      const { rules, supplements, terms } = organisation
      for (const id of rules.flatMap(({ advise }) => advise.notes)) expect(note?.[id], id).toBeTruthy()
      for (const id of supplements.flatMap(({ notes }) => notes)) expect(note?.[id], id).toBeTruthy()
      for (const id of supplements.flatMap(({ notices }) => notices)) expect(notice?.[id], id).toBeTruthy()
      for (const { what } of terms) expect(term?.[what], what).toBeTruthy()
      const laws = [...rules, ...supplements]
        .flatMap(({ because }) => because)
        .filter((source) => source.kind === 'law')
      for (const { document: law } of laws) expect(document?.[law], law).toBeTruthy()
    }
  })
})

test('no Dutch text holds a sentence of more than 25 words', () => {
  const long = keysOf(nl).flatMap((key) =>
    textAt(nl, key)
      .split(/[.?!:]\s/)
      .filter((sentence) => sentence.split(/\s+/).length > 25)
      .map((sentence) => `${key}: ${sentence}`),
  )
  expect(long).toEqual([])
})

test('every question about bodies offers only bodies that have a name', () => {
  for (const organisation of Object.values(project.knowledge.organisations)) {
    if (organisation.id === generalHelp) continue
    for (const question of project.questions.filter(({ options }) => options === 'bodies')) {
      for (const { id } of optionsOf(question, organisation))
        expect(organisation.bodies[id]?.name).toBeTruthy()
    }
  }
})
