import { optionsOf } from '../dialog/compile-tree.ts'
import { rest } from '../dialog/tree.ts'
import { organisationOf } from '../knowledge/knowledge.ts'
import { type Case, unknown } from '../knowledge/vocabulary.ts'
import { decide, findSupplements } from '../routing/decide.ts'
import { derive } from '../routing/derive.ts'
import { type Asked, type Understood, understand } from '../understanding/understand.ts'
import { askAgain, type Next, nextReply, termOf } from './next-reply.ts'
import type { Answer, Input, Reply, Saying } from './reply.ts'
import { newState, type State, withoutStep } from './state.ts'
import type { World } from './world.ts'

/** What has to happen outside besides showing the replies. `erase`: forget all that is stored. */
export type Effect = 'erase'

export type Turn = {
  readonly state: State
  readonly replies: readonly Reply[]
  readonly effects: readonly Effect[]
  /** True when nothing is being asked: the advice was given, or the client stopped. Input stays welcome. */
  readonly end: boolean
}

/** Inputs that were not understood, in a row, after which a person is named. */
const clarifications = 2

/** "I do not know" in a row after which a person is named. */
const patience = 3

/**
 * One turn of the conversation. Pure: the same state, input and day give the same turn. Safety is looked at first, on
 * every input. Never a dead end: each turn ends with a question, an advice, or how to reach a person.
 *
 * @param today ISO date in the Netherlands
 */
export function respond(world: World, state: State, input: Input, today: string): Turn {
  if (state.at.kind === 'ended')
    return respond(world, { ...state, at: nextReply(world, state, today).at }, input, today)
  if (input.kind === 'start') return goOn(world, state, [say(state, { say: 'greeting' })], today)
  if (input.kind === 'choose') return onChoice(world, state, input.option, today)
  return onText(world, state, input.text, today)
}

/** A new conversation with its greeting and first question. */
export function begin(world: World, locale: string, organisation: string | undefined, today: string): Turn {
  return respond(world, newState(world.knowledge, locale, organisation), { kind: 'start' }, today)
}

/** What to say after a state of an older version or older knowledge was carried over. */
export function renewed(state: State): Reply {
  return say(state, { say: 'renewed' })
}

function onChoice(world: World, state: State, option: string, today: string): Turn {
  const command = commandOf(option)
  if (command) return onCommand(world, state, command, today)
  const language = /^language-(.+)$/.exec(option)?.[1]
  if (language !== undefined && world.locales.includes(language))
    return speakIn(world, state, language, today)
  const told = tell(world, state, option, today)
  if (!told) return clarify(world, state, [], today)
  const { safety } = told.case.slots
  const frightening = safety !== state.case.slots.safety && safety !== unknown
  return goOn(world, told, frightening ? noticesOf(world, told, {}, today) : [], today)
}

function onText(world: World, state: State, text: string, today: string): Turn {
  const current = placeOf(world, state, today)
  const asked = askedOf(world, state, current)
  const understood = understand(world.understander, text, state.locale, asked, today)
  const safe = withSafety(world, state, understood, today)
  const replies = safe.notices
  if (understood.command === 'language' && understood.language) {
    return speakIn(world, safe.state, understood.language, today, replies)
  }
  if (understood.command && understood.command !== 'greeting') {
    return onCommand(world, safe.state, understood.command, today, replies)
  }
  if (understood.change) return onChange(world, safe.state, understood.change, today, replies)
  const dated =
    understood.date === undefined ? undefined : withDate(world, safe.state, understood.date, today)
  if (dated) return goOn(world, dated, replies, today)
  const chosen =
    understood.option === undefined ? undefined : tell(world, safe.state, understood.option, today)
  const { state: filled, answers } = withSlots(world, chosen ?? safe.state, understood, chosen !== undefined)
  const told = chosen ? [...answersOf(world, safe.state, current, understood.option), ...answers] : answers
  if (told.length > 0) {
    const heard = say(filled, { say: 'understood', answers: unique(told) })
    return goOn(world, filled, [...replies, heard], today)
  }
  if (understood.ambiguous && understood.ambiguous.length > 1) {
    return which(world, safe.state, understood.ambiguous, current, today, replies)
  }
  if (chosen) return goOn(world, filled, replies, today)
  if (replies.length > 0) return goOn(world, safe.state, replies, today)
  if (understood.command === 'greeting')
    return goOn(world, safe.state, [say(state, { say: 'greeting' })], today)
  return clarify(world, safe.state, replies, today)
}

