import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Configuration, readConfiguration } from '../../src/channels/configuration.ts'
import { makeCertificate } from './make-certificate.ts'

const appId = '12345678-90ab-cdef-1234-567890abcdef'
const tenantId = '11111111-2222-3333-4444-555555555555'
const registered = { MicrosoftAppId: appId, MicrosoftAppPassword: 'geheim' }

function problemsOf(environment: Record<string, string>): string[] {
  const result = readConfiguration(environment)
  return 'problems' in result ? result.problems : []
}

function configurationOf(environment: Record<string, string>): Configuration {
  const result = readConfiguration(environment)
  if ('problems' in result) throw new Error(result.problems.join('\n'))
  return result.configuration
}

describe('the configuration', () => {
  it('needs nothing, and then serves this machine alone', () => {
    expect(configurationOf({ PORT: '', MicrosoftAppId: ' ' })).toEqual({
      port: 3978,
      host: '127.0.0.1',
      logLevel: 'info',
      dataFolder: '.data',
      lifetime: 24 * 3_600_000,
    })
  })

  it('takes every variable', () => {
    expect(
      configurationOf({
        PORT: '80',
        HOST: '0.0.0.0',
        ...registered,
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppTenantId: tenantId,
        KLACHTWIJZER_DATA: '/var/lib/klachtwijzer',
        KLACHTWIJZER_KEY: Buffer.alloc(32).toString('base64'),
        KLACHTWIJZER_KEEP_HOURS: '1',
        KLACHTWIJZER_CHAT_URL: 'https://linde.example/chat',
        KLACHTWIJZER_PUBLIC_URL: 'https://Chat.Linde.example/',
        DIRECT_LINE_SECRET: 'geheim-van-de-beheerder',
        AZURE_DIRECT_LINE_SECRET: 'geheim-van-azure-zelf',
        AZURE_DIRECT_LINE_DOMAIN: 'https://europe.directline.botframework.com',
        KLACHTWIJZER_METRICS_TOKEN: 'zestien-tekens-en-meer',
        KLACHTWIJZER_TURNS_PER_MINUTE: '600',
        KLACHTWIJZER_LOG: 'warn\n',
      }),
    ).toEqual({
      port: 80,
      host: '0.0.0.0',
      logLevel: 'warn',
      dataFolder: '/var/lib/klachtwijzer',
      key: Buffer.alloc(32).toString('base64'),
      lifetime: 3_600_000,
      identity: { appId, appType: 'SingleTenant', tenantId, appPassword: 'geheim' },
      chatUrl: 'https://linde.example/chat',
      publicUrl: 'https://chat.linde.example',
      directLineSecret: 'geheim-van-de-beheerder',
      azureDirectLine: {
        secret: 'geheim-van-azure-zelf',
        domain: 'https://europe.directline.botframework.com',
      },
      metricsToken: 'zestien-tekens-en-meer',
      turnsPerMinute: 600,
    })
  })

  it('lets others in without an app id where it says how they come', () => {
    const open = { HOST: '0.0.0.0', KLACHTWIJZER_PUBLIC_URL: 'https://chat.linde.example' }
    expect(configurationOf(open)).toMatchObject({ host: '0.0.0.0', publicUrl: 'https://chat.linde.example' })
    expect(problemsOf({ HOST: '0.0.0.0' })).toHaveLength(1)
  })

  it.each([
    'http://chat.linde.example',
    'chat.linde.example',
    'https://chat.linde.example/chat',
    'https://a@b.nl',
  ])('takes no public address such as %s', (url) => {
    expect(problemsOf({ KLACHTWIJZER_PUBLIC_URL: url })).toEqual([
      'KLACHTWIJZER_PUBLIC_URL: is where browsers reach this server: https and a name, without a path',
    ])
  })

  it('takes a domain of Azure with a secret for it, and uses that of the whole world without', () => {
    expect(problemsOf({ AZURE_DIRECT_LINE_DOMAIN: 'https://europe.directline.botframework.com' })).toEqual([
      'AZURE_DIRECT_LINE_DOMAIN: is of no use without AZURE_DIRECT_LINE_SECRET; set both, or neither',
    ])
    expect(configurationOf({ AZURE_DIRECT_LINE_SECRET: 'geheim-van-azure-zelf' }).azureDirectLine).toEqual({
      secret: 'geheim-van-azure-zelf',
      domain: 'https://directline.botframework.com',
    })
  })

  it('names every problem at once, one line each, of single variables and of what they are together', () => {
    const problems = problemsOf({
      PORT: 'linde',
      HOST: '0.0.0.0',
      KLACHTWIJZER_KEY: 'lindeblad',
      KLACHTWIJZER_KEEP_HOURS: '-1',
      KLACHTWIJZER_CHAT_URL: 'lindeboom',
      KLACHTWIJZER_METRICS_TOKEN: 'lindetoken',
      KLACHTWIJZER_TURNS_PER_MINUTE: '1.5',
      KLACHTWIJZER_LOG: 'luid',
      MicrosoftAppPassword: 'lindewoord',
    })
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
      'HOST',
      'KLACHTWIJZER_CHAT_URL',
      'KLACHTWIJZER_KEEP_HOURS',
      'KLACHTWIJZER_KEY',
      'KLACHTWIJZER_LOG',
      'KLACHTWIJZER_METRICS_TOKEN',
      'KLACHTWIJZER_TURNS_PER_MINUTE',
      'MicrosoftAppPassword',
      'PORT',
    ])
    expect(problems.join()).not.toMatch(/linde|luid|\n/)
  })

  it.each([
    [{ HOST: '0.0.0.0' }, /^HOST: is not this machine; without MicrosoftAppId/],
    [{ HOST: '[::2]' }, /^HOST: /],
    [{ HOST: '[127.0.0.1]' }, /^HOST: /],
    [{ HOST: '127.0.0.2' }, /^HOST: /],
    [{ HOST: 'localhost:80' }, /^HOST: /],
    [{ HOST: '::ffff:127.0.0.1' }, /^HOST: /],
    [{ PORT: '65536' }, /^PORT: is a whole number from 0 to 65535$/],
    [{ PORT: '80.5' }, /^PORT: is a whole number from 0 to 65535$/],
    [{ KLACHTWIJZER_KEEP_HOURS: '1e-9' }, /^KLACHTWIJZER_KEEP_HOURS: is a number of hours from 1 to 168$/],
    [{ KLACHTWIJZER_KEEP_HOURS: '169' }, /^KLACHTWIJZER_KEEP_HOURS: is a number of hours from 1 to 168$/],
    [{ KLACHTWIJZER_KEEP_HOURS: 'linde' }, /^KLACHTWIJZER_KEEP_HOURS: is a number of hours from 1 to 168$/],
    [{ KLACHTWIJZER_METRICS_TOKEN: 'a token with spaces' }, /^KLACHTWIJZER_METRICS_TOKEN: has 16 characters/],
    [{ KLACHTWIJZER_CHAT_URL: 'http://linde.example' }, /^KLACHTWIJZER_CHAT_URL: is a URL with https/],
    [{ KLACHTWIJZER_CHAT_URL: 'javascript:alert(1)' }, /^KLACHTWIJZER_CHAT_URL: is a URL with https/],
    [{ KLACHTWIJZER_CHAT_URL: 'https://a:b@linde.example' }, /^KLACHTWIJZER_CHAT_URL: is a URL with https/],
    [{ MicrosoftAppPassword: 'geheim' }, /^MicrosoftAppPassword: is of no use without MicrosoftAppId/],
    [{ ...registered, MicrosoftAppId: 'linde' }, /^MicrosoftAppId: is the GUID/],
    [{ MicrosoftAppId: appId }, /^MicrosoftAppPassword: is needed with this MicrosoftAppId, or /],
    [
      { ...registered, MicrosoftAppType: 'Tenant' },
      /^MicrosoftAppType: is one of MultiTenant, SingleTenant, /,
    ],
    [
      { ...registered, MicrosoftAppType: 'SingleTenant' },
      /^MicrosoftAppTenantId: is needed with .* SingleTenant$/,
    ],
    [
      { ...registered, MicrosoftAppTenantId: 'linde blad' },
      /^MicrosoftAppTenantId: is the GUID or the domain/,
    ],
    [{ MicrosoftAppId: appId, MicrosoftAppType: 'UserAssignedMSI' }, /^MicrosoftAppTenantId: is needed/],
    [
      { ...registered, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppTenantId: tenantId },
      /^MicrosoftAppPassword: does not go with MicrosoftAppType UserAssignedMSI/,
    ],
    [
      { ...registered, MicrosoftAppCertificateFile: '/none.pem' },
      /^MicrosoftAppCertificateFile: does not go with MicrosoftAppPassword/,
    ],
    [
      { MicrosoftAppId: appId, MicrosoftAppCertificateFile: '/none.pem' },
      /^MicrosoftAppCertificateFile: \/none\.pem cannot be read$/,
    ],
  ])('refuses %o', (environment, message) => {
    expect(problemsOf(environment)[0]).toMatch(message)
  })

  it.each([
    ['[::1]', '::1'],
    ['::1', '::1'],
    [' 127.0.0.1 ', '127.0.0.1'],
    ['LOCALHOST', 'LOCALHOST'],
  ])('reads the host %s as an address to listen on', (HOST, host) => {
    expect(configurationOf({ HOST }).host).toBe(host)
  })

  it('may listen elsewhere with an app id', () => {
    expect(configurationOf({ HOST: '0.0.0.0', ...registered }).identity?.appId).toBe(appId)
  })

  it('names app and tenant in small letters, as the tokens do that are compared with them', () => {
    const { identity } = configurationOf({
      MicrosoftAppId: appId.toUpperCase(),
      MicrosoftAppPassword: 'Geheim',
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: 'ABCDEF12-2222-3333-4444-555555555555',
    })
    expect(identity).toMatchObject({
      appId,
      appPassword: 'Geheim',
      tenantId: 'abcdef12-2222-3333-4444-555555555555',
    })
  })

  it.each([
    ['a password', registered],
    [
      'a password in one tenant',
      { ...registered, MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: tenantId },
    ],
    [
      'a password in one tenant, by its domain',
      { ...registered, MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: 'linde.onmicrosoft.com' },
    ],
    [
      'a managed identity',
      { MicrosoftAppId: appId, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppTenantId: tenantId },
    ],
  ])('takes %s', (_, environment) => {
    expect(problemsOf(environment)).toEqual([])
  })

  it.each(['https://linde.example/chat?from=teams', 'http://localhost:3978/', 'http://127.0.0.1:3978/chat'])(
    'takes %s as the chat',
    (url) => {
      expect(configurationOf({ KLACHTWIJZER_CHAT_URL: url }).chatUrl).toBe(url)
    },
  )
})

describe('the certificate in the configuration', () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'klachtwijzer-configuration-'))
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  function write(validFor: number): string {
    const made = makeCertificate(new Date(Date.now() - 2 * 86_400_000), new Date(Date.now() + validFor))
    const file = join(folder, 'bot.pem')
    writeFileSync(file, made.certificate + made.privateKey)
    return file
  }

  it('takes the place of the password', () => {
    const { identity } = configurationOf({
      MicrosoftAppId: appId,
      MicrosoftAppCertificateFile: write(86_400_000),
    })
    expect(identity?.certificate?.thumbprint).toMatch(/^[0-9A-F]{40}$/)
    expect(identity?.certificate?.privateKey).toContain('BEGIN PRIVATE KEY')
  })

  it('keeps the server from starting when it has expired, among all other problems', () => {
    const file = write(-86_400_000)
    expect(problemsOf({ PORT: 'x', MicrosoftAppId: appId, MicrosoftAppCertificateFile: file })).toEqual([
      'PORT: is a whole number from 0 to 65535',
      `MicrosoftAppCertificateFile: the certificate in ${file} has expired`,
    ])
  })
})
