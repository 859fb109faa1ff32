import { unknown } from '../knowledge/vocabulary.ts'
import { acceptFilled } from '../understanding/model-help.ts'
import { type Asked, type Understood, understand } from '../understanding/understand.ts'
import { answerAsked } from './answer-asked.ts'
import { type Filled, fillDate, fillEarlier, fillOption, fillSlots, setsOf } from './fill-case.ts'
import { askAnew, type Next, nextReply, shownReply, termOf } from './next-reply.ts'
import { newNotices, withSafety } from './notices.ts'
import { commandOf, onChange, onCommand, speakIn } from './on-command.ts'
import { type Answer, type Change, type Input, keyOf, type Reply, unsaid } from './reply.ts'
import { say } from './say.ts'
import { newState, type State } from './state.ts'
import { afterAdvice, sayWaiting, withTopics } from './topics.ts'
import { show, stayAtAdvice, type Turn } from './turn.ts'
import type { World } from './world.ts'

/** Inputs that were not understood, in a row, after which a person is named. */
const clarifications = 2

/** "I do not know" in a row after which a person is named. */
const patience = 3

/** A new conversation with its greeting and first question. */
export function begin(world: World, locale: string, organisation: string | undefined, today: string): Turn {
  return respond(world, newState(world.knowledge, locale, organisation), { kind: 'start' }, today)
}

/**
 * One turn of the conversation. Pure: the same state, input and day give the same turn. Safety is looked at first, on
 * every input. Never a dead end: each turn ends with a question, an advice, or how to reach a person.
 *
 * @param today ISO date in the Netherlands
 */
export function respond(world: World, state: State, input: Input | Change, today: string): Turn {
  if (state.at.kind === 'ended') {
    return respond(world, { ...state, at: nextReply(world, state, today).at }, input, today)
  }
  switch (input.kind) {
    case 'start':
      return show(state, [say(world, state, { say: 'greeting' }, today)], shownReply(world, state, today))
    case 'choose':
      return onChoice(world, state, input.option, input.of, today)
    case 'text':
      return onText(world, state, input.text, input.filled, today)
    case 'change':
      return onChange(world, state, input.slot, today, []) ?? show(state, [], shownReply(world, state, today))
  }
}

function onChoice(world: World, state: State, option: string, of: string | undefined, today: string): Turn {
  const locale = localeOf(world, option)
  if (locale !== undefined) return speakIn(world, state, locale, today, [])
  if (of !== undefined && !isShown(world, state, of, today))
    return onOldChoice(world, state, option, of, today)
  const filled = fillOption(world, state, option) ?? fillEarlier(world, state, option)
  if (filled) return goOnWith(world, state, filled, today)
  const command = commandOf(option)
  if (command) return onCommand(world, state, command, today)
  return clarify(world, state, [], today)
}

/** Whether the reply of that key is the one whose options count now: the question, the advice, or a word on the advice. */
function isShown(world: World, state: State, of: string, today: string): boolean {
  if (state.at.kind === 'advised' && of.startsWith('text/')) return true
  return keyOf(shownReply(world, state, today).reply) === of
}

/**
 * A button of a reply from before. Another answer to a question of this conversation changes that answer; what always
 * works is done; anything else is said to be of before, and the conversation goes on where it is.
 */
function onOldChoice(world: World, state: State, option: string, of: string, today: string): Turn {
  const question = of.replace('question/', '')
  const sets = state.asked.includes(question) ? setsOf(world, state, question, option) : undefined
  const isOther = Object.entries(sets ?? {}).some(([slot, value]) => state.case.slots[slot] !== value)
  if (isOther) {
    const asking: State = { ...state, at: { kind: 'asking', question, options: [option] } }
    const filled = fillOption(world, asking, option)
    if (filled) return goOnWith(world, state, filled, today)
  }
  const command = commandOf(option)
  if (command !== undefined && alwaysMeant.has(command)) return onCommand(world, state, command, today)
  if (state.at.kind === 'advised') {
    return stayAtAdvice(
      state,
      [say(world, state, { say: 'old-card-advised' }, today)],
      afterAdvice(world, state, today),
    )
  }
  return show(state, [say(world, state, { say: 'old-card' }, today)], shownReply(world, state, today))
}

/** Commands that mean the same under whatever reply their button stands; "back" and "why" are about that reply. */
const alwaysMeant: ReadonlySet<string> = new Set(['restart', 'human', 'forget', 'language', 'help', 'stop'])

/** Goes on with an answer that a button gave; a changed answer is said back. */
function goOnWith(world: World, before: State, { state, answers }: Filled, today: string): Turn {
  const notices = newNotices(world, before, state, undefined, today)
  const isChange = answers.some(({ slot }) => (before.case.slots[slot] ?? unknown) !== unknown)
  const heard = isChange ? sayBack(world, state, answers, today) : []
  return goOn(world, before, state, [...calm(world, state, notices, today), ...heard], today)
}

