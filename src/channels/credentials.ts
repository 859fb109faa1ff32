import {
  CertificateServiceClientCredentialsFactory,
  JwtTokenProviderFactory,
  ManagedIdentityServiceClientCredentialsFactory,
  PasswordServiceClientCredentialFactory,
  type ServiceClientCredentialsFactory,
} from 'botframework-connector'
import type { BotIdentity } from './bot-identity.ts'

type TokenProvider = ReturnType<JwtTokenProviderFactory['createAzureServiceTokenProvider']>

/** How the bot gets the token that it brings to a channel with its replies. Nothing is requested before the first reply. */
export function createCredentials(identity: BotIdentity): ServiceClientCredentialsFactory {
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

// The SDK asks for a provider twice a turn, and one is costly to make.
function createManagedIdentity(appId: string): ServiceClientCredentialsFactory {
  let provider: TokenProvider | undefined
  return new ManagedIdentityServiceClientCredentialsFactory(appId, {
    createAzureServiceTokenProvider() {
      provider ??= new JwtTokenProviderFactory().createAzureServiceTokenProvider(appId)
      return provider
    },
  })
}
