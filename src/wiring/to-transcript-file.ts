import words from '../../locales/nl/transcript.json' with { type: 'json' }
import { renderForEmulator } from '../channels/transcript/emulator-messages.ts'
import { type PlayedTurn, play } from '../channels/transcript/play.ts'
import { momentOf, toActivities } from '../channels/transcript/to-activities.ts'
import type { Input } from '../conversation/reply.ts'
import { type ReadTranscript, readTranscript } from '../conversation/transcript.ts'
import { problemAt, warningAt } from './describe-transcript.ts'
import { type Conversion, type Converted, guideOf, headProblems } from './transcript-conversion.ts'

/** A conversation file as a `.transcript` file: played through the guide on its day, with words and buttons. */
export function toTranscriptFile(conversion: Conversion, text: string): Converted {
  const transcript = readTranscript(text)
  const { source } = conversion
  if ('problems' in transcript) {
    return { problems: transcript.problems.map(({ code, line }) => problemAt({ file: source, line }, code)) }
  }
  const { organisation, locale, today, exchanges } = transcript
  const problems = headProblems(conversion, organisation, locale)
  if (problems.length > 0) return { problems }
  const moves = exchanges.map(({ input }, turn) => ({ input, now: momentOf(today, turn) }))
  const turns = play(guideOf(conversion, organisation), locale, moves, organisation)
  const activities = toActivities({ organisation, locale, today }, turns, renderForEmulator)
  return {
    content: `${JSON.stringify(activities, null, 2)}\n`,
    warnings: exchanges.flatMap((exchange, turn) => keysWarning(source, exchange, turns[turn])),
  }
}

/** An exchange whose `bot:` lines are not what the guide says; one without such lines is a draft. */
function keysWarning(
  file: string,
  { line, replies }: ReadTranscript['exchanges'][number],
  turn: PlayedTurn<Input> | undefined,
): readonly string[] {
  const now = (turn?.replies ?? []).map(({ key }) => key).join(', ')
  const expected = replies.join(', ')
  if (expected === '' || now === expected) return []
  return [warningAt({ file, ...(line > 0 && { line }) }, words.warning.keys, { now, expected })]
}
