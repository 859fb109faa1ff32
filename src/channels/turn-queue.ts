/** Runs the turns of one conversation one after another, in order of arrival; conversations do not wait for each other. */
export type TurnQueue = {
  /** Gives what `turn` gives, or throws what it throws; either way the next turn goes on. */
  run<T>(conversation: string, turn: () => Promise<T>): Promise<T>
  /** Resolves when nothing waits or runs any more. */
  idle(): Promise<void>
}

export function createTurnQueue(): TurnQueue {
  const last = new Map<string, Promise<void>>()

  return {
    run(conversation, turn) {
      const before = last.get(conversation) ?? Promise.resolve()
      const result = before.then(turn)
      const settled = result.then(
        () => {},
        () => {},
      )
      last.set(conversation, settled)
      void settled.then(() => {
        if (last.get(conversation) === settled) last.delete(conversation)
      })
      return result
    },
    async idle() {
      while (last.size > 0) await Promise.all(last.values())
    },
  }
}
