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
  readonly source: string
  readonly target: string
}

/** The guide as the head of a conversation wants it. */
export function guideOf(
  { project, texts }: Conversion,
  organisation: string | undefined,
  locale: string,
): Guide {
  return makeGuide(project, texts, { organisation, locale })
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
