/**
 * The words of one locale, as they stand in `locales/<locale>/words.json`. No code knows a Dutch or an English word:
 * what people say is data, and a new language is a new file with the same keys.
 *
 * A list of phrases holds patterns over normalised words (see `phrase.ts` for the notation):
 * `"{my} begeleider", "klacht ~3 (ingediend|gestuurd)", "ik ben <18", "^ praten $"`.
 */
export type Phrases = {
  /** What people say. */
  readonly say: readonly string[]
  /** Longer phrases in which the same words mean something else: a match that overlaps one does not count. */
  readonly not?: readonly string[]
  /** Anywhere in the same sentence these say that nothing of the kind is going on ("brandoefening"). */
  readonly unless?: readonly string[]
}

/**
 * What a sign of danger sounds like, by the id of the sign ("means-at-hand"). The same ids in every locale;
 * `locales/nl/safety.json` says for each what it covers and why it leads to its notice.
 */
export type SafetySigns = Readonly<Record<string, Phrases>>

export type Words = {
  /** Words that may stand before and after a whole message without changing it ("graag", "please"). */
  readonly fillers: readonly string[]
  /** Words that say nothing about which option is meant. */
  readonly stopwords: readonly string[]
  /** Other spellings of ordinary words, one word each ("nie": "niet"); the meaning may be more than one word. */
  readonly spelling: Readonly<Record<string, string>>
  /**
   * Rules that turn a spelling into its sound, one after the other: a pattern and what comes in its place
   * (`["ij", "ei"]`). A word that no phrase knows is read as the known word with the same sound.
   */
  readonly sounds?: readonly (readonly [pattern: string, by: string])[]
  /** Numbers as words, without "een", which is mostly an article. */
  readonly numbers: Readonly<Record<string, number>>
  /** "de tweede": the place of an option in the list; -1 is the last. */
  readonly ordinals: Readonly<Record<string, number>>
  /** Words that may stand before a number or an ordinal that chooses ("optie", "de"). */
  readonly choosing: readonly string[]
  readonly negation: {
    /** Directly before or after a phrase these undo it; a gap in a phrase never steps over them. */
    readonly near: readonly string[]
    /** These undo a phrase that starts up to two words later ("geen officiële klacht"). */
    readonly far: readonly string[]
  }
  /** Groups of words that phrases refer to as `{name}`. */
  readonly sets: Readonly<Record<string, readonly string[]>>
  /** Answers that fit any question which offers the option. */
  readonly answers: Readonly<Record<Answer, readonly string[]>>
  readonly commands: Readonly<Record<Command, readonly string[]>>
  /** The names of the languages that the guide speaks. */
  readonly languages: Readonly<Record<Language, readonly string[] | Phrases>>
  readonly change: Readonly<Record<string, readonly string[]>>
  /** By sign; a locale without signs of its own yet has one list for a kind. */
  readonly safety: Readonly<Record<Safety, SafetySigns | Phrases>>
  readonly slots: Readonly<Record<string, Readonly<Record<string, Phrases>>>>
  /** What people say to one question only: option by option. */
  readonly options: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  /** Signs from which a slot follows together with another sign: whose child, who has died. */
  readonly signs: Readonly<Record<Sign, Phrases>> & Readonly<Partial<Record<FurtherSign, Phrases>>>
  readonly names: {
    /** Names that are ordinary words too: in a sentence they need a sign that a name is meant. */
    readonly common: readonly string[]
    /** Ordinary words that are never a name, however much they look like one. */
    readonly never: readonly string[]
    /** Words after which a name follows ("bij"). */
    readonly before: readonly string[]
    /** Words before which a common word is not a name ("een", "veel"). */
    readonly notAfter: readonly string[]
    /** Words that say that the name after them is not the one meant ("niet bij"). */
    readonly denials: readonly string[]
    /** Verbs of which the word before them is a name ("Pluspunt belt"). */
    readonly verbs: readonly string[]
    /** Signs that stand for letters inside a name ("8": "acht"). */
    readonly shorthand?: Readonly<Record<string, string>>
  }
  readonly outside: readonly string[]
  /** What people ask that the knowledge answers at once: of a body (address, hours, cost, what it does), or of time. */
  readonly asks?: Readonly<Record<Ask, Phrases>>
  readonly dates: {
    readonly months: Readonly<Record<string, number>>
    /** Monday is 1, Sunday 7. */
    readonly weekdays: Readonly<Record<string, number>>
    /** Days back from today ("gisteren": 1). */
    readonly back: Readonly<Record<string, number>>
    /** Words that name no day, with the fewest and the most days back ("vorige maand": 1 to 61). */
    readonly vague: Readonly<Record<string, readonly number[]>>
    /** The week before this one: with a weekday it names a day ("vorige week dinsdag"). */
    readonly lastWeek: readonly string[]
    /** "langer dan zes weken geleden": a length of time, and no day. */
    readonly lapse: Readonly<Record<'longer' | 'shorter', Phrases>>
    /** Words after two numbers that make an amount of them and no day ("2-3 keer"); the units do so too. */
    readonly counted: readonly string[]
    /** Words between two numbers of which neither counts ("twee of drie weken geleden"). */
    readonly between: readonly string[]
    /** Units of "twee weken geleden", in days; months and years in months, as negative numbers. */
    readonly units: Readonly<Record<string, number>>
    readonly one: readonly string[]
    readonly ago: readonly string[]
    /** The same where the language says it before the amount ("vor zwei Wochen"). */
    readonly agoBefore?: readonly string[]
    readonly last: readonly string[]
  }
}

export const commands = [
  'forget',
  'human',
  'language',
  'restart',
  'back',
  'stop',
  'why',
  'help',
  'thanks',
  'greeting',
] as const
export type Command = (typeof commands)[number]

/** Where several apply, the first counts. */
export const safetyKinds = ['danger', 'suicide', 'abuse', 'crime'] as const
export type Safety = (typeof safetyKinds)[number]

/** The languages that can be asked for by name; a guide may speak fewer. */
export const languages = ['nl', 'nl-simple', 'en', 'de', 'tr', 'ar', 'pl', 'uk'] as const
export type Language = (typeof languages)[number]

/**
 * `privacy`: who reads along. `body`: how to reach one, when it is open, what it does or costs. `terms`: how long things
 * may take.
 */
export const asks = ['privacy', 'body', 'terms'] as const
export type Ask = (typeof asks)[number]

/** `rest`: none of these. `rather-not` and `afraid` answer whether the client will go to the people it is about. */
export type Answer = 'yes' | 'no' | 'unknown' | 'rest' | 'rather-not' | 'afraid'

/** `cared-for-kin`: an adult relative who receives the care; `died`: somebody has died; `in-care`: the writer receives it. */
export type Sign =
  | 'child'
  | 'small-child'
  | 'sibling'
  | 'adult-kin'
  | 'cared-for-kin'
  | 'died'
  | 'own-young'
  | 'own-adult'
  | 'in-care'

/**
 * Signs that a locale may do without. `served`: what staff do to the writer, who is the client where nobody else is
 * named; `heart`: after these words comes what the message is about ("het ergste is"); `at-work`: it happened to a
 * member of staff, at work.
 */
export type FurtherSign = 'served' | 'heart' | 'at-work'
