import type { Guide, GuideInput, GuideTurn } from '../guide.ts'

/** One turn that never throws: after a fault the client reads what to do and whom to call, and the old state stays. */
export function takeTurn(
  guide: Guide,
  state: unknown,
  input: GuideInput,
  now: Date,
  problem: (line: string) => void,
): GuideTurn {
  try {
    return guide.turn(state, input, now)
  } catch (error) {
    problem(`a turn failed: ${error instanceof Error ? error.name : 'unknown fault'}`)
    return { state, replies: [guide.apology(state)], end: false, erase: false }
  }
}
