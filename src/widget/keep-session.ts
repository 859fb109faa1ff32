import type { Outgoing, Session } from './direct-line.ts'

/** What survives a reload of the page: the conversation, what was not sent yet, and what was being typed. */
export type Kept = {
  readonly session: Session
  readonly queue: readonly Outgoing[]
  readonly draft: string
}

export type Keeper = {
  /** Of this tab; undefined on a new visit. */
  read(): Kept | undefined
  /** Of an earlier visit or another tab, as long as it may be gone on with. */
  readEarlier(now: number): Session | undefined
  write(kept: Kept, now: number): void
  wipe(): void
  /** Calls back when another tab wiped. */
  onWiped(callback: () => void): void
}

const day = 24 * 3_600_000

/** Where the browser allows it: without storage the chat works, and a reload begins anew. @param name one for each organisation */
export function createKeeper(name: string): Keeper {
  const key = `klachtwijzer/${name}`
  const mine = tryStorage(() => sessionStorage)
  const shared = tryStorage(() => localStorage)
  return {
    read: () => parse<Kept>(mine?.getItem(key)),
    readEarlier(now) {
      const found = parse<{ session: Session; at: number }>(shared?.getItem(key))
      return found && now - found.at < day ? found.session : undefined
    },
    write(kept, now) {
      attempt(() => mine?.setItem(key, JSON.stringify(kept)))
      if (kept.session.hasBegun) {
        attempt(() => shared?.setItem(key, JSON.stringify({ session: kept.session, at: now })))
      }
    },
    wipe() {
      attempt(() => mine?.removeItem(key))
      attempt(() => shared?.removeItem(key))
    },
    onWiped(callback) {
      addEventListener('storage', (event) => {
        if (event.key === key && event.newValue === null) callback()
      })
    },
  }
}

function tryStorage(find: () => Storage): Storage | undefined {
  try {
    return find()
  } catch {
    return undefined
  }
}

function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // Full, or not allowed: then nothing is kept.
  }
}

function parse<T>(text: string | null | undefined): T | undefined {
  try {
    return text ? (JSON.parse(text) as T) : undefined
  } catch {
    return undefined
  }
}
