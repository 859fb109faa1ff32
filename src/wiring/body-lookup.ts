import type { FoundBody, Guide } from '../channels/guide.ts'
import { bodyOf } from '../knowledge/body-of.ts'
import { type Body, generalHelp, type Knowledge, type Organisation } from '../knowledge/knowledge.ts'
import { capitalise } from '../language/label.ts'
import type { SpokenReply } from '../language/speak.ts'
import type { Texts } from '../language/texts.ts'
import { type BodyFinder, createBodyFinder, type Findable } from '../understanding/find-bodies.ts'

type SpeakBody = (
  organisation: Organisation,
  body: string,
  locale: string | undefined,
  now: Date,
) => SpokenReply

/** As many as a message extension of Teams shows. */
const mostFound = 25

/** Looks bodies up for staff: the organisations' own first, the national ones once, with the general help. */
export function createBodyLookup(
  knowledge: Knowledge,
  texts: Readonly<Record<string, Texts>>,
  speakBody: SpeakBody,
): Guide['findBodies'] {
  const organisations = Object.values(knowledge.organisations)
  const listed = [
    ...organisations.filter(({ id }) => id !== generalHelp),
    ...organisations.filter(({ id }) => id === generalHelp),
  ]
  let find: BodyFinder | undefined
  return (query, locale, now) => {
    find ??= createBodyFinder(listed.flatMap((organisation) => findableOf(organisation, texts)))
    return find(query)
      .slice(0, mostFound)
      .map(({ organisation: id, body }): FoundBody => {
        const organisation = organisations.find((each) => each.id === id)
        if (!organisation) throw new Error(`No organisation ${id}.`)
        const { name } = bodyOf(organisation, body)
        const reply = speakBody(organisation, body, locale, now)
        return { id: `${id}/${body}`, name: capitalise(name), organisation: organisation.name, reply }
      })
  }
}

function findableOf(organisation: Organisation, texts: Readonly<Record<string, Texts>>): readonly Findable[] {
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
