import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCertificate } from '../../src/channels/certificate.ts'
import { makeCertificate } from './make-certificate.ts'

const now = new Date('2026-03-02T09:00:00Z')
const { certificate, privateKey } = makeCertificate(new Date('2026-01-01'), new Date('2027-01-01'))
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-certificate-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

function write(content: string): string {
  const file = join(folder, 'bot.pem')
  writeFileSync(file, content)
  return file
}

describe('the certificate of the bot', () => {
  it.each([
    ['first', `${certificate}${privateKey}`],
    ['last', `${privateKey}${certificate}`],
  ])('is read with its key, the certificate %s', (_, content) => {
    const read = readCertificate(write(content), now)
    const { raw } = new X509Certificate(certificate)
    const thumbprint = createHash('sha1').update(raw).digest('hex').toUpperCase()
    expect(read).toEqual({ certificate: { thumbprint, privateKey } })
  })

  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const locked = createPrivateKey(privateKey)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'geheim' })
    .toString()
  it.each([
    ['is empty', '', 'holds no certificate in PEM'],
    ['holds words', 'linde', 'holds no certificate in PEM'],
    ['holds the key alone', privateKey, 'holds no certificate in PEM'],
    ['holds the certificate alone', certificate, 'holds no private key in PEM'],
    ['has a key with a passphrase', certificate + locked, 'has a passphrase; store it without one'],
    [
      'has another key',
      certificate + makeCertificate(now, now).privateKey,
      'does not belong to the certificate',
    ],
    [
      'has another kind of key',
      certificate + elliptic.export({ type: 'pkcs8', format: 'pem' }),
      'is not an RSA key',
    ],
  ])('is refused when its file %s', (_, content, problem) => {
    const file = write(content)
    const read = readCertificate(file, now)
    expect('problem' in read && read.problem).toContain(problem)
    expect('problem' in read && read.problem).toContain(file)
  })

  it.each([
    ['before it is valid', '2025-12-31T23:59:00Z', 'is not valid yet'],
    ['after it was valid', '2027-01-01T00:01:00Z', 'has expired'],
  ])('is refused %s', (_, day, problem) => {
    const read = readCertificate(write(certificate + privateKey), new Date(day))
    expect('problem' in read && read.problem).toContain(problem)
  })

  it('is refused when there is no such file', () => {
    const read = readCertificate(join(folder, 'none.pem'), now)
    expect('problem' in read && read.problem).toBe(`${join(folder, 'none.pem')} cannot be read`)
  })
})
