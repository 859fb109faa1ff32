import type { TFunction } from 'i18next'
import type { Reply } from '../conversation/reply.ts'
import type { Told } from '../conversation/told.ts'
import { generalHelp, organisationOf } from '../knowledge/knowledge.ts'
import { labelOf } from './label.ts'
import { sayAsk } from './say-ask.ts'
import type { Setting } from './setting.ts'
import { showDate } from './show-date.ts'
import { type SpokenOption, type SpokenReply, speak } from './speak.ts'
import type { Texts } from './texts.ts'

/** The fixed words of a page, in one language. */
export type PageWords = Texts['page']

/** One answer so far: the question, what was answered, and the slot that an input of kind `change` takes. */
export type SpokenAnswer = { readonly slot: string; readonly question: string; readonly answer: string }

/** All that stands on a page beside the replies of a turn, in words. */
export type Frame = {
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  readonly words: PageWords
  /** What is being asked now, or the advice: a page shows no more than one turn, and needs it again. */
  readonly shown: SpokenReply
  /** Nothing is being asked: the client stopped, or nothing was said yet. */
  readonly isEnded: boolean
  readonly answers: readonly SpokenAnswer[]
  /** What can always be done, in the same order on every page. */
  readonly commands: readonly SpokenOption[]
  /** The languages to choose, each in its own name. `id` is an option that always works. */
  readonly languages: readonly (SpokenOption & { readonly locale: string })[]
  /** The organisations that have a start page of their own. */
  readonly organisations: readonly { readonly id: string; readonly name: string }[]
}

const commands: readonly string[] = ['back', 'restart', 'human', 'forget']

/** @param shownNow gives what is being asked now, or the advice */
export function speakFrame(
  setting: Setting,
  shownNow: () => Reply,
  told: readonly Told[],
  state: { readonly organisation: string | undefined; readonly isEnded: boolean },
): Frame {
  const { locale, knowledge, speech } = setting
  const t = speech.of(locale)
  let words: PageWords | undefined
  return {
    locale,
    direction: t('page.direction') === 'rtl' ? 'rtl' : 'ltr',
    // All words of a page take longer than a turn, and a client with a program of its own has them there.
    get words() {
      words ??= speakWords(t, setting, shownNow(), state.organisation)
      return words
    },
    get shown() {
      return speak(shownNow(), setting)
    },
    isEnded: state.isEnded,
    answers: told.map((each) => speakTold(t, setting, state.organisation, each)),
    commands: commands.map((id) => ({ id, label: t(`option.${id as 'back'}`) })),
    languages: speech.locales.map((each) => ({
      id: `language-${each}`,
      locale: each,
      label: t(`language.${each as 'nl'}`),
    })),
    organisations: Object.values(knowledge.organisations)
      .filter(({ id }) => id !== generalHelp)
      .map(({ id, name }) => ({ id, name })),
  }
}

function speakWords(
  t: TFunction,
  { locale, knowledge, now }: Setting,
  shown: Reply,
  organisation: string | undefined,
): PageWords {
  return t('page', {
    returnObjects: true,
    organisation: organisationOf(knowledge, organisation).name,
    day: now === undefined ? '' : showDate(now.date, locale),
    receipt: shown.kind === 'advice' ? shown.advice.receipt : '',
  })
}

function speakTold(
  t: TFunction,
  { locale, knowledge }: Setting,
  organisationId: string | undefined,
  told: Told,
): SpokenAnswer {
  const organisation = organisationOf(knowledge, organisationId)
  const { slot } = told
  switch (told.kind) {
    case 'organisation': {
      const part = organisation.parts.find(({ id }) => id === told.part)
      const named = told.organisation === generalHelp ? t('page.unsure') : organisation.name
      const question = sayAsk(t, organisation, 'organisation', undefined)
      return { slot, question, answer: [named, ...(part ? [part.name] : [])].join(', ') }
    }
    case 'option': {
      const { question, option, term } = told
      const answer =
        option === undefined ? t('page.unsure') : labelOf(t, knowledge, organisation, question, option, term)
      return { slot, question: sayAsk(t, organisation, question, term), answer }
    }
    case 'date': {
      const moment = t(`question.late.moment.${told.moment}`)
      return { slot, question: t('page.dayOf', { moment }), answer: showDate(told.date, locale) }
    }
  }
}
