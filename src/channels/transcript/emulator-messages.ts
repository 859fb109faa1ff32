import type { Activity } from 'botbuilder'
import type { SpokenReply } from '../guide.ts'
import { rendererFor } from '../renderer.ts'

/** The replies of a turn as the Emulator gets them: the only place that knows how a transcript shows them. */
export function renderForEmulator(replies: readonly SpokenReply[], turn: number): Partial<Activity>[] {
  return rendererFor('emulator').render(replies, turn)
}
