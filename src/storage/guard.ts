export type StorageLog = { warn(details: Record<string, unknown>, message: string): void }

export type GuardParts = {
  log: StorageLog
  /** Clears what the database still keeps of removed rows elsewhere; false when another program is in the way. */
  scrub: () => boolean
  /** Puts a fault of the database in words. */
  explain: (error: unknown) => unknown
}

/** What every use of the database goes through: faults are put in words, and what was removed leaves no trace. */
export type Guard = {
  run<T>(work: () => Promise<T>): Promise<T>
  /** Rows were removed: their bytes must go too, after this use or, when another program is in the way, a later one. */
  noteRemoval(): void
}

export function createGuard({ log, scrub, explain }: GuardParts): Guard {
  let scrubbing: 'done' | 'due' | 'hindered' = 'done'

  /** Tried again after every use until it is done; the log says so once. */
  function clean(): void {
    const isDone = scrub()
    if (!isDone && scrubbing === 'due') {
      log.warn({}, 'another program reads the database: what was erased stays in its log until that ends')
    }
    scrubbing = isDone ? 'done' : 'hindered'
  }

  return {
    async run(work) {
      try {
        const result = await work()
        if (scrubbing !== 'done') clean()
        return result
      } catch (error) {
        throw explain(error)
      }
    },
    noteRemoval() {
      scrubbing = 'due'
    },
  }
}
