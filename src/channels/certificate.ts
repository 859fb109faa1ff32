import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { BotCertificate } from './bot-identity.ts'

/**
 * Reads a PEM file that holds a certificate and its private key, in any order. Gives the certificate, or one sentence
 * that names the file and what is wrong with it.
 */
export function readCertificate(
  file: string,
  now: Date,
): { certificate: BotCertificate } | { problem: string } {
  const pem = attempt(() => readFileSync(file, 'utf8'))
  if (pem === undefined) return { problem: `${file} cannot be read` }

  const certificate = attempt(() => new X509Certificate(pem))
  if (certificate === undefined) return { problem: `${file} holds no certificate in PEM` }
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(pem)) {
    return { problem: `the private key in ${file} has a passphrase; store it without one` }
  }
  const privateKey = attempt(() => createPrivateKey(pem))
  if (privateKey === undefined) return { problem: `${file} holds no private key in PEM` }
  if (privateKey.asymmetricKeyType !== 'rsa')
    return { problem: `the private key in ${file} is not an RSA key` }
  if (!certificate.checkPrivateKey(privateKey)) {
    return { problem: `the private key in ${file} does not belong to the certificate in it` }
  }
  if (now > certificate.validToDate) return { problem: `the certificate in ${file} has expired` }
  if (now < certificate.validFromDate) return { problem: `the certificate in ${file} is not valid yet` }

  return {
    certificate: {
      thumbprint: certificate.fingerprint.replaceAll(':', ''),
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
