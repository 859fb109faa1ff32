import type { Guide } from '../channels/guide.ts'
import { readState } from '../conversation/read-state.ts'
import { respond } from '../conversation/respond.ts'
import { say } from '../conversation/say.ts'
import { newState } from '../conversation/state.ts'
import type { World } from '../conversation/world.ts'
import { generalHelp, organisationOf } from '../knowledge/knowledge.ts'
import { labelOf } from '../language/label.ts'
import { speak, speakApology } from '../language/speak.ts'
import { createSpeech, type Speech } from '../language/texts.ts'
import { createUnderstander } from '../understanding/understand.ts'
import type { Project } from './load-project.ts'
import type { LoadedTexts } from './load-texts.ts'
import { todayInTheNetherlands } from './today.ts'

/** How a conversation begins. */
export type GuideOptions = {
  /** The organisation at whose place the bot stands; undefined: the client is asked. */
  readonly organisation?: string | undefined
  readonly locale?: string | undefined
}

/** Joins knowledge, trees and words into a conversation. */
export function makeGuide(project: Project, texts: LoadedTexts, options: GuideOptions = {}): Guide {
  const { knowledge } = project
  const speech = createSpeech(texts.texts)
  const world = makeWorld(project, texts, speech)
  const localeOf = (wanted: string | undefined): string => {
    const short = (wanted ?? options.locale ?? 'nl').slice(0, 2).toLowerCase()
    return world.locales.includes(short) ? short : 'nl'
  }
  return {
    turn(stored, input, now) {
      const today = todayInTheNetherlands(now)
      const read = stored === undefined ? undefined : readState(stored, world, today)
      const wanted = input.kind === 'start' ? input.locale : undefined
      const state = read?.state ?? newState(knowledge, localeOf(wanted), options.organisation)
      const isLost = stored !== undefined && (!read || read.renewed)
      const turn = respond(world, state, input, today)
      const replies = [
        ...(isLost ? [say(world, state, { say: 'renewed' }, today)] : []),
        ...(!read && input.kind !== 'start' ? [say(world, state, { say: 'greeting' }, today)] : []),
        ...turn.replies,
      ]
      return {
        state: turn.state,
        replies: replies.map((reply) => speak(reply, turn.state.locale, knowledge, speech)),
        end: turn.end,
        erase: turn.effects.includes('erase'),
      }
    },
    apology(stored) {
      const { locale, organisation } = whoOf(stored)
      return speakApology(
        localeOf(locale),
        knowledge,
        organisation ?? options.organisation ?? generalHelp,
        speech,
      )
    },
  }
}

/** Language and organisation of a stored state, however broken it is. */
function whoOf(stored: unknown): { locale?: string; organisation?: string } {
  const { locale, case: told } = (stored ?? {}) as {
    locale?: unknown
    case?: { slots?: { organisation?: unknown } }
  }
  const organisation = told?.slots?.organisation
  return {
    ...(typeof locale === 'string' && { locale }),
    ...(typeof organisation === 'string' && { organisation }),
  }
}

/** What a pure turn needs, from the project and the words. */
export function makeWorld(project: Project, texts: LoadedTexts, speech: Speech): World {
  const { knowledge, questions, trees } = project
  const organisations = Object.values(knowledge.organisations).filter(({ id }) => id !== generalHelp)
  return {
    knowledge,
    questions,
    trees,
    understander: createUnderstander(texts.words, { organisations }),
    locales: speech.locales,
    labelOf: (locale, organisation, question, option, term) =>
      labelOf(speech.of(locale), knowledge, organisationOf(knowledge, organisation), question, option, term),
  }
}
