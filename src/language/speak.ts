import type { TFunction } from 'i18next'
import { type Answer, keyOf, type Reply } from '../conversation/reply.ts'
import { bodyOf } from '../knowledge/body-of.ts'
import type { Knowledge, Organisation } from '../knowledge/knowledge.ts'
import { generalHelp, organisationOf } from '../knowledge/knowledge.ts'
import { labelOf } from './label.ts'
import { reachPerson } from './reach-person.ts'
import { showDate } from './show-date.ts'
import { showPhone } from './show-phone.ts'
import { showSources, showValue, speakAdvice } from './speak-advice.ts'
import type { Speech } from './texts.ts'

/** One reply in words, ready for any channel. */
export type SpokenReply = {
  readonly kind: 'question' | 'advice' | 'notice' | 'text' | 'form'
  /** Names the reply whatever its words: `question/wish`, `advice/jeugdstem`, `notice/113`, `text/greeting`. */
  readonly key: string
  readonly text: string
  readonly options: readonly { readonly id: string; readonly label: string }[]
  readonly advice?: unknown
}

/** Puts a reply into words. */
export function speak(reply: Reply, locale: string, knowledge: Knowledge, speech: Speech): SpokenReply {
  const t = speech.of(locale)
  const organisation = organisationOf(knowledge, reply.organisation)
  const options = (ids: readonly string[], question: string) =>
    ids.map((id) => ({ id, label: labelOf(t, knowledge, organisation, question, id, termOf(reply)) }))
  switch (reply.kind) {
    case 'notice':
      return {
        kind: 'notice',
        key: keyOf(reply),
        text: speakNotice(t, organisation, reply.notice),
        options: [],
      }
    case 'question':
      return {
        kind: 'question',
        key: keyOf(reply),
        text: speakQuestion(t, organisation, reply),
        options: options(reply.options, reply.question),
      }
    case 'advice':
      return {
        kind: 'advice',
        key: keyOf(reply),
        text: speakAdvice(t, locale, knowledge, organisation, reply),
        options: options(reply.options, 'advice'),
        advice: reply.advice,
      }
    case 'text':
      return {
        kind: 'text',
        key: keyOf(reply),
        text: speakText(t, locale, knowledge, organisation, reply),
        options: options(reply.options ?? [], 'advice'),
      }
  }
}

/** What to say when a turn failed: what to do next, and a telephone number. */
export function speakApology(
  locale: string,
  knowledge: Knowledge,
  organisation: string,
  speech: Speech,
): SpokenReply {
  const t = speech.of(locale)
  const person = reachPerson(knowledge, organisationOf(knowledge, organisation), false)
  const text = t('apology.text', { body: person.phoneBody, phone: showPhone(person.phone) })
  return { kind: 'text', key: 'text/apology', text, options: [] }
}

type Question = Extract<Reply, { kind: 'question' }>
type Text = Extract<Reply, { kind: 'text' }>

function termOf(reply: Reply): Question['term'] {
  return reply.kind === 'question' ? reply.term : undefined
}

type QuestionKey = Exclude<keyof Texts['question'], 'unknown' | 'hint' | 'talk'>
type Texts = import('./texts.ts').Texts

function speakQuestion(t: TFunction, organisation: Organisation, reply: Question): string {
  if (reply.question === 'language') return t('command.languageAsk')
  const moment = t(
    `question.late.moment.${(reply.term?.from ?? 'lodged') as keyof Texts['question']['late']['moment']}`,
  )
  const ask = t(`question.${reply.question as QuestionKey}.ask`, { organisation: organisation.name, moment })
  return reply.options.length > fewOptions ? `${ask}\n\n${t('question.hint')}` : ask
}

/** More options than this are many to take in: it is said that typing works too. */
const fewOptions = 5

function speakNotice(t: TFunction, organisation: Organisation, notice: string): string {
  const { contacts } = bodyOf(organisation, notice)
  const shown = (kind: 'phone' | 'chat') =>
    showValue({ kind, value: contacts.find((contact) => contact.kind === kind)?.value ?? '' })
  return t(`notice.${notice as '113'}`, { phone: shown('phone'), chat: shown('chat') })
}

