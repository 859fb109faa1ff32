import { expect, it } from 'vitest'
import type { BotIdentity } from '../../src/channels/bot-identity.ts'
import { describeCallers } from '../../src/channels/describe-callers.ts'

const certificate = { thumbprint: 'AB', privateKey: 'geheim' }

it('says that without an app id only this machine is served', () => {
  expect(describeCallers(undefined)).toBe('Without an app id (MicrosoftAppId) only this machine is served.')
})

it.each<[string, Omit<BotIdentity, 'appId'>]>([
  ['MultiTenant, a password', { appPassword: 'geheim' }],
  ['SingleTenant, a certificate', { appType: 'SingleTenant', tenantId: 'linde', certificate }],
  ['UserAssignedMSI, a managed identity', { appType: 'UserAssignedMSI' }],
])('says who is served with an app id, and no secret: %s', (kind, fields) => {
  expect(describeCallers({ appId: 'the-app', ...fields })).toBe(
    `With app id the-app (${kind}) only channels of Azure Bot Service with a token for it are served.`,
  )
})
