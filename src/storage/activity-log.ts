import type { Cipher } from './cipher.ts'

/**
 * What was said in conversations, for clients that come back: entries in the order in which they were added, numbered from
 * 1 within each conversation. An entry is anything that survives JSON; it is encrypted with a key that the caller brings
 * and that is kept nowhere here. Every function may throw a `StorageError`; what was stored before is then still there.
 */
export type ActivityLog = {
  /** @param cipher with a key of this conversation alone */
  of(conversation: string, cipher: Cipher): ConversationLog
  /** Removes everything that expired; gives the number of entries removed. */
  sweep(): Promise<number>
}

/** The log of one conversation. */
export type ConversationLog = {
  /**
   * Adds entries, all or none; gives the number of each. One whose `mark` was used before in this conversation is not
   * added again: it has the number it got then. On disk when the promise resolves.
   *
   * @param kept saves what the conversation store keeps as well, in the same step: both are on disk, or neither is
   */
  append(
    entries: readonly NewEntry[],
    kept?: { readonly id: string; readonly value: unknown },
  ): Promise<readonly number[]>
  /** The number of the entry that was added with this mark; undefined when there is none, or none any more. */
  numberOf(mark: string): Promise<number | undefined>
  /** The number of the last entry, also when it was erased; 0 when nothing was ever added. */
  last(): Promise<number>
  /** The entries after a number, the oldest first; all of them when no entry has that number yet, as after a loss. */
  read(after: number): Promise<LogPage>
  /**
   * Removes all entries for good, as `ConversationStore.erase` does; the numbers go on where they were, so that a client
   * who knows the last one misses nothing that is said later.
   */
  erase(): Promise<void>
}

export type NewEntry = {
  readonly value: unknown
  /** Names what the entry is, so that it is added once. */
  readonly mark?: string | undefined
}

export type LogPage = {
  readonly entries: readonly { readonly number: number; readonly value: unknown }[]
  /** The number of the last entry that was looked at: to read on from. 0 when nothing was ever added. */
  readonly last: number
  /** More stands after it. */
  readonly isPartial: boolean
}
