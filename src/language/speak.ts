import type { TFunction } from 'i18next'
import { type Answer, keyOf, type Reply, unsaid } from '../conversation/reply.ts'
import { bodyOf } from '../knowledge/body-of.ts'
import type { Knowledge, Organisation } from '../knowledge/knowledge.ts'
import { generalHelp, organisationOf } from '../knowledge/knowledge.ts'
import { labelOf } from './label.ts'
import { callTo, linkOf, mailTo } from './link-of.ts'
import { type Link, type Part, textOf } from './parts.ts'
import { reachPerson } from './reach-person.ts'
import { sayAsk } from './say-ask.ts'
import { sayPhone } from './say-hours.ts'
import type { Setting } from './setting.ts'
import { showDate } from './show-date.ts'
import { showSources } from './show-sources.ts'
import { type SpokenDate, speakAdvice, speakDates } from './speak-advice.ts'
import { speakBody } from './speak-body.ts'
import { showValue } from './speak-contact.ts'
import { speakTermsOf } from './speak-term.ts'

/** One thing to choose. `id` is stable, `label` is what the client reads. */
export type SpokenOption = { readonly id: string; readonly label: string }

/** One reply in words, ready for any channel. */
export type SpokenReply = {
  readonly kind: 'question' | 'advice' | 'notice' | 'text' | 'form'
  /** Names the reply whatever its words: `question/wish`, `advice/jeugdstem`, `notice/113`, `text/greeting`. */
  readonly key: string
  /** All that is said. `parts` and `links` say nothing that is not in it. */
  readonly text: string
  readonly options: readonly SpokenOption[]
  /** Commands to offer less prominently, where a channel can. */
  readonly aside?: readonly SpokenOption[]
  /** Numbers, addresses and pages in the text, to press. */
  readonly links?: readonly Link[]
  /** Of a long reply: its text in parts. */
  readonly parts?: readonly Part[]
  /** Of a question: why it is asked, to unfold. */
  readonly why?: { readonly heading: string; readonly text: string }
  /** What stands in the place of the options when they count no more: the one chosen, by id, or words of the client. */
  readonly closing?: { readonly chosen: Readonly<Record<string, string>>; readonly passed: string }
  /** After a sign of danger: what to press to see the replies that follow, which can wait. */
  readonly unfolds?: string
  /** Heading of the fold that holds the sources of an advice. */
  readonly sourcesHeading?: string
  /** Of an advice: days that count, for a calendar. */
  readonly dates?: readonly SpokenDate[]
  readonly advice?: unknown
}

/** Puts a reply into words. */
export function speak(reply: Reply, setting: Setting): SpokenReply {
  const { locale, knowledge, speech } = setting
  const t = speech.of(locale)
  const organisation = organisationOf(knowledge, reply.organisation)
  const key = keyOf(reply)
  const options = (ids: readonly string[], question: string) =>
    ids.map((id) => ({ id, label: labelOf(t, knowledge, organisation, question, id, termOf(reply)) }))
  switch (reply.kind) {
    case 'notice':
      return { kind: 'notice', key, ...speakNotice(t, organisation, reply.notice), options: [] }
    case 'question': {
      const offered = options(reply.options, reply.question)
      const isFirst = reply.question === 'organisation'
      const aside = options(isFirst ? ['human'] : ['back', 'human'], 'advice')
      return {
        kind: 'question',
        key,
        text: speakQuestion(t, setting, organisation, reply),
        options: offered,
        ...(reply.question !== 'language' && {
          why: { heading: t('card.why'), text: sayWhy(t, organisation, reply.question) },
        }),
        aside,
        closing: sayClosing(t, [...offered, ...aside]),
      }
    }
    case 'advice': {
      const parts = speakAdvice(setting, organisation, reply)
      return {
        kind: 'advice',
        key,
        text: textOf(parts),
        options: options(reply.options, 'advice'),
        parts,
        sourcesHeading: t('card.sources'),
        dates: speakDates(setting, organisation, reply.advice),
        advice: reply.advice,
      }
    }
    case 'text': {
      const offered = options(reply.options ?? [], 'advice')
      const parts = partsOf(setting, organisation, reply)
      return {
        kind: 'text',
        key,
        ...(parts === undefined
          ? {
              text: speakText(setting, organisation, reply),
              links: linksOf(setting, organisation, reply),
            }
          : { text: textOf(parts), parts, sourcesHeading: t('card.sources') }),
        options: offered,
        ...(offered.length > 0 && { closing: sayClosing(t, offered) }),
        ...(reply.say === 'go-on' && { unfolds: t('card.goOn') }),
      }
    }
  }
}

