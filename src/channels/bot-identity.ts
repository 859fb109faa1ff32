/** The kinds of registration that Azure Bot Service knows. New multi-tenant ones cannot be made since July 2025; old ones work. */
export const appTypes = ['MultiTenant', 'SingleTenant', 'UserAssignedMSI'] as const

/** A certificate that Entra ID knows the bot by, with its private key. */
export type BotCertificate = {
  /** SHA-1 of the certificate in hexadecimal, as Entra ID names it. */
  thumbprint: string
  /** PEM. */
  privateKey: string
}

/** Who signs the tokens that channels bring. */
export type TokenIssuer = {
  /** The `iss` of the tokens. */
  name: string
  /** Where the OpenID metadata stands, which name the keys. */
  metadata: string
}

/** How the bot is known to Azure Bot Service. A managed identity has neither password nor certificate. */
export type BotIdentity = {
  appId: string
  /** MultiTenant when absent. */
  appType?: (typeof appTypes)[number] | undefined
  /** Needed by a single tenant. */
  tenantId?: string | undefined
  appPassword?: string | undefined
  certificate?: BotCertificate | undefined
  /** Azure Bot Service when absent. No setting changes it: whoever names the issuer decides who is let in. */
  issuer?: TokenIssuer | undefined
}
