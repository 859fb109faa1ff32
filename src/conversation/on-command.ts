import type { Question } from '../dialog/questions.ts'
import type { Case } from '../knowledge/vocabulary.ts'
import { decide } from '../routing/decide.ts'
import { askAnew, askLanguage, nextReply, shownReply, termOf } from './next-reply.ts'
import type { Answer, Reply, Saying } from './reply.ts'
import { say } from './say.ts'
import { newState, type State, takeBack, withAnswer } from './state.ts'
import { afterAdvice, toNextTopic } from './topics.ts'
import { show, stayAtAdvice, type Turn } from './turn.ts'
import type { World } from './world.ts'

/** What a client can tell the guide itself to do. */
export type Command =
  | 'restart'
  | 'back'
  | 'stop'
  | 'human'
  | 'language'
  | 'forget'
  | 'why'
  | 'help'
  | 'thanks'
  | 'greeting'
  | 'next-topic'

const commands: ReadonlySet<string> = new Set<Command>([
  'restart',
  'back',
  'stop',
  'human',
  'language',
  'forget',
  'why',
  'help',
  'next-topic',
])

/** The command that a button stands for, when it is no answer to a question. */
export function commandOf(option: string): Command | undefined {
  return commands.has(option) ? (option as Command) : undefined
}

/** Does what the client commands; `replies` come first. */
export function onCommand(
  world: World,
  state: State,
  command: Command,
  today: string,
  replies: readonly Reply[] = [],
): Turn {
  const saying = (what: Saying, of: State = state) => [...replies, say(world, of, what, today)]
  const calmed: State = { ...state, misses: 0 }
  const stay = (what: Saying): Turn =>
    state.at.kind === 'advised'
      ? stayAtAdvice(calmed, saying(what), afterAdvice(world, calmed, today))
      : show(calmed, saying(what), shownReply(world, state, today))
  switch (command) {
    case 'restart': {
      const fresh = newState(world.knowledge, state.locale, state.preset)
      return show(fresh, saying({ say: 'restart' }), nextReply(world, fresh, today))
    }
    case 'back': {
      if (state.at.kind === 'asking' && state.at.question === 'language') {
        return show(state, replies, nextReply(world, state, today))
      }
      const before = takeBack(state)
      if (!before) return stay({ say: 'back-none' })
      return show(before, saying({ say: 'back' }, before), nextReply(world, before, today))
    }
    case 'next-topic': {
      const next = toNextTopic(world, state, today)
      if (next === undefined) return stay({ say: 'help' })
      const { topic = '' } = next.case.slots
      return show(next, saying({ say: 'next-topic', topic }, next), nextReply(world, next, today))
    }
    case 'why':
      return onWhy(world, state, today, replies)
    case 'human':
    case 'help':
    case 'thanks':
    case 'greeting':
      return stay({ say: command })
    case 'language':
      return show({ ...state, misses: 0 }, replies, askLanguage(world, state, today))
    case 'stop': {
      const ended: State = { ...state, at: { kind: 'ended' }, misses: 0 }
      return { state: ended, replies: saying({ say: 'stop' }), effects: [], end: true }
    }
    case 'forget': {
      const fresh = newState(world.knowledge, state.locale, state.preset)
      return { state: fresh, replies: saying({ say: 'forget' }), effects: ['erase'], end: true }
    }
  }
}

/** Why the question is asked; or on what the advice rests: its sources and the answers. */
function onWhy(world: World, state: State, today: string, replies: readonly Reply[]): Turn {
  const shown = shownReply(world, state, today)
  if (shown.at.kind === 'asking') {
    const { question } = shown.at
    const why = say(world, state, { say: 'why-question', question }, today)
    return show({ ...state, misses: 0 }, [...replies, why], shown)
  }
  const answers: Answer[] = [
    ...Object.entries(state.case.slots).map(([slot, value]) => ({ slot, value })),
    ...Object.entries(state.case.dates).map(([moment, value]) => ({ slot: `dates.${moment}`, value })),
  ]
  const advice = decide(world.knowledge, state.case, today)
  const why = say(world, state, { say: 'why-advice', advice, answers }, today)
  return stayAtAdvice({ ...state, misses: 0 }, [...replies, why], afterAdvice(world, state, today))
}

/**
 * Asks the question of one slot, or of a date (`dates.lodged`), again; the other answers stay, and "back" returns to
 * where the client was. A part goes with its organisation, and a date goes at once: it would outweigh what is answered.
 * Undefined when no question asks for it.
 */
export function onChange(
  world: World,
  state: State,
  slot: string,
  today: string,
  replies: readonly Reply[],
): Turn | undefined {
  const question = questionOf(world, state, slot, today)
  if (question === undefined) return takeOut(world, state, slot, today, replies)
  const open = withAnswer(state, question, without(state.case, slot), state.asked)
  const next = askAnew(world, open, question, today)
  if (!next) return undefined
  return show({ ...open, misses: 0 }, [...replies, say(world, open, { say: 'change-ask' }, today)], next)
}

/** Drops a date that no question of now asks for. */
function takeOut(
  world: World,
  state: State,
  slot: string,
  today: string,
  replies: readonly Reply[],
): Turn | undefined {
  if (!Object.keys(state.case.dates).some((moment) => slot === `dates.${moment}`)) return undefined
  const open = withAnswer(state, '', without(state.case, slot), state.asked)
  return show({ ...open, misses: 0 }, replies, nextReply(world, open, today))
}

function questionOf(world: World, state: State, slot: string, today: string): string | undefined {
  if (slot === 'organisation') return slot
  const asksFor = ({ id, slot: filled, date }: Question) =>
    filled === slot || (date !== undefined && `dates.${termOf(world, state, id, today)?.from}` === slot)
  return world.questions.find(asksFor)?.id
}

function without({ slots, dates }: Case, slot: string): Case {
  const keep = (values: Readonly<Record<string, string>>, gone: string) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => name !== gone))
  return {
    slots: slot === 'organisation' ? keep(slots, 'part') : slots,
    dates: slot.startsWith('dates.') ? keep(dates, slot.replace('dates.', '')) : dates,
  }
}

/** Goes on in another language. */
export function speakIn(
  world: World,
  state: State,
  locale: string,
  today: string,
  replies: readonly Reply[],
): Turn {
  const speaking: State = { ...state, locale, misses: 0 }
  const isAsking = state.at.kind === 'asking' && state.at.question !== 'language'
  const next = isAsking ? shownReply(world, speaking, today) : nextReply(world, speaking, today)
  return show(speaking, [...replies, say(world, speaking, { say: 'language' }, today)], next)
}
