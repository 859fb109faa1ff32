import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder'

/** How the bot is known to Azure Bot Service. */
export type BotIdentity = {
  appId: string
  appPassword?: string | undefined
  appType?: string | undefined
  tenantId?: string | undefined
}

/**
 * CloudAdapter without its own HTTP handling, which prints errors with their messages and sends them to the caller.
 * Without an identity it trusts any caller: the server must let in none but this machine.
 */
export class BotAdapter extends CloudAdapter {
  constructor(identity: BotIdentity | undefined) {
    super(
      new ConfigurationBotFrameworkAuthentication({
        ...(identity && { MicrosoftAppId: identity.appId }),
        ...(identity?.appPassword && { MicrosoftAppPassword: identity.appPassword }),
        ...(identity?.appType && { MicrosoftAppType: identity.appType }),
        ...(identity?.tenantId && { MicrosoftAppTenantId: identity.tenantId }),
      }),
    )
  }

  /** Checks who calls; throws botframework-connector's AuthenticationError. */
  async authenticate(activity: unknown, authorization: string): Promise<void> {
    await this.botFrameworkAuthentication.authenticateRequest(activity as Activity, authorization)
  }

  /** Checks who calls and runs one turn; throws an AuthenticationError, or what the turn throws. */
  receive(
    activity: unknown,
    authorization: string,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity as Activity, turn)
  }
}
