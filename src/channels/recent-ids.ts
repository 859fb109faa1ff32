/** Remembers the last few hundred things that were done, to do none of them twice. */
export type RecentIds = { has(id: string): boolean; add(id: string): void }

export function createRecentIds(limit: number): RecentIds {
  const ids = new Set<string>()
  return {
    has: (id) => ids.has(id),
    add(id) {
      ids.add(id)
      const [oldest] = ids
      if (ids.size > limit && oldest !== undefined) ids.delete(oldest)
    },
  }
}