type Question = Extract<Reply, { kind: 'question' }>
type Text = Extract<Reply, { kind: 'text' }>

function termOf(reply: Reply): Question['term'] {
  return reply.kind === 'question' ? reply.term : undefined
}

type QuestionKey = Exclude<keyof Texts['question'], 'unknown' | 'hint' | 'talk'>
type Texts = import('./texts.ts').Texts

function speakQuestion(
  t: TFunction,
  { venue }: Setting,
  organisation: Organisation,
  reply: Question,
): string {
  if (reply.question === 'language') return t('command.languageAsk')
  const ask = sayAsk(t, organisation, reply.question, reply.term)
  if (reply.options.length <= fewOptions) return ask
  return `${ask}\n\n${venue?.kind === 'page' ? t('page.hint') : t('question.hint')}`
}

/** More options than this are many to take in: it is said that typing works too. */
const fewOptions = 5

function sayClosing(t: TFunction, options: readonly SpokenOption[]): SpokenReply['closing'] {
  const chosen = options.map(({ id, label }) => [id, t('card.chose', { option: label })])
  return { chosen: Object.fromEntries(chosen), passed: t('card.passed') }
}

function sayWhy(t: TFunction, organisation: Organisation, question: string): string {
  return t(`question.${question as QuestionKey}.why`, { organisation: organisation.name })
}

function speakNotice(
  t: TFunction,
  organisation: Organisation,
  notice: string,
): { text: string; links: readonly Link[] } {
  const { contacts } = bodyOf(organisation, notice)
  const find = (kind: 'phone' | 'chat') => ({
    kind,
    value: contacts.find((contact) => contact.kind === kind)?.value ?? '',
  })
  const phone = find('phone')
  const chat = find('chat')
  return {
    text: t(`notice.${notice as '113'}`, { phone: showValue(phone), chat: showValue(chat) }),
    links: [phone, chat].filter(({ value }) => value !== '').flatMap((each) => linkOf(t, each) ?? []),
  }
}

/** What the knowledge holds of something, in parts, where the reply tells that. */
function partsOf(setting: Setting, organisation: Organisation, reply: Text): readonly Part[] | undefined {
  if (reply.say === 'asked-body') return speakBody(setting, organisation, reply.body).reply.parts
  if (reply.say === 'asked-terms') return speakTermsOf(setting, organisation)
  return undefined
}

function speakText(setting: Setting, organisation: Organisation, reply: Text): string {
  const { locale, knowledge, speech, venue } = setting
  const t = speech.of(locale)
  switch (reply.say) {
    case 'greeting':
      return speakGreeting(t, setting, organisation, reply)
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
      return sayPerson(setting, organisation, reply.staff, 'offer')
    case 'clarify-person': {
      const person = reachPerson(knowledge, organisation, reply.staff)
      return t('clarify.person', { body: person.phoneBody, phone: sayPhone(setting, person) })
    }
    case 'human':
      return `${sayPerson(setting, organisation, reply.staff, 'command')} ${t('command.goOn')}`
    case 'why-question':
      return t('command.why', { why: sayWhy(t, organisation, reply.question) })
    case 'why-advice': {
      const told = sayAnswers(t, locale, knowledge, organisation, reply.answers)
      return [
        t('command.whyAdvice', { sources: showSources(t, organisation, reply.advice) }),
        told ? t('command.whyAnswers', { answers: told }) : t('command.whyNothing'),
        t('command.whyChange'),
      ].join('\n')
    }
    case 'stop':
      return t('command.stop', { person: sayPerson(setting, organisation, reply.staff, 'greeting') })
    case 'forget':
      return speakForget(t, venue)
    case 'renewed':
      return t('state.renewed')
    case 'back-none':
      return t('command.backNone')
    case 'old-card':
      return t('command.oldCard')
    case 'old-card-advised':
      return t('command.oldAdvice')
    case 'change-ask':
      return t('command.changeAsk')
    case 'go-on':
      return t('notice.goOn')
    case 'more-topics':
      return speakMore(t, reply)
    case 'next-topic':
      return t('topics.next', { topic: sayTopics(t, [reply.topic]) })
    case 'asked-where':
      return t('asked.where')
    case 'asked-privacy':
      return speakPrivacy(t, venue)
    case 'help':
      return speakHelp(t, setting, organisation, reply)
    case 'asked-body':
    case 'asked-terms':
      return textOf(partsOf(setting, organisation, reply) ?? [])
    case 'restart':
    case 'back':
    case 'language':
    case 'thanks':
      return t(`command.${reply.say}`)
  }
}