/** What a message says to our own reading, at this place in the conversation. */
export function readText(world: World, state: State, text: string, today: string): Understood {
  return understand(world.understander, text, state.locale, askedOf(world, state, today), today)
}

function onText(
  world: World,
  state: State,
  text: string,
  byModel: Readonly<Record<string, string>> | undefined,
  today: string,
): Turn {
  const own = readText(world, state, text, today)
  const understood = { ...own, slots: { ...own.slots, ...acceptFilled(byModel, own) } }
  const heardIn = understood.command === 'language' ? undefined : otherLocale(world, state, understood.spoken)
  const spoken: State = heardIn === undefined ? state : { ...state, locale: heardIn }
  const { state: filled, answers, isAnswered } = fill(world, spoken, understood, today)
  const notices = newNotices(world, state, filled, understood.safety, today)
  const switched = heardIn === undefined ? [] : [say(world, filled, { say: 'language' }, today)]
  const replies = [...calm(world, filled, notices, today), ...switched]
  const obeyed = obey(world, filled, understood, today, replies)
  if (obeyed) return obeyed
  const heard = sayBack(world, filled, answers, today)
  if (understood.asks !== undefined && !isAnswered) {
    const told = [...replies, ...heard, answerAsked(world, filled, understood.asks, text, today)]
    const isStill = filled.at.kind === 'advised' && filled.case === state.case
    if (isStill) return stayAtAdvice({ ...filled, misses: 0 }, told, afterAdvice(world, filled, today))
    return goOn(world, state, filled, told, today)
  }
  if (answers.length > 0) return goOn(world, state, filled, [...replies, ...heard], today)
  if (isAnswered) return goOn(world, state, filled, replies, today)
  if (understood.ambiguous && understood.ambiguous.length > 0) {
    return askWhich(world, filled, understood.ambiguous, today, replies)
  }
  if (notices.length > 0) return goOn(world, state, filled, replies, today)
  if (understood.command === 'greeting') return onCommand(world, filled, 'greeting', today, replies)
  return clarify(world, filled, replies, today)
}

/** All that a message tells, in the case: safety, a date, an option, and whatever other slots it fills. */
function fill(
  world: World,
  state: State,
  understood: Understood,
  today: string,
): Filled & { readonly isAnswered: boolean } {
  const safe = withSafety(state, understood.safety)
  const { date, option } = understood
  const answer =
    (date === undefined ? undefined : fillDate(world, safe, date, today)) ??
    (option === undefined ? undefined : fillOption(world, safe, option))
  const chosen =
    option !== undefined && safe.at.kind === 'asking' ? setsOf(world, safe, safe.at.question, option) : {}
  const told = withoutAnswered(understood)
  const [topic] = understood.topics ?? []
  const isOpen = topic !== undefined && told.topic === undefined && chosen?.topic === undefined
  const slots = isOpen ? { ...told, topic } : told
  const before = isOpen ? withTopics(answer?.state ?? safe, understood.topics ?? []) : (answer?.state ?? safe)
  const more = fillSlots(world, before, slots, Object.keys(chosen ?? {}))
  return {
    state: more.state,
    answers: [...(answer?.answers ?? []), ...more.answers],
    isAnswered: answer !== undefined,
  }
}

/** The slots, without the wish to know something that is answered at once: what else the client wishes is open. */
function withoutAnswered({ asks, slots }: Understood): Understood['slots'] {
  if (asks === undefined || slots.wish !== 'information') return slots
  return Object.fromEntries(Object.entries(slots).filter(([slot]) => slot !== 'wish'))
}

/** The turn that a command in a message asks for; a greeting is none while something else was said. */
function obey(
  world: World,
  state: State,
  understood: Understood,
  today: string,
  replies: readonly Reply[],
): Turn | undefined {
  const { command, language, option, change } = understood
  const chosen = option === undefined ? undefined : localeOf(world, option)
  const locale = command === 'language' ? language : chosen
  if (locale !== undefined) return speakIn(world, state, locale, today, replies)
  if (command !== undefined && command !== 'greeting') return onCommand(world, state, command, today, replies)
  const pressed = state.at.kind === 'advised' && option !== undefined ? commandOf(option) : undefined
  if (pressed) return onCommand(world, state, pressed, today, replies)
  return change === undefined ? undefined : onChange(world, state, change, today, replies)
}

