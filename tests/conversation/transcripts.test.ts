import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readState } from '../../src/conversation/read-state.ts'
import { keyOf } from '../../src/conversation/reply.ts'
import { begin, respond } from '../../src/conversation/respond.ts'
import type { State } from '../../src/conversation/state.ts'
import { deepFreeze } from '../../src/knowledge/deep-freeze.ts'
import { world } from '../real-world.ts'
import { readTranscript } from './read-transcript.ts'

const folder = join(import.meta.dirname, 'transcripts')
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))

/** What is done with the state between two turns. */
const keepings: readonly (readonly [string, (state: State) => State])[] = [
  ['plain', (state) => state],
  [
    'stored and loaded after each turn',
    (state) => {
      const read = readState(JSON.parse(JSON.stringify(state)), world, '2026-11-22')
      if (!read || read.renewed) throw new Error('the state did not survive')
      return read.state
    },
  ],
]

describe.each(keepings)('a conversation, %s', (_, keep) => {
  test.each(names)('%s', (name) => {
    const transcript = readTranscript(readFileSync(join(folder, name), 'utf8'))
    let state: State | undefined
    for (const { line, input, replies } of transcript.exchanges) {
      const turn =
        state === undefined
          ? begin(world, transcript.locale, transcript.organisation, transcript.today)
          : respond(world, deepFreeze(keep(state)), deepFreeze(input), transcript.today)
      expect(turn.replies.map(keyOf), `${name}, line ${line}`).toEqual(replies)
      state = turn.state
    }
  })
})
