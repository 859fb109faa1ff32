import type { Guide } from '../channels/guide.ts'
import { generalHelp } from '../knowledge/knowledge.ts'
import { problemAt } from './describe-transcript.ts'
import type { Project } from './load-project.ts'
import type { LoadedTexts } from './load-texts.ts'
import { makeGuide } from './make-guide.ts'

/** A file converted, with lines for who should know that it is not as it was; or lines that say why it cannot be. */
export type Converted =
  | { readonly content: string; readonly warnings: readonly string[] }
  | { readonly problems: readonly string[] }

/** What a conversion needs, and the names under which its messages name the files. */
export type Conversion = {
  readonly project: Project
  readonly texts: LoadedTexts
  /** At no organisation's place; it takes long to make. */
  readonly guide: Guide
  readonly source: string
  readonly target: string
}

/** The guide for a conversation at the place of an organisation. To be in general help takes one that was made for it. */
export function guideOf({ project, texts, guide }: Conversion, organisation: string | undefined): Guide {
  return organisation === generalHelp ? makeGuide(project, texts, { organisation }) : guide
}

/** Why a conversation cannot begin as its head says, in lines. */
export function headProblems(
  { project, texts, source }: Conversion,
  organisation: string | undefined,
  locale: string,
): readonly string[] {
  const { organisations } = project.knowledge
  const known = Object.keys(organisations).filter((id) => id !== generalHelp)
  const locales = Object.keys(texts.texts)
  const isKnown = organisation === undefined || Object.hasOwn(organisations, organisation)
  const name = organisation ?? ''
  const wrongName = { organisation: name, allowed: known.join(', ') }
  const wrongLocale = { locale, allowed: locales.join(', ') }
  return [
    ...(isKnown ? [] : [problemAt({ file: source }, 'organisation-unknown', wrongName)]),
    ...(locales.includes(locale) ? [] : [problemAt({ file: source }, 'locale-unknown', wrongLocale)]),
  ]
}
