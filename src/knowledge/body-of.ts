import type { Body, Organisation } from './knowledge.ts'

/** The body of that id. @throws Error when it is not in the organisation's knowledge, which the check rules out */
export function bodyOf(organisation: Organisation, id: string): Body {
  const body = organisation.bodies[id]
  if (!body) throw new Error(`Body ${id} is not known at ${organisation.id}; run "npm run knowledge".`)
  return body
}
