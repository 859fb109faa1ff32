import { type CardElement, Container, ExecuteAction, SubmitAction } from '@microsoft/teams.cards'
import type { SpokenOption, SpokenReply } from '../guide.ts'
import { line } from './card-pieces.ts'

/** The verb of the presses that a channel sends as an invoke. */
export const chooseVerb = 'choose'

/** What a press tells: the option, the reply under which its button stood, and the turn in which that was shown. */
export type PressData = { readonly choose: string; readonly of: string; readonly turn: number }

/** How a channel sends a press: as an invoke whose answer replaces the card (Universal Actions), or as a message. */
export type Press = 'execute' | 'submit'

/**
 * The options of a reply, each a whole line to press: labels are sentences, and buttons cut those off. Where a client
 * has no Universal Actions, it falls back to a submit.
 */
export function optionRows(reply: SpokenReply, turn: number, press: Press): readonly CardElement[] {
  return reply.options.map((option) =>
    new Container(line(option.label, { color: 'Accent', weight: 'Bolder' })).withOptions({
      style: 'emphasis',
      spacing: 'Small',
      selectAction: actionOf(reply, option, turn, press),
    }),
  )
}

/** What can always be done, less in the eye than the options. */
export function asideRows(reply: SpokenReply, turn: number, press: Press): readonly CardElement[] {
  return (reply.aside ?? []).map((option) =>
    new Container(line(option.label, { color: 'Accent', size: 'Small' })).withOptions({
      spacing: 'Medium',
      selectAction: actionOf(reply, option, turn, press),
    }),
  )
}

function actionOf(
  { key }: SpokenReply,
  { id, label }: SpokenOption,
  turn: number,
  press: Press,
): ExecuteAction | SubmitAction {
  const data: PressData = { choose: id, of: key, turn }
  const submit = new SubmitAction({ title: label, data })
  if (press === 'submit') return submit
  return new ExecuteAction({ title: label, verb: chooseVerb, data, fallback: submit })
}