function speakMore(t: TFunction, { same, other }: Extract<Text, { say: 'more-topics' }>): string {
  return [
    ...(same.length > 0 ? [t('topics.same', { topics: sayTopics(t, same) })] : []),
    ...(other.length > 0 ? [t('topics.other', { topics: sayTopics(t, other) })] : []),
  ].join('\n')
}

function sayTopics(t: TFunction, topics: readonly string[]): string {
  return topics.map((topic) => `“${t(`question.topic.option.${topic as 'money'}`)}”`).join(', ')
}

/** Who reads along: what Teams keeps is not ours to promise. */
function speakPrivacy(t: TFunction, venue: Setting['venue']): string {
  if (venue?.kind === 'teams') return `${t('teams.kept')} ${t('teams.call')}`
  return venue?.kind === 'page' ? t('page.nothingKept') : t('asked.privacy')
}

/** Somebody in need types "help" too: the numbers come first. */
function speakHelp(t: TFunction, setting: Setting, organisation: Organisation, reply: Text): string {
  const person = sayPerson(setting, organisation, reply.staff, 'greeting')
  return [t('greeting.danger'), person, t('command.help')].join('\n')
}

function speakForget(t: TFunction, venue: Setting['venue']): string {
  switch (venue?.kind) {
    case undefined:
    case 'chat':
      return t('command.forget')
    case 'teams':
      return `${t('command.forget')} ${t('teams.remains')}`
    case 'page':
      return t('page.nothingKept')
  }
}

function speakGreeting(t: TFunction, setting: Setting, organisation: Organisation, reply: Text): string {
  const known = organisation.id !== generalHelp
  return [
    t('greeting.computer'),
    ...sayVenue(t, setting),
    t('greeting.can'),
    ...(known ? [t('greeting.organisation', { organisation: organisation.name })] : []),
    sayPerson(setting, organisation, reply.staff, 'greeting'),
    t('greeting.danger'),
    // A page or a chat shows its other languages itself.
    ...(setting.venue?.kind === 'page' || setting.venue?.kind === 'chat' ? [] : [sayLanguages(t, setting)]),
  ].join('\n')
}

/** The other languages, each in its own name, to be typed. */
function sayLanguages(t: TFunction, { locale, speech }: Setting): string {
  const others = speech.locales.filter((each) => each !== locale).map((each) => t(`language.${each as 'nl'}`))
  return t('greeting.language', { languages: others.join(' · ') })
}

/** In one line: who may read along here, and where else the client can go. */
function sayVenue(t: TFunction, { venue }: Setting): readonly string[] {
  if (venue?.kind !== 'teams') return []
  const { chatUrl } = venue
  const elsewhere = chatUrl === undefined ? t('teams.call') : t('teams.outside', { url: chatUrl })
  return [`${t('teams.kept')} ${elsewhere}`]
}

/** The numbers and pages that a text names, to press. */
function linksOf(setting: Setting, organisation: Organisation, reply: Text): readonly Link[] {
  const { locale, knowledge, speech, venue } = setting
  if (!namingPerson.has(reply.say)) return []
  const t = speech.of(locale)
  const person = reachPerson(knowledge, organisation, reply.staff)
  const mails = person.email === undefined || reply.say === 'clarify-person' ? [] : [mailTo(t, person.email)]
  const outside =
    reply.say === 'greeting' && venue?.kind === 'teams' && venue.chatUrl !== undefined
      ? [{ kind: 'web' as const, label: t('link.outside'), url: venue.chatUrl }]
      : []
  return [...outside, ...mails, callTo(t, person.phone)]
}

/** Sentences with a person to reach in them. */
const namingPerson: ReadonlySet<string> = new Set<Text['say']>([
  'greeting',
  'help',
  'human',
  'stop',
  'offer-person',
  'clarify-person',
])

function sayPerson(
  setting: Setting,
  organisation: Organisation,
  staff: boolean,
  place: 'greeting' | 'command' | 'offer',
): string {
  const t = setting.speech.of(setting.locale)
  const person = reachPerson(setting.knowledge, organisation, staff)
  const phone = sayPhone(setting, person)
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

const yesNo: Readonly<Record<string, string>> = { true: 'yes', false: 'no' }
