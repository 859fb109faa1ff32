import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isManner, listLocales } from '../../src/wiring/list-locales.ts'
import { menuCommands } from '../../src/wiring/read-manifest-words.ts'
import { root } from '../real-project.ts'
import { ask, questions, read } from '../understanding/understander.ts'
import { copyProject, readJson, run, unpack } from './built-package.ts'

const locales = listLocales(root).filter((locale) => !isManner(locale))

let project: ReturnType<typeof copyProject>

beforeEach(() => {
  project = copyProject()
})
afterEach(() => project.remove())

const fileOf = (locale: string) => join(project.folder, `locales/${locale}/manifest.json`)
const wordsOf = (locale: string) => JSON.parse(readFileSync(fileOf(locale), 'utf8'))

describe('the menu of the chat', () => {
  /** Every question as a client sees it, and the moments at which nothing is asked. */
  const moments = (locale: string) => [
    undefined,
    ask('organisation', locale),
    ...questions.filter(({ options }) => options !== 'bodies').map(({ id }) => ask(id, locale)),
  ]

  // A manner of a language, such as nl-simple, has no menu of its own.
  test.each(locales.filter((locale) => !locale.includes('-')))(
    'in %s says what the guide understands, in every language and at every question',
    (locale) => {
      const { commands } = wordsOf(locale)
      const astray = locales.flatMap((spoken) =>
        moments(spoken).flatMap((asked) =>
          menuCommands
            .filter((command) => read(commands[command].title, spoken, asked).command !== command)
            .map((command) => `${commands[command].title} in ${spoken} at ${asked?.question ?? 'any time'}`),
        ),
      )
      expect(astray).toEqual([])
    },
  )

  test('offers at most the ten commands that Teams shows', () => {
    run(project.folder)
    const [list, ...others] = readJson(unpack(project.folder), 'manifest.json').bots[0].commandLists
    expect({ shown: list.commands.length <= 10, scopes: list.scopes, others }).toEqual({
      shown: true,
      scopes: ['personal'],
      others: [],
    })
  })
})

describe('the words of the manifest', () => {
  test('hold no Dutch sentence of more than 25 words', () => {
    const texts = JSON.stringify(wordsOf('nl')).match(/"(?:[^"\\]|\\.)*"/g) ?? []
    const sentences = texts.flatMap((text) => String(JSON.parse(text)).split(/[.?!:]\s/))
    expect(sentences.length).toBeGreaterThan(40)
    expect(sentences.filter((sentence) => sentence.split(/\s+/).length > 25)).toEqual([])
  })

  test.each([
    [
      'a name that is too long',
      edit({ name: { short: 'a'.repeat(31), full: 'b' } }),
      /: name\.short has 31 characters.*at most 30/,
    ],
    [
      'a command that is cut off',
      edit({ help: { title: 'a'.repeat(33), description: 'b' } }),
      /: commands\.help\.title has 33/,
    ],
    ['a text that is empty', edit({ name: { short: ' ', full: 'b' } }), /: name\.short is empty/],
    [
      'the word that Teams takes for nothing',
      edit({ name: { short: 'Null', full: 'b' } }),
      /: name\.short is empty/,
    ],
    ['a text that is missing', edit({ name: { short: 'a' } }), /: name\.full is missing/],
    ['a part that is missing', edit({ findBody: undefined }), /: findBody is missing/],
    ['a command that is missing', edit({ help: undefined }), /: commands\.help is missing/],
    ['a key that nothing uses', edit({ colour: 'blue' }), /: colour is not used/],
    [
      'a command that there is not',
      edit({ dance: { title: 'a', description: 'b' } }),
      /: commands\.dance is not used/,
    ],
    ['no JSON', () => '{', / is not JSON/],
  ])('are refused with %s', (_, change, message) => {
    writeFileSync(fileOf('en'), change(wordsOf('en')))
    const { status, problems } = run(project.folder)
    expect({ status, problems }).toEqual({ status: 1, problems: [expect.stringMatching(message)] })
    expect(problems[0]).toMatch(/^locales\/en\/manifest\.json/)
  })

  test('are refused when a file is missing, together with all else that is wrong', () => {
    rmSync(fileOf('nl'))
    writeFileSync(join(project.folder, 'manifest/icons/color.png'), 'no picture')
    rmSync(join(project.folder, 'manifest/icons/outline.png'))
    expect(run(project.folder, {}).problems.slice(-3)).toEqual([
      expect.stringMatching(/^locales\/nl\/manifest\.json cannot be read/),
      expect.stringMatching(/^manifest\/icons\/color\.png is no PNG of 192 by 192 pixels/),
      expect.stringMatching(/^manifest\/icons\/outline\.png cannot be read/),
    ])
  })

  test('need no change in the code for one language more', () => {
    const added = join(project.folder, 'locales/fy')
    cpSync(join(project.folder, 'locales/en'), added, { recursive: true })
    expect(run(project.folder).problems).toEqual([])
    const unpacked = unpack(project.folder)
    expect(readJson(unpacked, 'manifest.json').localizationInfo.additionalLanguages).toContainEqual({
      languageTag: 'fy',
      file: 'fy.json',
    })
    expect(readJson(unpacked, 'fy.json')['name.short']).toBe('Klachtwijzer')
  })
})

type Words = Record<string, unknown> & { commands: Record<string, unknown> }

/** The file with other words; a command stands among the commands. */
function edit(other: Readonly<Record<string, unknown>>): (words: Words) => string {
  return (words) => {
    const edited = structuredClone(words)
    for (const [key, value] of Object.entries(other)) {
      const isCommand = ['help', 'dance'].includes(key)
      ;(isCommand ? edited.commands : edited)[key] = value
    }
    return JSON.stringify(edited)
  }
}
