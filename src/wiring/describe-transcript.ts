import words from '../../locales/nl/transcript.json' with { type: 'json' }
import { fill } from './fill.ts'

/** Where something stands: a file, and a line of it or an activity in it, from 1. */
export type Place = { readonly file: string; readonly line?: number; readonly activity?: number }

type Params = Readonly<Record<string, string>>

/** One clear line: where, what is wrong, and the way out. */
export function problemAt(place: Place, code: keyof typeof words.problem, params: Params = {}): string {
  return warningAt(place, words.problem[code], params)
}

/** A line for who should know, about a place. */
export function warningAt({ file, line, activity }: Place, sentence: string, params: Params): string {
  const values = { file, line: String(line ?? ''), activity: String(activity ?? '') }
  const frame = line !== undefined ? 'line' : activity !== undefined ? 'activity' : 'file'
  return fill(words.place[frame], { ...values, sentence: fill(sentence, params) })
}