/** The turn that shows what comes next, after the replies given. */
function goOn(world: World, state: State, replies: readonly Reply[], today: string): Turn {
  const next = nextReply(world, state, today)
  const patient = state.unsure > 0 && state.unsure % patience === 0 && next.at.kind === 'asking'
  return show({ ...state, misses: 0 }, patient ? [...replies, say(state, { say: 'human' })] : replies, next)
}

function show(state: State, replies: readonly Reply[], next: Next): Turn {
  return {
    state: { ...state, at: next.at },
    replies: [...replies, next.reply],
    effects: [],
    end: next.at.kind !== 'asking',
  }
}

/** Not understood. Twice in a row it is asked again in other words; from the third time on a person is named. */
function clarify(world: World, state: State, replies: readonly Reply[], today: string): Turn {
  const saying = (['clarify-first', 'clarify-second'] as const)[state.misses] ?? ('clarify-person' as const)
  const missed: State = { ...state, misses: Math.min(state.misses + 1, clarifications) }
  return show(missed, [...replies, say(state, { say: saying })], placeOf(world, state, today))
}

function which(
  world: World,
  state: State,
  options: readonly string[],
  current: Next,
  today: string,
  replies: readonly Reply[],
): Turn {
  if (current.reply.kind !== 'question' || state.misses >= clarifications)
    return clarify(world, state, replies, today)
  const reply: Reply = { ...current.reply, options: [...options, unknown] }
  const missed: State = { ...state, misses: state.misses + 1 }
  return show(missed, [...replies, say(state, { say: 'clarify-which' })], { at: current.at, reply })
}

/** What is being asked now: the question of the state when it was asked anew, else what follows from the answers. */
function placeOf(world: World, state: State, today: string): Next {
  const next = nextReply(world, state, today)
  if (state.at.kind !== 'asking') return next
  if (next.at.kind === 'asking' && next.at.question === state.at.question) return next
  return askAgain(world, state, state.at.question, today) ?? next
}

function askedOf(world: World, state: State, current: Next): Asked | undefined {
  if (current.reply.kind !== 'question') return undefined
  const { question, options, organisation, term } = current.reply
  return {
    question,
    options: options.map((id) => ({ id, label: world.labelOf(state.locale, organisation, question, id) })),
    expectsDate: term !== undefined,
  }
}

/** The state with the answer of an option to the question being asked; undefined when it is no answer to it. */
function tell(world: World, state: State, option: string, today: string): State | undefined {
  const current = placeOf(world, state, today)
  if (current.at.kind !== 'asking') return undefined
  const sets = setsOf(world, state, current.at.question, option)
  if (!sets) return undefined
  const slots = { ...state.case.slots, ...sets }
  if (sets.organisation !== undefined) forgetOrganisation(slots, state.case, sets.organisation)
  const step = { question: current.at.question, slots: Object.keys(sets), dates: [] }
  return {
    ...state,
    case: { ...state.case, slots },
    steps: [...state.steps, step],
    unsure: option === unknown ? state.unsure + 1 : 0,
  }
}

/** What an option tells, as slots. */
function setsOf(
  world: World,
  state: State,
  questionId: string,
  option: string,
): Readonly<Record<string, string>> | undefined {
  if (questionId === 'organisation') {
    if (option === 'talk') return { wish: 'talk' }
    if (option === 'other' || option === unknown) return { organisation: unknown }
    return world.knowledge.organisations[option] ? { organisation: option } : undefined
  }
  const question = world.questions.find((candidate) => candidate.id === questionId)
  if (!question) return undefined
  if (option === unknown || option === rest) return { [question.slot]: unknown }
  const organisation = organisationOf(world.knowledge, state.case.slots.organisation)
  const options = optionsOf(question, organisation)
  const named =
    options.find(({ id }) => id === option) ?? options.find(({ sets }) => sets[question.slot] === option)
  return named?.sets
}

/** Parts, bodies and questions of its own mean nothing at another organisation. */
function forgetOrganisation(slots: Record<string, string>, before: Case, organisation: string): void {
  if (before.slots.organisation === organisation) return
  for (const slot of ['part', 'decidedBy', 'late', 'overdue']) delete slots[slot]
}

