import {
  type Activity,
  ActivityTypes,
  type ConversationReference,
  DeliveryModes,
  INVOKE_RESPONSE_KEY,
  type InvokeResponse,
  type ResourceResponse,
  BotAdapter as SdkAdapter,
  TurnContext,
} from 'botbuilder'
import type { BotIdentity } from './bot-identity.ts'
import { createTokenCheck, type TokenCheck } from './caller-token.ts'
import { type Connector, createConnector } from './connector.ts'
import { createTokenSource } from './credentials.ts'

/** What of an activity a token must fit. */
export type Claimed = { channelId: string; serviceUrl: string | undefined }

/**
 * Lets the bot talk with channels of Azure Bot Service, the Emulator and the Agents Playground. The SDK's own
 * `CloudAdapter` is not used: it prints errors with their messages, sends them to the caller, and builds clients for
 * each turn that nothing here uses. Without an identity any caller is trusted: the server must let in none but this
 * machine.
 */
export class BotAdapter extends SdkAdapter {
  readonly #tokens: TokenCheck | undefined
  readonly #connector: Connector

  constructor(identity: BotIdentity | undefined) {
    super()
    this.#tokens = identity && createTokenCheck(identity)
    this.#connector = createConnector(identity && createTokenSource(identity))
  }

  /** Says whether it is worth to read what this caller sends; `authenticate` knows for sure. */
  mayKnow(authorization: string): boolean {
    return this.#tokens?.isPlausible(authorization) ?? true
  }

  /** Checks who calls; throws one of the errors of `caller-token.ts`. */
  async authenticate(claimed: Claimed, authorization: string): Promise<void> {
    await this.#tokens?.verify(authorization, claimed)
  }

  /** Runs one turn for a caller that was checked; throws what the turn throws. Gives what to answer the call with. */
  async receive(
    activity: unknown,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    const context = new TurnContext(this, activity as Activity)
    await this.runMiddleware(context, turn)
    const { deliveryMode, type } = context.activity
    if (deliveryMode === DeliveryModes.ExpectReplies) {
      return { status: 200, body: { activities: context.bufferedReplyActivities } }
    }
    if (type !== ActivityTypes.Invoke) return undefined
    return context.turnState.get(INVOKE_RESPONSE_KEY)?.value ?? { status: 501 }
  }

  /** Closes the connections that are kept open. */
  close(): void {
    this.#connector.close()
  }

  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const sent: ResourceResponse[] = []
    for (const activity of activities) sent.push((await this.#send(context, activity)) ?? { id: '' })
    return sent
  }

  async #send(
    context: TurnContext,
    { id: _, ...activity }: Partial<Activity>,
  ): Promise<ResourceResponse | undefined> {
    if (activity.type === ActivityTypes.InvokeResponse) {
      context.turnState.set(INVOKE_RESPONSE_KEY, activity)
      return undefined
    }
    return this.#connector.send(activity)
  }

  override async updateActivity(
    _context: TurnContext,
    activity: Partial<Activity>,
  ): Promise<ResourceResponse | undefined> {
    return this.#connector.update(activity)
  }

  override async deleteActivity(
    _context: TurnContext,
    { serviceUrl = '', conversation, activityId = '' }: Partial<ConversationReference>,
  ): Promise<void> {
    await this.#connector.remove({ serviceUrl, conversationId: conversation?.id ?? '' }, activityId)
  }

  /** The bot never begins to talk by itself. @throws Error always */
  override async continueConversation(): Promise<void> {
    throw new Error('the bot speaks only when it is spoken to')
  }
}