/** The turn after an answer: the next question, or the advice. */
function goOn(world: World, before: State, state: State, replies: readonly Reply[], today: string): Turn {
  const next = nextReply(world, state, today)
  const waiting = next.at.kind === 'advised' ? sayWaiting(world, state, today) : []
  const tired = state.unsure > before.unsure && state.unsure % patience === 0 && next.at.kind === 'asking'
  const offer = tired ? [say(world, state, { say: 'offer-person' }, today)] : []
  return show({ ...state, misses: 0 }, [...replies, ...offer, ...waiting], next)
}

/** Not understood. Twice in a row it is asked again in other words; from the third time on a person is named. */
function clarify(world: World, state: State, given: readonly Reply[], today: string): Turn {
  // Somebody in danger who is not understood sees the numbers again, every time.
  const { safety } = state.case.slots
  const notices =
    safety === undefined || safety === unknown ? [] : newNotices(world, state, state, safety, today)
  const replies = [
    ...given,
    ...notices.filter((notice) => !given.some((one) => keyOf(one) === keyOf(notice))),
  ]
  const isNaming = state.at.kind === 'asking' && state.at.question === 'organisation'
  const words = isNaming ? ('clarify-organisation' as const) : ('clarify-first' as const)
  const saying = ([words, 'clarify-second'] as const)[state.misses] ?? ('clarify-person' as const)
  const missed: State = { ...state, misses: Math.min(state.misses + 1, clarifications) }
  const said = [...replies, say(world, state, { say: saying }, today)]
  if (state.at.kind === 'advised') return stayAtAdvice(missed, said, afterAdvice(world, missed, today))
  return show(missed, said, askedInFull(world, state, today))
}

/** Several options fit: asks which of them is meant. */
function askWhich(
  world: World,
  state: State,
  options: readonly string[],
  today: string,
  replies: readonly Reply[],
): Turn {
  const shown = shownReply(world, state, today)
  if (shown.at.kind !== 'asking' || shown.reply.kind !== 'question' || state.misses >= clarifications) {
    return clarify(world, state, replies, today)
  }
  const few = [...options, unknown]
  const next: Next = { at: { ...shown.at, options: few }, reply: { ...shown.reply, options: few } }
  const missed: State = { ...state, misses: state.misses + 1 }
  return show(missed, [...replies, say(world, state, { say: 'clarify-which' }, today)], next)
}

/** What is being asked, with all its options again where only a few were shown. */
function askedInFull(world: World, state: State, today: string): Next {
  const next = nextReply(world, state, today)
  if (state.at.kind !== 'asking' || state.at.question === 'language') return next
  if (next.at.kind === 'asking' && next.at.question === state.at.question) return next
  return askAnew(world, state, state.at.question, today) ?? next
}

/** What the client is being asked, for understanding the answer: the options as they are shown. */
function askedOf(world: World, state: State, today: string): Asked | undefined {
  const { at, locale } = state
  const { organisation = unknown } = state.case.slots
  const question = at.kind === 'asking' ? at.question : 'advice'
  const ids = at.kind === 'asking' ? at.options : afterAdvice(world, state, today)
  const term = termOf(world, state, question, today)
  const slot = world.questions.find(({ id }) => id === question)?.slot
  return {
    question,
    ...(slot !== undefined && { slot }),
    options: ids.map((id) => {
      const sets = setsOf(world, state, question, id)
      return { id, label: world.labelOf(locale, organisation, question, id, term), ...(sets && { sets }) }
    }),
    expectsDate: term !== undefined,
  }
}

/** After notices it is said that the conversation goes on. */
function calm(world: World, state: State, notices: readonly Reply[], today: string): readonly Reply[] {
  return notices.length === 0 ? [] : [...notices, say(world, state, { say: 'go-on' }, today)]
}

/** The language in which somebody clearly wrote, when it is another one that the guide speaks. */
function otherLocale(world: World, state: State, spoken: string | undefined): string | undefined {
  if (spoken === undefined || !world.locales.includes(spoken)) return undefined
  // Simple Dutch is Dutch.
  const isSame = spoken === state.locale || state.locale.startsWith(`${spoken}-`)
  return isSame ? undefined : spoken
}

/** The locale that a button of the language question stands for. */
function localeOf(world: World, option: string): string | undefined {
  return world.locales.find((locale) => option === `language-${locale}`)
}

/** What was understood, said back so that it can be corrected; nothing where there are no words for it. */
function sayBack(world: World, state: State, answers: readonly Answer[], today: string): readonly Reply[] {
  const said = unique(answers).filter(({ slot, value }) => !unsaid.has(slot) && value !== unknown)
  return said.length === 0 ? [] : [say(world, state, { say: 'understood', answers: said }, today)]
}

function unique(answers: readonly Answer[]): readonly Answer[] {
  return answers.filter((answer, at) => answers.findIndex((other) => other.slot === answer.slot) === at)
}
