import type { Guide, SpokenBody } from '../channels/guide.ts'
import {
  type Body,
  generalHelp,
  type Knowledge,
  type Organisation,
  organisationOf,
} from '../knowledge/knowledge.ts'
import type { Texts } from '../language/texts.ts'
import { type BodyFinder, createBodyFinder, type Findable } from '../understanding/find-bodies.ts'

type SpeakBody = (organisation: Organisation, body: string, locale: string | undefined) => SpokenBody

/** As many as a message extension of Teams shows. */
const mostFound = 25

/** Looks bodies up for staff: those of each organisation, and the national ones once. */
export function createBodyLookup(
  knowledge: Knowledge,
  texts: Readonly<Record<string, Texts>>,
  speakBody: SpeakBody,
): Guide['findBodies'] {
  // The index is made at the first search: the command line never needs it.
  let find: BodyFinder | undefined
  return (query, locale) => {
    find ??= createBodyFinder(findableIn(knowledge, texts))
    return find(query)
      .slice(0, mostFound)
      .map(({ organisation, body }) => speakBody(organisationOf(knowledge, organisation), body, locale))
  }
}

function findableIn(
  { organisations }: Knowledge,
  texts: Readonly<Record<string, Texts>>,
): readonly Findable[] {
  const [national, own] = [true, false].map((wanted) =>
    Object.values(organisations).filter(({ id }) => (id === generalHelp) === wanted),
  )
  return [...(own ?? []), ...(national ?? [])].flatMap((organisation) => bodiesOf(organisation, texts))
}

function bodiesOf(organisation: Organisation, texts: Readonly<Record<string, Texts>>): readonly Findable[] {
  const isNational = organisation.id === generalHelp
  return Object.values(organisation.bodies)
    .filter(({ origin }) => isNational || origin === 'regulation')
    .map((body) => ({
      organisation: organisation.id,
      body: body.id,
      words: [
        body.name,
        body.kind,
        ...kindIn(body, texts),
        organisation.name,
        ...organisation.aliases,
        ...organisation.parts.map(({ name }) => name),
      ],
    }))
}

/** What a body of this kind does, in each language, so that "mediation" finds a klachtenfunctionaris. */
function kindIn({ kind }: Body, texts: Readonly<Record<string, Texts>>): readonly string[] {
  return Object.values(texts).map((words) => words.kind[kind])
}
