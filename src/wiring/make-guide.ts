import { setImmediate as nextTick } from 'node:timers/promises'
import type { Guide, Venue } from '../channels/guide.ts'
import { explain } from '../conversation/explain.ts'
import { shownReply } from '../conversation/next-reply.ts'
import { readState } from '../conversation/read-state.ts'
import type { Reply } from '../conversation/reply.ts'
import { readText, respond } from '../conversation/respond.ts'
import { say } from '../conversation/say.ts'
import { newState } from '../conversation/state.ts'
import { toldSoFar } from '../conversation/told.ts'
import type { World } from '../conversation/world.ts'
import { generalHelp, organisationOf } from '../knowledge/knowledge.ts'
import { apologise } from '../language/apologise.ts'
import { labelOf } from '../language/label.ts'
import type { Setting } from '../language/setting.ts'
import { speak } from '../language/speak.ts'
import { speakBody } from '../language/speak-body.ts'
import { speakFrame } from '../language/speak-frame.ts'
import { speakUnsaid, speakWiped } from '../language/speak-unsaid.ts'
import { createSpeech, type Speech } from '../language/texts.ts'
import { buildVocabulary, type Vocabulary, wordsForModel } from '../understanding/model-help.ts'
import { type Locale, prepareLocale } from '../understanding/prepare-locale.ts'
import { createUnderstander, type Words } from '../understanding/understand.ts'
import { createBodyLookup } from './body-lookup.ts'
import type { Project } from './load-project.ts'
import type { LoadedTexts } from './load-texts.ts'
import { localTime } from './today.ts'

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
  const spoken = (wanted: string | undefined): string | undefined => {
    const tag = wanted?.toLowerCase() ?? ''
    return [tag, tag.split('-')[0]].find((each) => each !== undefined && world.locales.includes(each))
  }
  const localeOf = (wanted: string | undefined) => spoken(wanted) ?? spoken(options.locale) ?? 'nl'
  const settingOf = (locale: string, now: Date | undefined, venue?: Venue): Setting => ({
    locale,
    knowledge,
    speech,
    ...(now && { now: localTime(now) }),
    ...(venue && { venue }),
  })
  const begin = (locale: string | undefined, organisation: string | undefined) =>
    newState(knowledge, localeOf(locale), known(organisation) ?? options.organisation)
  const known = (id: string | undefined) =>
    id !== undefined && id !== generalHelp && Object.hasOwn(knowledge.organisations, id) ? id : undefined
  const readStored = (stored: unknown, today: string) =>
    stored === undefined ? undefined : readState(stored, world, today)
  let vocabulary: Vocabulary | undefined
  return {
    turn(stored, input, now, venue) {
      const today = localTime(now).date
      const read = readStored(stored, today)
      const { locale, organisation } = input.kind === 'change' ? {} : input
      const before = read?.state ?? begin(locale, organisation)
      const state = { ...before, locale: spoken(locale) ?? before.locale }
      const isLost = stored !== undefined && (!read || read.renewed)
      const turn = respond(world, state, input, today)
      const replies = [
        ...(isLost ? [say(world, state, { say: 'renewed' }, today)] : []),
        ...(!read && !greets(turn.replies) ? [say(world, state, { say: 'greeting' }, today)] : []),
        ...turn.replies,
      ]
      const setting = settingOf(turn.state.locale, now, venue)
      return {
        state: turn.state,
        replies: replies.map((reply) => speak(reply, setting)),
        end: turn.end,
        erase: turn.effects.includes('erase'),
      }
    },
    async prepare() {
      for (const [id, words] of Object.entries(texts.words)) {
        await nextTick()
        prepareOnce(texts.words, id, words)
      }
    },
    wordsForModel(stored, text, now, locale) {
      const today = localTime(now).date
      const state = readStored(stored, today)?.state ?? begin(locale, undefined)
      vocabulary ??= buildVocabulary(allWords(texts))
      return wordsForModel(vocabulary, readText(world, state, text, today), text, state.locale)
    },
    apology(stored, about = 'fault', locale, organisation) {
      const who = whoOf(stored)
      const whose = who.organisation ?? organisation ?? options.organisation ?? generalHelp
      return apologise(about, localeOf(who.locale ?? locale), knowledge, whose, speech)
    },
    frame(stored, now, locale, organisation) {
      const today = localTime(now).date
      const read = readStored(stored, today)
      const state = read?.state ?? begin(locale, organisation)
      const setting = settingOf(state.locale, now, { kind: 'page' })
      const shown = () => shownReply(world, state, today).reply
      return speakFrame(setting, shown, toldSoFar(world, state, today), {
        organisation: state.case.slots.organisation,
        isEnded: state.at.kind === 'ended',
      })
    },
    wiped: (stored) => speakWiped(localeOf(whoOf(stored).locale), speech),
    unsaid: (stored, all) => speakUnsaid(all, localeOf(whoOf(stored).locale), speech),
    explain(stored, now) {
      const today = localTime(now).date
      const read = readStored(stored, today)
      return explain(world, read?.state ?? begin(undefined, undefined), today)
    },
    findBodies: createBodyLookup(knowledge, texts.texts, (organisation, body, locale) =>
      speakBody(settingOf(localeOf(locale), undefined), organisation, body),
    ),
  }
}

/** Every word of ours: what we say and what we understand. */
function allWords(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...allWords(inner)])
}

function greets(replies: readonly Reply[]): boolean {
  return replies.some((reply) => reply.kind === 'text' && reply.say === 'greeting')
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
  let understander: ReturnType<typeof createUnderstander> | undefined
  return {
    knowledge,
    questions,
    trees,
    // Made at the first words: a client may press buttons only, and the server is ready sooner.
    get understander() {
      understander ??= createUnderstander(texts.words, { organisations }, preparedOf(texts.words))
      return understander
    },
    locales: speech.locales,
    labelOf: (locale, organisation, question, option, term) =>
      labelOf(speech.of(locale), knowledge, organisationOf(knowledge, organisation), question, option, term),
  }
}

/** The words of each language, once they were read: guides made of the same files share them. */
const prepared = new WeakMap<LoadedTexts['words'], Map<string, Locale>>()

function preparedOf(all: LoadedTexts['words']): ReadonlyMap<string, Locale> {
  for (const [id, words] of Object.entries(all)) prepareOnce(all, id, words)
  return prepared.get(all) ?? new Map()
}

function prepareOnce(all: LoadedTexts['words'], id: string, words: Words): void {
  const known = prepared.get(all) ?? new Map<string, Locale>()
  prepared.set(all, known)
  if (!known.has(id)) known.set(id, prepareLocale(id, words))
}
