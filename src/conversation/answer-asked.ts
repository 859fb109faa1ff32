import { generalHelp, organisationOf } from '../knowledge/knowledge.ts'
import { decide } from '../routing/decide.ts'
import { findBodyNamed } from '../understanding/find-body-named.ts'
import type { Ask } from '../understanding/understand.ts'
import type { Reply } from './reply.ts'
import { say } from './say.ts'
import type { State } from './state.ts'
import type { World } from './world.ts'

/**
 * The answer to a question that the knowledge holds: of a body, or of the terms. A body that is not named is the one
 * that was advised, else the one to name to whoever wants a person. Without an organisation only a national body can
 * be told of; it is asked first which organisation is meant.
 */
export function answerAsked(world: World, state: State, asked: Ask, text: string, today: string): Reply {
  const organisation = organisationOf(world.knowledge, state.case.slots.organisation)
  if (asked === 'privacy') return say(world, state, { say: 'asked-privacy' }, today)
  const isKnown = organisation.id !== generalHelp
  if (asked === 'terms') return say(world, state, { say: isKnown ? 'asked-terms' : 'asked-where' }, today)
  const near =
    state.at.kind === 'advised' ? decide(world.knowledge, state.case, today).primary : organisation.person
  const body = findBodyNamed(text, Object.values(organisation.bodies)) ?? (isKnown ? near : undefined)
  return say(world, state, body === undefined ? { say: 'asked-where' } : { say: 'asked-body', body }, today)
}
