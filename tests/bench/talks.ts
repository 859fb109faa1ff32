import type { Guide, GuideInput, SpokenReply, Venue } from '../../src/channels/guide.ts'

/** What a client does in one turn: types words, or presses the option with this id on the card last shown. */
export type Step = { readonly type: string } | { readonly press: string }

/** What a client does after the greeting, until there is an advice. */
export type Talk = readonly Step[]

const venue: Venue = { kind: 'teams' }
const mostSteps = 20

/** Talks about every organisation, in so many variants. */
export function planTalks(guide: Guide, organisations: readonly string[], variants: number): readonly Talk[] {
  const now = new Date()
  return Array.from({ length: variants }, (_, variant) =>
    organisations.map((name) => planTalk(guide, name, variant, now)),
  ).flat()
}

/**
 * A talk that ends in an advice of the organisation with this name. Most answers are pressed; the others are typed, as
 * they stand on the card. Another `variant` gives other answers.
 */
function planTalk(guide: Guide, name: string, variant: number, now: Date): Talk {
  let turn = guide.turn(undefined, { kind: 'start', locale: 'nl-NL' }, now, venue)
  const steps: Step[] = []
  for (;;) {
    const last = turn.replies.at(-1)
    if (last?.kind === 'advice') return steps
    if (last?.kind !== 'question' || steps.length === mostSteps) break
    const step = stepFor(last, name, variant + steps.length)
    steps.push(step)
    turn = guide.turn(turn.state, inputOf(step, last), now, venue)
  }
  throw new Error(`A talk about ${name} ends without an advice: ${JSON.stringify(steps)}`)
}

function stepFor({ key, options }: SpokenReply, name: string, count: number): Step {
  const option =
    key === 'question/organisation'
      ? options.find(({ label }) => label === name)
      : options[count % options.length]
  if (option === undefined) throw new Error(`${key} does not offer ${name}`)
  return count % 4 === 0 ? { type: option.label } : { press: option.id }
}

function inputOf(step: Step, { key }: SpokenReply): GuideInput {
  return 'type' in step ? { kind: 'text', text: step.type } : { kind: 'choose', option: step.press, of: key }
}
