import { buildMeanings, type MeaningIndex } from './find-meanings.ts'
import type { PlainWords } from './find-option.ts'
import { normalise } from './read-words.ts'
import { type Command, commands, type Words } from './words.ts'

/** The words of one language, read once. */
export type Locale = {
  readonly id: string
  readonly words: Words
  readonly index: MeaningIndex
  readonly plainWords: PlainWords
  readonly plainCommands: readonly { readonly key: string; readonly command: Command }[]
}

/** Reads the words of one language: some tens of milliseconds. */
export function prepareLocale(id: string, words: Words): Locale {
  return {
    id,
    words,
    index: buildMeanings(words),
    plainWords: plainWordsOf(words),
    plainCommands: commands.flatMap((command) =>
      words.commands[command].flatMap((phrase) => {
        const key = plain(phrase)
        return key === undefined ? [] : [{ key, command }]
      }),
    ),
  }
}

function plainWordsOf(words: Words): PlainWords {
  const questions = new Set([...Object.keys(words.options), ...Object.keys(words.slots)])
  return new Map(
    [...questions].map((question) => {
      const said = [
        ...Object.entries(words.options[question] ?? {}),
        ...Object.entries(words.slots[question] ?? {}).map(([value, { say }]) => [value, say] as const),
      ]
      return [
        question,
        said.flatMap(([option, phrases]) =>
          phrases.flatMap((phrase) => {
            const word = plain(phrase)
            return word === undefined ? [] : [{ word, option }]
          }),
        ),
      ] as const
    }),
  )
}

/** The words of a phrase for a whole message without any notation ("^ wis alles $"), as one string. */
function plain(phrase: string): string | undefined {
  const said = /^\^ ([\p{L}\p{N} ]+) \$$/u.exec(phrase)?.[1]
  return said?.split(' ').map(normalise).join('')
}
