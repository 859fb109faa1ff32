import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { play } from '../../src/channels/transcript/play.ts'
import { momentOf } from '../../src/channels/transcript/to-activities.ts'
import { readState } from '../../src/conversation/read-state.ts'
import { keyOf } from '../../src/conversation/reply.ts'
import { respond } from '../../src/conversation/respond.ts'
import { newState, type State } from '../../src/conversation/state.ts'
import type { ReadTranscript } from '../../src/conversation/transcript.ts'
import { deepFreeze } from '../../src/knowledge/deep-freeze.ts'
import { makeGuide } from '../../src/wiring/make-guide.ts'
import { project } from '../real-project.ts'
import { texts, world } from '../real-world.ts'
import { readTranscript } from './read-transcript.ts'

const folder = join(import.meta.dirname, 'transcripts')
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))

/** Plays a transcript; gives the keys of the replies of each exchange. */
type Player = (transcript: ReadTranscript) => readonly (readonly string[])[]

/** Turn by turn; `keep` is what is done with the state between two turns. What is erased begins anew, with a greeting. */
function responding(keep: (state: State, today: string) => State): Player {
  return ({ organisation, locale, today, exchanges }) => {
    let kept: State | undefined
    return exchanges.map(({ input }) => {
      const state = kept ? keep(kept, today) : newState(world.knowledge, locale, organisation)
      const greeting = kept || input.kind === 'start' ? [] : ['text/greeting']
      const turn = respond(world, deepFreeze(state), deepFreeze(input), today)
      kept = turn.effects.includes('erase') ? undefined : turn.state
      return [...greeting, ...turn.replies.map(keyOf)]
    })
  }
}

const players: readonly (readonly [string, Player])[] = [
  ['plain', responding((state) => state)],
  [
    'stored and loaded after each turn',
    responding((state, today) => {
      const read = readState(JSON.parse(JSON.stringify(state)), world, today)
      if (!read || read.renewed) throw new Error('the state did not survive')
      return read.state
    }),
  ],
  [
    'spoken',
    ({ organisation, locale, today, exchanges }) => {
      const guide = makeGuide(project, texts, { organisation, locale })
      const moves = exchanges.map(({ input }, turn) => ({ input, now: momentOf(today, turn) }))
      return play(guide, locale, moves).map(({ replies }) => replies.map(({ key }) => key))
    },
  ],
]

describe.each(players)('a conversation, %s', (_, player) => {
  test.each(names)('%s', (name) => {
    const transcript = readTranscript(join(folder, name))
    const said = player(transcript)
    for (const [at, { line, replies }] of transcript.exchanges.entries()) {
      expect(said[at], `${name}, line ${line}`).toEqual(replies)
    }
  })
})
