import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose'
import type { TokenIssuer } from '../../src/channels/bot-identity.ts'

/** What a token says, and how it is signed, where that differs from a good one. */
export type TokenFields = {
  claims?: Record<string, unknown>
  /** Seconds from now. */
  notBefore?: number
  expires?: number
  key?: 'known' | 'elsewhere' | 'stolen name' | 'unendorsed'
  algorithm?: 'RS256' | 'RS512' | 'PS256' | 'HS256' | 'none'
}

/** A token issuer on this machine, in the place of Azure Bot Service: own keys, OpenID metadata, and tokens. */
export type TestIssuer = TokenIssuer & {
  /** A header value with a token that is good for a bot and a serviceUrl, but for what `fields` changes. */
  bearer(appId: string, serviceUrl: string, fields?: TokenFields): Promise<string>
  /** How often the keys were fetched. */
  fetched: number
  close(): Promise<void>
}

/** @param endorsements the channels that the known key may speak for */
export async function startTokenIssuer(endorsements = ['msteams', 'directline']): Promise<TestIssuer> {
  const [known, unendorsed, elsewhere] = await Promise.all([makeKey(), makeKey(), makeKey()])
  const keys: (JWK & { endorsements: string[] })[] = [
    { ...(await exportJWK(known.publicKey)), kid: 'known', use: 'sig', endorsements },
    { ...(await exportJWK(unendorsed.publicKey)), kid: 'unendorsed', use: 'sig', endorsements: ['slack'] },
  ]
  const signers: Record<NonNullable<TokenFields['key']>, { kid: string; privateKey: CryptoKey }> = {
    known: { kid: 'known', privateKey: known.privateKey },
    unendorsed: { kid: 'unendorsed', privateKey: unendorsed.privateKey },
    elsewhere: { kid: 'elsewhere', privateKey: elsewhere.privateKey },
    'stolen name': { kid: 'known', privateKey: elsewhere.privateKey },
  }

  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'application/json')
    if (request.url === '/keys') {
      issuer.fetched += 1
      response.end(JSON.stringify({ keys }))
    } else {
      response.end(JSON.stringify({ issuer: issuer.name, jwks_uri: `${address}/keys` }))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const issuer: TestIssuer = {
    name: 'https://api.botframework.com',
    metadata: `${address}/.well-known/openidconfiguration`,
    fetched: 0,
    async bearer(appId, serviceUrl, fields = {}) {
      const { claims, notBefore = -60, expires = 3600, key = 'known', algorithm = 'RS256' } = fields
      const now = Math.floor(Date.now() / 1000)
      const payload = {
        iss: issuer.name,
        aud: appId,
        serviceurl: serviceUrl,
        nbf: now + notBefore,
        exp: now + expires,
        ...claims,
      }
      if (algorithm === 'none') return `Bearer ${new UnsecuredJWT(payload).encode()}`
      const { kid, privateKey } = signers[key]
      // The old trick: the public key, which everybody has, as the secret of a symmetric signature.
      const publicText = new TextEncoder().encode(await exportSPKI(known.publicKey))
      const signer = algorithm === 'HS256' ? publicText : await forAlgorithm(privateKey, algorithm)
      const token = await new SignJWT(payload)
        .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
        .sign(signer)
      return `Bearer ${token}`
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return issuer
}

function makeKey(): Promise<{ publicKey: CryptoKey; privateKey: CryptoKey }> {
  return generateKeyPair('RS256', { extractable: true })
}

/** Web Crypto binds a key to one algorithm; the same numbers serve all of RSA. */
async function forAlgorithm(privateKey: CryptoKey, algorithm: string): Promise<CryptoKey | JWK> {
  return algorithm === 'RS256' ? privateKey : { ...(await exportJWK(privateKey)), alg: algorithm }
}
