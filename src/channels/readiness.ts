import type { ConversationStore } from '../storage/conversation-store.ts'
import { describeError } from './describe-error.ts'
import type { Log } from './log.ts'

/** How long an answer is good, in milliseconds: anybody may ask, and each look writes to the disk. */
const goodFor = 5_000
/** Not the key of any conversation: those are JSON lists. */
const probe = 'readiness'

/** Gives the function that says whether the storage can be read and written; the log tells when that changes, and why. */
export function createReadinessCheck(
  store: ConversationStore,
  now: () => Date,
  log: Log,
): () => Promise<boolean> {
  let latest: { at: number; isReady: Promise<boolean> } | undefined
  let wasReady = true

  async function look(): Promise<boolean> {
    const isReady = await tryStore()
    if (isReady && !wasReady) log.info('the storage can be read and written again')
    wasReady = isReady
    return isReady
  }

  async function tryStore(): Promise<boolean> {
    try {
      await store.save(probe, {})
      return (await store.load(probe)) !== undefined
    } catch (error) {
      if (wasReady) log.error(describeError(error), 'the storage cannot be read or written')
      return false
    }
  }

  return () => {
    const time = now().getTime()
    if (latest === undefined || Math.abs(time - latest.at) >= goodFor) latest = { at: time, isReady: look() }
    return latest.isReady
  }
}