/** Slots that the words fill; an earlier answer is corrected, the answer just chosen is kept. */
function withSlots(
  world: World,
  state: State,
  understood: Understood,
  answered: boolean,
): { state: State; answers: readonly Answer[] } {
  const before = state.case.slots
  const kept = answered ? (state.steps.at(-1)?.slots ?? []) : []
  const fresh = Object.entries(understood.slots).filter(
    ([slot, value]) => !kept.includes(slot) && isSensible(world, understood.slots, before, slot, value),
  )
  if (fresh.length === 0) return { state, answers: [] }
  const slots: Record<string, string> = { ...before }
  const named = understood.slots.organisation
  if (named !== undefined) forgetOrganisation(slots, state.case, named)
  for (const [slot, value] of fresh) slots[slot] = value
  const changed = fresh.filter(([slot, value]) => before[slot] !== value)
  const step = {
    question: answeredBy(world, state, changed),
    slots: changed.map(([slot]) => slot),
    dates: [],
  }
  return {
    state: {
      ...state,
      case: { ...state.case, slots },
      steps: changed.length > 0 ? [...state.steps, step] : state.steps,
      unsure: 0,
    },
    answers: fresh.map(([slot, value]) => ({ slot, value })),
  }
}

/** The question being asked, when one of the answers is an answer to it. */
function answeredBy(world: World, state: State, changed: readonly (readonly [string, string])[]): string {
  if (state.at.kind !== 'asking') return ''
  const { question: id } = state.at
  const slot = world.questions.find((candidate) => candidate.id === id)?.slot ?? id
  return changed.some(([filled]) => filled === slot) ? id : ''
}

function isSensible(
  world: World,
  said: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
  slot: string,
  value: string,
): boolean {
  const organisation = organisationOf(world.knowledge, said.organisation ?? before.organisation)
  if (slot === 'organisation') return value === unknown || world.knowledge.organisations[value] !== undefined
  if (slot === 'part') return organisation.parts.some((part) => part.id === value)
  if (slot === 'decidedBy') return organisation.bodies[value] !== undefined
  return true
}

/** Safety is kept, because it decides where nobody is sent; its notices come before anything else. */
function withSafety(
  world: World,
  state: State,
  understood: Understood,
  today: string,
): { state: State; notices: readonly Reply[] } {
  if (understood.safety === undefined) return { state, notices: [] }
  const slots = { ...state.case.slots, safety: understood.safety }
  const safe: State = { ...state, case: { ...state.case, slots } }
  return { state: safe, notices: noticesOf(world, safe, understood.slots, today) }
}

function noticesOf(
  world: World,
  state: State,
  said: Readonly<Record<string, string>>,
  today: string,
): readonly Reply[] {
  const organisation = organisationOf(world.knowledge, state.case.slots.organisation)
  const given: Case = { ...state.case, slots: { ...said, ...state.case.slots } }
  const slots = derive(given, organisation, { date: today, holidays: world.knowledge.holidays })
  const notices = new Set(findSupplements(organisation, slots).flatMap((supplement) => supplement.notices))
  const replies = [...notices].map((notice) => ({
    kind: 'notice' as const,
    organisation: organisation.id,
    notice,
  }))
  return replies.length === 0 ? [] : [...replies, say(state, { say: 'go-on' })]
}

/** The day typed in answer to a question about time. A day still to come is no answer. */
function withDate(world: World, state: State, date: string, today: string): State | undefined {
  if (date > today || state.at.kind !== 'asking') return undefined
  const { question: id } = state.at
  const question = world.questions.find((candidate) => candidate.id === id)
  if (!question) return undefined
  const organisation = organisationOf(world.knowledge, state.case.slots.organisation)
  const slots = derive(state.case, organisation, { date: today, holidays: world.knowledge.holidays })
  const moment = termOf(question, organisation, slots)?.from
  if (moment === undefined) return undefined
  const step = { question: id, slots: [], dates: [moment] }
  const dates = { ...state.case.dates, [moment]: date }
  return { ...state, case: { ...state.case, dates }, steps: [...state.steps, step], unsure: 0 }
}

type Command = NonNullable<Understood['command']>

const choosable: readonly string[] = ['restart', 'back', 'stop', 'human', 'language', 'forget', 'why', 'help']

function commandOf(option: string): Command | undefined {
  return choosable.includes(option) ? (option as Command) : undefined
}