function speakText(
  t: TFunction,
  locale: string,
  knowledge: Knowledge,
  organisation: Organisation,
  reply: Text,
): string {
  switch (reply.say) {
    case 'greeting':
      return speakGreeting(t, knowledge, organisation, reply)
    case 'understood':
      return t('understood.said', { list: sayAnswers(t, locale, knowledge, organisation, reply.answers) })
    case 'clarify-first':
      return t('clarify.first')
    case 'clarify-second':
      return t('clarify.second')
    case 'clarify-which':
      return t('clarify.which')
    case 'clarify-organisation':
      return t('clarify.organisation')
    case 'offer-person':
      return sayPerson(t, knowledge, organisation, reply.staff, 'offer')
    case 'clarify-person': {
      const person = reachPerson(knowledge, organisation, reply.staff)
      return t('clarify.person', { body: person.phoneBody, phone: showPhone(person.phone) })
    }
    case 'human':
      return `${sayPerson(t, knowledge, organisation, reply.staff, 'command')} ${t('command.goOn')}`
    case 'why-question':
      return t('command.why', {
        why: t(`question.${reply.question as QuestionKey}.why`, { organisation: organisation.name }),
      })
    case 'why-advice': {
      const told = sayAnswers(t, locale, knowledge, organisation, reply.answers)
      return [
        t('command.whyAdvice', { sources: showSources(t, organisation, reply.advice) }),
        told ? t('command.whyAnswers', { answers: told }) : t('command.whyNothing'),
        t('command.whyChange'),
      ].join('\n')
    }
    case 'stop':
      return t('command.stop', { person: sayPerson(t, knowledge, organisation, reply.staff, 'greeting') })
    case 'renewed':
      return t('state.renewed')
    case 'back-none':
      return t('command.backNone')
    case 'change-ask':
      return t('command.changeAsk')
    case 'go-on':
      return t('notice.goOn')
    case 'restart':
    case 'back':
    case 'forget':
    case 'help':
    case 'language':
    case 'thanks':
      return t(`command.${reply.say}`)
  }
}

function speakGreeting(t: TFunction, knowledge: Knowledge, organisation: Organisation, reply: Text): string {
  const known = organisation.id !== generalHelp
  return [
    t('greeting.computer'),
    t('greeting.can'),
    ...(known ? [t('greeting.organisation', { organisation: organisation.name })] : []),
    sayPerson(t, knowledge, organisation, reply.staff, 'greeting'),
    t('greeting.danger'),
    t('greeting.language'),
  ].join('\n')
}

function sayPerson(
  t: TFunction,
  knowledge: Knowledge,
  organisation: Organisation,
  staff: boolean,
  place: 'greeting' | 'command' | 'offer',
): string {
  const person = reachPerson(knowledge, organisation, staff)
  const phone = showPhone(person.phone)
  const keys = {
    greeting: ['greeting.person', 'greeting.personMail'],
    command: ['command.human', 'command.humanMail'],
    offer: ['command.offer', 'command.offerMail'],
  } as const
  const [byPhone, byMail] = keys[place]
  if (person.email === undefined) return t(byPhone, { body: person.phoneBody, phone })
  return t(byMail, { body: person.body, email: person.email, national: person.phoneBody, phone })
}

function sayAnswers(
  t: TFunction,
  locale: string,
  knowledge: Knowledge,
  organisation: Organisation,
  answers: readonly Answer[],
): string {
  const said = answers.flatMap(({ slot, value }) => {
    if (slot.startsWith('dates.')) return showDate(value, locale)
    const label = sayAnswer(t, knowledge, organisation, slot, value)
    return label === undefined ? [] : `“${label}”`
  })
  return [...new Set(said)].join(', ')
}

function sayAnswer(
  t: TFunction,
  knowledge: Knowledge,
  organisation: Organisation,
  slot: string,
  value: string,
): string | undefined {
  if (value === 'unknown' || unsaid.has(slot)) return undefined
  if (slot === 'organisation') return knowledge.organisations[value]?.name
  if (slot === 'part') return organisation.parts.find((part) => part.id === value)?.name
  const said = t(`said.${slot}.${value}` as 'said.minor.true', { defaultValue: '' })
  if (said !== '') return said
  const yes = slot === 'direct' && value === 'false' ? 'rather-not' : (yesNo[value] ?? value)
  return labelOf(t, knowledge, organisation, slot, yes, undefined)
}

/** Slots that are not said back: signs of danger, and answers that have no words without their term. */
const unsaid: ReadonlySet<string> = new Set(['safety', 'fear', 'late', 'overdue'])

const yesNo: Readonly<Record<string, string>> = { true: 'yes', false: 'no' }
