/**
 * Keeps one value per conversation for a limited time. A value is anything that survives JSON.
 * Every function may throw a `StorageError`; what was stored before is then still there.
 */
export type ConversationStore = {
  /** The value as last saved, or undefined when there is none, it expired, or it cannot be read any more. */
  load(id: string): Promise<unknown | undefined>
  /** Replaces the value and starts its lifetime anew. On disk when the promise resolves. */
  save(id: string, value: unknown): Promise<void>
  /**
   * Like `save`, but the machine itself, losing its power, may lose it: what was saved before is then still there. A
   * program that is killed loses nothing. Costs about half.
   */
  saveSoon(id: string, value: unknown): Promise<void>
  /**
   * Removes the value for good: no byte of it stays in the database file or its log. When another program is in the
   * way, the log says so, and every later call tries again.
   */
  erase(id: string): Promise<void>
  /** Removes everything that expired; gives the number of conversations removed. */
  sweep(): Promise<number>
  close(): Promise<void>
}