function onCommand(
  world: World,
  state: State,
  command: Command,
  today: string,
  replies: readonly Reply[] = [],
): Turn {
  const stay = (saying: Saying): Turn => {
    const shown = [...replies, say(state, saying)]
    return show({ ...state, misses: 0 }, shown, placeOf(world, state, today))
  }
  switch (command) {
    case 'restart': {
      const organisation = state.case.slots.organisation
      const fresh = newState(world.knowledge, state.locale, presetOf(state) ? organisation : undefined)
      return goOn(world, fresh, [...replies, say(state, { say: 'restart' })], today)
    }
    case 'back':
      return onBack(world, state, today, replies)
    case 'why':
      return onWhy(world, state, today, replies)
    case 'human':
      return stay({ say: 'human' })
    case 'help':
      return stay({ say: 'help' })
    case 'thanks':
      return stay({ say: 'thanks' })
    case 'greeting':
      return stay({ say: 'greeting' })
    case 'language': {
      const options = world.locales.map((locale) => `language-${locale}`)
      const organisation = state.case.slots.organisation ?? unknown
      const question: Reply = { kind: 'question', organisation, question: 'language', options }
      return { state, replies: [...replies, question], effects: [], end: false }
    }
    case 'stop': {
      const ended: State = { ...state, at: { kind: 'ended' }, misses: 0 }
      return { state: ended, replies: [...replies, say(state, { say: 'stop' })], effects: [], end: true }
    }
    case 'forget': {
      const organisation = presetOf(state) ? state.case.slots.organisation : undefined
      const fresh: State = { ...newState(world.knowledge, state.locale, organisation), at: { kind: 'ended' } }
      const told = [...replies, say(state, { say: 'forget' })]
      return { state: fresh, replies: told, effects: ['erase'], end: true }
    }
  }
}

/** Whether the organisation came with the place where the bot stands, and was not told by the client. */
function presetOf(state: State): boolean {
  return (
    state.case.slots.organisation !== undefined &&
    !state.steps.some((step) => step.slots.includes('organisation'))
  )
}

function onBack(world: World, state: State, today: string, replies: readonly Reply[]): Turn {
  const last = state.steps.at(-1)
  if (!last) {
    return show(
      { ...state, misses: 0 },
      [...replies, say(state, { say: 'back-none' })],
      nextReply(world, state, today),
    )
  }
  const before: State = {
    ...state,
    case: withoutStep(state.case, last),
    steps: state.steps.slice(0, -1),
    misses: 0,
    unsure: 0,
  }
  return show(before, [...replies, say(before, { say: 'back' })], nextReply(world, before, today))
}

function onWhy(world: World, state: State, today: string, replies: readonly Reply[]): Turn {
  const current = placeOf(world, state, today)
  if (current.reply.kind === 'question') {
    const why = say(state, { say: 'why-question', question: current.reply.question })
    return show({ ...state, misses: 0 }, [...replies, why], current)
  }
  const answers = Object.entries(state.case.slots).map(([slot, value]) => ({ slot, value }))
  const dates = Object.entries(state.case.dates).map(([moment, value]) => ({
    slot: `dates.${moment}`,
    value,
  }))
  const advice = decide(world.knowledge, state.case, today)
  const why = say(state, { say: 'why-advice', advice, answers: [...answers, ...dates] })
  return {
    state: { ...state, misses: 0, at: current.at },
    replies: [...replies, why],
    effects: [],
    end: true,
  }
}

/** Asks one question again; the other answers stay. */
function onChange(world: World, state: State, slot: string, today: string, replies: readonly Reply[]): Turn {
  const question =
    slot === 'organisation' ? slot : world.questions.find((candidate) => candidate.slot === slot)?.id
  const next = question === undefined ? undefined : askAgain(world, state, question, today)
  if (!next) return clarify(world, state, replies, today)
  return show({ ...state, misses: 0 }, [...replies, say(state, { say: 'change-ask' })], next)
}

function speakIn(
  world: World,
  state: State,
  locale: string,
  today: string,
  replies: readonly Reply[] = [],
): Turn {
  const speaking: State = { ...state, locale, misses: 0 }
  return show(speaking, [...replies, say(speaking, { say: 'language' })], placeOf(world, speaking, today))
}

/** What choosing an option told, to be said back. */
function answersOf(world: World, state: State, current: Next, option: string | undefined): readonly Answer[] {
  if (option === undefined || option === unknown || option === rest || current.at.kind !== 'asking') return []
  const sets = setsOf(world, state, current.at.question, option) ?? {}
  const [first] = Object.entries(sets).filter(([, value]) => value !== unknown)
  return first ? [{ slot: first[0], value: first[1] }] : []
}

function unique(answers: readonly Answer[]): readonly Answer[] {
  return answers.filter((answer, at) => answers.findIndex((other) => other.slot === answer.slot) === at)
}

function say(state: State, saying: Saying): Reply {
  const { organisation = unknown, role, domain } = state.case.slots
  return { kind: 'text', organisation, staff: role === 'employee' || domain === 'workplace', ...saying }
}
