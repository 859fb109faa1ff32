import type { BotIdentity } from './bot-identity.ts'

/** One line for whoever starts the server: who is let in. */
export function describeCallers(identity: BotIdentity | undefined, publicUrl?: string | undefined): string {
  if (identity === undefined && publicUrl !== undefined) {
    return `Pages and chat are served to everybody, as ${publicUrl}; without an app id (MicrosoftAppId) no channel is.`
  }
  if (identity === undefined) return 'Without an app id (MicrosoftAppId) only this machine is served.'
  const { appId, appType = 'MultiTenant', certificate } = identity
  const proof =
    appType === 'UserAssignedMSI' ? 'a managed identity' : certificate ? 'a certificate' : 'a password'
  return `With app id ${appId} (${appType}, ${proof}) only channels of Azure Bot Service with a token for it are served.`
}
