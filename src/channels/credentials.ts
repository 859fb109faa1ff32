import {
  type AppCredentials,
  AuthenticationConstants,
  CertificateServiceClientCredentialsFactory,
  JwtTokenProviderFactory,
  ManagedIdentityServiceClientCredentialsFactory,
  PasswordServiceClientCredentialFactory,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector'
import type { BotIdentity } from './bot-identity.ts'

type TokenProvider = ReturnType<JwtTokenProviderFactory['createAzureServiceTokenProvider']>

/**
 * How the bot gets the token that it brings to a channel with its replies. Nothing is requested before the first reply;
 * the SDK keeps the token until it expires.
 */
export function createTokenSource(identity: BotIdentity): () => Promise<string> {
  const factory = createCredentials(identity)
  const { ToChannelFromBotOAuthScope: audience, ToChannelFromBotLoginUrl: login } = AuthenticationConstants
  let credentials: Promise<AppCredentials> | undefined
  return async () => {
    credentials ??= factory.createCredentials(
      identity.appId,
      audience,
      login,
      true,
    ) as Promise<AppCredentials>
    return (await credentials).getToken()
  }
}

function createCredentials(identity: BotIdentity): ServiceClientCredentialsFactory {
  const { appId, appType, appPassword = '', certificate } = identity
  if (appType === 'UserAssignedMSI') return createManagedIdentity(appId)

  const tenant = (appType === 'SingleTenant' && identity.tenantId) || ''
  return certificate === undefined
    ? new PasswordServiceClientCredentialFactory(appId, appPassword, tenant)
    : new CertificateServiceClientCredentialsFactory(
        appId,
        certificate.thumbprint,
        certificate.privateKey,
        tenant,
      )
}

// The SDK asks for a provider more than once, and one is costly to make.
function createManagedIdentity(appId: string): ServiceClientCredentialsFactory {
  let provider: TokenProvider | undefined
  return new ManagedIdentityServiceClientCredentialsFactory(appId, {
    createAzureServiceTokenProvider() {
      provider ??= new JwtTokenProviderFactory().createAzureServiceTokenProvider(appId)
      return provider
    },
  })
}
