import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder'
import {
  type AuthenticateRequestResult,
  AuthenticationConstants,
  ClaimsIdentity,
} from 'botframework-connector'
import type { BotIdentity } from './bot-identity.ts'
import { createTokenCheck, type TokenCheck } from './caller-token.ts'
import { createCredentials } from './credentials.ts'

/** Who called, as far as it was checked. */
export type Caller = AuthenticateRequestResult

/** What of an activity a token must fit. */
export type Claimed = { channelId: string; serviceUrl: string | undefined }

/**
 * CloudAdapter without its own HTTP handling, which prints errors with their messages and sends them to the caller.
 * Without an identity it trusts any caller: the server must let in none but this machine.
 */
export class BotAdapter extends CloudAdapter {
  readonly #tokens: TokenCheck | undefined

  constructor(identity: BotIdentity | undefined) {
    super(
      identity === undefined
        ? new ConfigurationBotFrameworkAuthentication({})
        : new ConfigurationBotFrameworkAuthentication(
            { MicrosoftAppId: identity.appId },
            createCredentials(identity),
          ),
    )
    this.#tokens = identity && createTokenCheck(identity)
  }

  /** Says whether it is worth to read what this caller sends; `authenticate` knows for sure. */
  mayKnow(authorization: string): boolean {
    return this.#tokens?.isPlausible(authorization) ?? true
  }

  /** Checks who calls; throws one of the errors of `caller-token.ts`. */
  async authenticate(claimed: Claimed, authorization: string): Promise<Caller> {
    const claimsIdentity =
      (await this.#tokens?.verify(authorization, claimed)) ??
      new ClaimsIdentity([], AuthenticationConstants.AnonymousAuthType)
    return {
      claimsIdentity,
      audience: AuthenticationConstants.ToChannelFromBotOAuthScope,
      connectorFactory: this.botFrameworkAuthentication.createConnectorFactory(claimsIdentity),
    }
  }

  /** Runs one turn for a caller that was checked; throws what the turn throws. */
  receive(
    activity: unknown,
    caller: Caller,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(caller, activity as Activity, turn)
  }
}
