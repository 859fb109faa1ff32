import type { Guide, GuideChange, GuideInput, PageWords, SpokenReply } from '../../src/channels/guide.ts'

/**
 * A small conversation of a made-up organisation. It counts the turns, so that a lost or doubled turn shows.
 * Typed "breek" it fails, "lang" offers many options, "wis alles" erases, and everything else is said back.
 */
export const fakeGuide: Guide = {
  turn(state, input) {
    const turns = ((state as { turns: number } | undefined)?.turns ?? 0) + 1
    const said = { turns, heard: input.kind === 'text' ? input.text : input.kind }
    if (input.kind === 'text' && input.text === 'breek') throw new Error(`cannot read "${input.text}"`)
    const erase = input.kind === 'text' && input.text === 'wis alles'
    return { state: said, replies: replies(turns, input), end: false, erase }
  },
  apology: (_, about = 'fault') =>
    reply(
      'text',
      `text/${about}`,
      about === 'fault' ? 'Er ging iets mis. Bel 0800 0000.' : `${about}: bel 0800 0000.`,
    ),
  unsaid: (_, all) => reply('text', 'text/unsaid', all ? 'Mijn berichten zijn weg.' : 'Niet alles kon weg.'),
  wiped: () => reply('text', 'text/wiped', 'Gewist.'),
  prepare: async () => {},
  wordsForModel: () => undefined,
  explain: (state) => ({ case: state }),
  frame: (state) => {
    const { heard } = (state ?? {}) as { heard?: string }
    const words = { direction: 'ltr' } as PageWords
    return {
      locale: 'nl',
      direction: 'ltr',
      words,
      shown: reply('question', 'question/subject', 'Waar gaat het over?'),
      isEnded: false,
      answers: heard === undefined ? [] : [{ slot: 'topic', question: 'Waar gaat het over?', answer: heard }],
      commands: [{ id: 'back', label: 'Terug' }],
      languages: [{ id: 'language-nl', locale: 'nl', label: 'Nederlands' }],
      organisations: [
        { id: 'linde', name: 'Zorggroep De Linde' },
        { id: 'esdoorn', name: 'De Esdoorn' },
      ],
    }
  },
  findBodies: (query) =>
    ['Klachtenfunctionaris', 'Vertrouwenspersoon']
      .filter((name) => name.toLowerCase().includes(query.toLowerCase()))
      .map((name) => ({
        name,
        where: 'Zorggroep De Linde',
        reply: reply('text', `body/${name}`, `${name} van Zorggroep De Linde, 0800 0000.`),
      })),
}

function replies(turns: number, input: GuideInput | GuideChange): SpokenReply[] {
  switch (input.kind) {
    case 'start':
      return [
        reply('text', 'greeting', 'Hallo, ik ben een computer van Zorggroep De Linde.'),
        reply(
          'question',
          'question/subject',
          'Waar gaat het over?',
          ['praten', 'Met iemand praten'],
          ['klacht', 'Een klacht'],
        ),
      ]
    case 'change':
      return [reply('text', 'change', `${turns}: anders ${input.slot}`)]
    case 'choose':
      return [reply('advice', 'advice/fake', `${turns}: gekozen ${input.option}`)]
    case 'text':
      if (input.text === 'lang') {
        const many = Array.from({ length: 8 }, (_, index): [string, string] => [
          `o${index}`,
          `Optie ${index}`,
        ])
        return [reply('question', 'question/many', `${turns}: kies`, ...many)]
      }
      return [reply('text', 'echo', `${turns}: ${input.text}`)]
  }
}

function reply(
  kind: SpokenReply['kind'],
  key: string,
  text: string,
  ...options: [string, string][]
): SpokenReply {
  return { kind, key, text, options: options.map(([id, label]) => ({ id, label })) }
}
