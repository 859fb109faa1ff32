import type { Guide, GuideTurn } from '../channels/guide.ts'
import { begin, renewed, respond, type Turn } from '../conversation/respond.ts'
import { readState } from '../conversation/state.ts'
import type { World } from '../conversation/world.ts'
import { generalHelp, organisationOf } from '../knowledge/knowledge.ts'
import { labelOf } from '../language/label.ts'
import { type SpokenReply, speak, speakApology } from '../language/speak.ts'
import { createSpeech } from '../language/texts.ts'
import { createUnderstander } from '../understanding/understand.ts'
import type { Project } from './load-project.ts'
import type { LoadedTexts } from './load-texts.ts'
import { todayInTheNetherlands } from './today.ts'

export type GuideOptions = {
  /** The organisation at whose place the bot stands; undefined: the client is asked. */
  readonly organisation?: string | undefined
  readonly locale?: string | undefined
}

/** Joins knowledge, trees and words into a conversation. */
export function makeGuide(project: Project, texts: LoadedTexts, options: GuideOptions = {}): Guide {
  const world = makeWorld(project, texts)
  const speech = createSpeech(texts.texts)
  const say = (turn: Turn, before: readonly SpokenReply[] = []): GuideTurn => ({
    state: turn.state,
    replies: [
      ...before,
      ...turn.replies.map((reply) => speak(reply, turn.state.locale, project.knowledge, speech)),
    ],
    end: turn.end,
    erase: turn.effects.includes('erase'),
  })
  const localeOf = (wanted: string | undefined): string => {
    const short = (wanted ?? options.locale ?? 'nl').slice(0, 2).toLowerCase()
    return world.locales.includes(short) ? short : 'nl'
  }
  return {
    turn(stored, input, now) {
      const today = todayInTheNetherlands(now)
      const read = stored === undefined ? undefined : readState(stored, project.knowledge)
      if (!read) {
        const first = begin(
          world,
          localeOf(input.kind === 'start' ? input.locale : undefined),
          options.organisation,
          today,
        )
        const greeting = say(first)
        if (input.kind === 'start') return greeting
        return say(respond(world, first.state, input, today), greeting.replies.slice(0, 1))
      }
      const apology = read.renewed
        ? [speak(renewed(read.state), read.state.locale, project.knowledge, speech)]
        : []
      return say(respond(world, read.state, input, today), apology)
    },
    apology(stored) {
      const { state } = readState(stored, project.knowledge) ?? {}
      const organisation = state?.case.slots.organisation ?? options.organisation ?? generalHelp
      return speakApology(localeOf(state?.locale), project.knowledge, organisation, speech)
    },
  }
}

/** What a pure turn needs, from the project and the words. */
export function makeWorld(project: Project, texts: LoadedTexts): World {
  const { knowledge, questions, trees } = project
  const organisations = Object.values(knowledge.organisations).filter(({ id }) => id !== generalHelp)
  const speech = createSpeech(texts.texts)
  return {
    knowledge,
    questions,
    trees,
    understander: createUnderstander(texts.words, { organisations }),
    locales: speech.locales,
    labelOf: (locale, organisation, question, option) =>
      labelOf(
        speech.of(locale),
        knowledge,
        organisationOf(knowledge, organisation),
        question,
        option,
        undefined,
      ),
  }
}
