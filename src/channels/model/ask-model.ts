import type { SlotFiller } from '../../understanding/model-help.ts'
import type { Guide, GuideInput } from '../guide.ts'

/** The input with what a language model reads in it, where one is configured and our own reading leaves much open. */
export async function askModel<Input extends GuideInput | { kind: 'change' }>(
  guide: Pick<Guide, 'wordsForModel'>,
  fillSlots: SlotFiller | undefined,
  state: unknown,
  input: Input,
  now: Date,
): Promise<Input> {
  if (fillSlots === undefined || input.kind !== 'text') return input
  const words = guide.wordsForModel(state, input.text, now, input.locale)
  const filled = words && (await fillSlots(words))
  return filled === undefined ? input : { ...input, filled }
}
