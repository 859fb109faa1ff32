import words from '../../locales/nl/transcript.json' with { type: 'json' }
import type { SpokenReply } from '../channels/guide.ts'
import { compareWords, type WordsDiffer } from '../channels/transcript/compare-words.ts'
import {
  fromActivities,
  type SavedConversation,
  type SavedTurn,
} from '../channels/transcript/from-activities.ts'
import { type PlayedTurn, play } from '../channels/transcript/play.ts'
import { readSaved } from '../channels/transcript/read-saved.ts'
import type { Input } from '../conversation/reply.ts'
import { printTranscript, readTranscript } from '../conversation/transcript.ts'
import { problemAt, warningAt } from './describe-transcript.ts'
import { fill } from './fill.ts'
import { todayInTheNetherlands } from './today.ts'
import { type Conversion, type Converted, guideOf, headProblems } from './transcript-conversion.ts'

/** A `.transcript` file as a conversation file: what the client did, and what the guide answers to that on its day. */
export function toConversationFile(conversion: Conversion, text: string): Converted {
  const { source } = conversion
  const parsed = parseJson(source, text)
  if ('problem' in parsed) return { problems: [parsed.problem] }
  const saved = fromActivities(parsed.content)
  if ('problems' in saved) {
    return {
      problems: saved.problems.map(({ code, activity }) =>
        problemAt({ file: source, ...(activity > 0 && { activity }) }, code),
      ),
    }
  }
  const { organisation } = saved
  const locale = spokenLocale(conversion, saved.locale)
  const problems = headProblems(conversion, organisation, locale)
  if (problems.length > 0) return { problems }
  const today = dayOf(saved.began)
  const turns = play(guideOf(conversion, organisation), locale, movesOf(saved, today), organisation)
  const exchanges = turns.map(({ input, replies }) => ({ input, replies: replies.map(({ key }) => key) }))
  const content = printTranscript({ organisation, locale, today, exchanges })
  const late = saved.turns.some(({ at }) => at !== undefined && dayOf(at) !== today)
  return {
    content,
    warnings: [
      ...(late ? [warningAt({ file: source }, words.warning.midnight, { today })] : []),
      ...wordsWarnings(conversion, saved.turns, turns, content),
    ],
  }
}

/** The moves of the client. Hours count too: what is said of a body may depend on whether it is open now. */
function movesOf({ turns, began }: SavedConversation, today: string) {
  return turns.map((turn, index) => ({
    input: (shown: readonly SpokenReply[]): Input => readSaved(turn, turns[index - 1], shown),
    now: new Date(turn.at !== undefined && dayOf(turn.at) === today ? turn.at : began),
  }))
}

function dayOf(moment: string): string {
  return todayInTheNetherlands(new Date(moment))
}

/** The language in which the guide began, as it takes it from what the channel says: Dutch for one that it does not speak. */
function spokenLocale({ texts }: Conversion, told: string | undefined): string {
  const short = (told ?? 'nl').slice(0, 2).toLowerCase()
  return Object.hasOwn(texts.texts, short) ? short : 'nl'
}

/** Where the guide now says something else than it did, by the line of the new file. */
function wordsWarnings(
  { source, target }: Conversion,
  saved: readonly SavedTurn[],
  turns: readonly PlayedTurn<Input>[],
  content: string,
): readonly string[] {
  const printed = readTranscript(content)
  const exchanges = 'problems' in printed ? [] : printed.exchanges
  const ungreeted = saved[0]?.said.length === 0
  return turns.flatMap(({ replies, maybe }, index) => {
    const then = saved[index]
    if (!then || (index === 0 && ungreeted)) return []
    const greeting = index === 1 && ungreeted ? (turns[0]?.replies ?? []) : []
    const differ = compareWords(then.said, replies, [...maybe, ...greeting])
    if (!differ) return []
    const line = exchanges[index]?.replyLines[differ.reply]
    const key = replies[differ.reply]?.key ?? ''
    const params = { key, saved: source, activity: String(then.activity), ...quotes(differ) }
    return [warningAt({ file: target, ...(line !== undefined && { line }) }, words.warning.words, params)]
  })
}

function quotes({ before, now }: WordsDiffer): { readonly before: string; readonly now: string } {
  const quote = (text: string) => fill(words.warning.said, { text })
  return {
    before: before === undefined ? words.warning.nothing : quote(before),
    now: now === undefined ? words.warning['nothing-more'] : quote(now),
  }
}

/** The content of a JSON file. The message of the parser is not passed on: it quotes the file. */
function parseJson(file: string, text: string): { readonly content: unknown } | { readonly problem: string } {
  try {
    return { content: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch (error) {
    const line = /\bline (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
    if (line === undefined) return { problem: problemAt({ file }, 'not-json') }
    return { problem: problemAt({ file, line: Number(line) }, 'not-json-at') }
  }
}
