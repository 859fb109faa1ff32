import { type CardElement, Container, ExecuteAction, SubmitAction } from '@microsoft/teams.cards'
import type { SpokenOption, SpokenReply } from '../guide.ts'
import type { Press } from '../read-input.ts'
import { line } from './card-pieces.ts'

/** The verb of the presses that a channel sends as an invoke. */
export const chooseVerb = 'choose'

/** How a channel sends a press: as an invoke whose answer replaces the card (Universal Actions), or as a message. */
export type PressManner = 'execute' | 'submit'

/**
 * The options of a reply, each a whole line to press: labels are sentences, and buttons cut those off. Where a client
 * has no Universal Actions, it falls back to a submit.
 */
export function optionRows(reply: SpokenReply, turn: number, manner: PressManner): readonly CardElement[] {
  return reply.options.map((option) =>
    new Container(line(option.label, { color: 'Accent', weight: 'Bolder' })).withOptions({
      style: 'emphasis',
      spacing: 'Small',
      selectAction: actionOf(reply, option, turn, manner),
    }),
  )
}

/** What can always be done, less in the eye than the options. */
export function asideRows(reply: SpokenReply, turn: number, manner: PressManner): readonly CardElement[] {
  return (reply.aside ?? []).map((option) =>
    new Container(line(option.label, { color: 'Accent', size: 'Small' })).withOptions({
      spacing: 'Medium',
      selectAction: actionOf(reply, option, turn, manner),
    }),
  )
}

function actionOf(
  { key }: SpokenReply,
  { id, label }: SpokenOption,
  turn: number,
  manner: PressManner,
): ExecuteAction | SubmitAction {
  const data: Required<Press> = { choose: id, of: key, turn }
  const submit = new SubmitAction({ title: label, data })
  if (manner === 'submit') return submit
  return new ExecuteAction({ title: label, verb: chooseVerb, data, fallback: submit })
}
