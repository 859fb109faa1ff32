import type { SpokenOption, SpokenReply } from './guide.ts'

/** All options of one turn in the order of their replies, each id once. */
export function offeredOptions(replies: readonly SpokenReply[]): SpokenOption[] {
  const byId = new Map<string, SpokenOption>()
  for (const { id, label } of replies.flatMap((reply) => reply.options)) {
    if (!byId.has(id)) byId.set(id, { id, label })
  }
  return [...byId.values()]
}
