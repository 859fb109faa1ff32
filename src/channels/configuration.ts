import { isIPv6 } from 'node:net'
import { z } from 'zod'
import { appTypes, type BotIdentity } from './bot-identity.ts'
import { readCertificate } from './certificate.ts'
import type { AzureDirectLine } from './direct-line/exchange-token.ts'
import { isGuid } from './guid.ts'
import { isLoopbackHeader, isLoopbackUrl } from './loopback.ts'

export type Configuration = {
  port: number
  host: string
  logLevel: string
  /** Where the conversations and their key are kept. */
  dataFolder: string
  /** Base64 of 32 bytes; without it a key file in the data folder. */
  key?: string | undefined
  /** How long a conversation is kept after its last turn, in milliseconds. */
  lifetime: number
  identity?: BotIdentity | undefined
  /** Where the client can go on outside of Teams. */
  chatUrl?: string | undefined
  metricsToken?: string | undefined
  turnsPerMinute?: number | undefined
  /** Where others than this machine reach the pages and the chat: an origin. */
  publicUrl?: string | undefined
  /** Whoever shows it gets tokens for Direct Line. */
  directLineSecret?: string | undefined
  /** Pages of organisations get tokens of Azure instead of ours. */
  azureDirectLine?: AzureDirectLine | undefined
}

const keepHours = 'is a number of hours from 1 to 168'
const port = 'is a whole number from 0 to 65535'
const turns = 'is a whole number from 10 to 100000'
const secret = 'has 16 characters or more, without spaces'
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const
const domain = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i

/** Each variable by itself. */
const variables = z.object({
  PORT: z.coerce.number(port).int(port).min(0, port).max(65_535, port).default(3978),
  HOST: z.string().transform(withoutBrackets).default('127.0.0.1'),
  MicrosoftAppId: z
    .string()
    .refine(isGuid, 'is the GUID of the app registration')
    // Tokens and Azure name it in small letters, and are compared as they stand.
    .transform((id) => id.toLowerCase())
    .optional(),
  MicrosoftAppType: z.enum(appTypes, `is one of ${appTypes.join(', ')}`).optional(),
  MicrosoftAppTenantId: z
    .string()
    .refine((tenant) => isGuid(tenant) || domain.test(tenant), 'is the GUID or the domain of the tenant')
    .transform((tenant) => tenant.toLowerCase())
    .optional(),
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppCertificateFile: z.string().optional(),
  KLACHTWIJZER_DATA: z.string().default('.data'),
  KLACHTWIJZER_KEY: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{43}=?$/,
      `is base64 of 32 bytes; make one with: node -p "crypto.randomBytes(32).toString('base64')"`,
    )
    .optional(),
  KLACHTWIJZER_KEEP_HOURS: z.coerce.number(keepHours).min(1, keepHours).max(168, keepHours).default(24),
  KLACHTWIJZER_CHAT_URL: z
    .string()
    .refine(isChatUrl, 'is a URL with https, or with http on this machine')
    .optional(),
  KLACHTWIJZER_PUBLIC_URL: z
    .string()
    .refine(isPublicUrl, 'is where browsers reach this server: https and a name, without a path')
    .transform((url) => new URL(url).origin)
    .optional(),
  DIRECT_LINE_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, secret)
    .optional(),
  AZURE_DIRECT_LINE_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, secret)
    .optional(),
  AZURE_DIRECT_LINE_DOMAIN: z
    .string()
    .refine(
      isPublicUrl,
      'is an address with https, without a path, such as https://europe.directline.botframework.com',
    )
    .transform((url) => new URL(url).origin)
    .default('https://directline.botframework.com'),
  KLACHTWIJZER_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, secret)
    .optional(),
  KLACHTWIJZER_TURNS_PER_MINUTE: z.coerce
    .number(turns)
    .int(turns)
    .min(10, turns)
    .max(100_000, turns)
    .optional(),
  KLACHTWIJZER_LOG: z.enum(levels, `is one of ${levels.join(', ')}`).default('info'),
})

type Environment = Readonly<Record<string, string>>
type Name = keyof typeof variables.shape

/** The variables together. Apart from the first check, which tells nothing of one when another is wrong. */
const together = z.custom<Environment>().superRefine((set, context) => {
  const { MicrosoftAppId: id, MicrosoftAppType: type = 'MultiTenant' } = set
  const { MicrosoftAppPassword: password, MicrosoftAppCertificateFile: certificate } = set
  const complain = (name: Name, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message })

  if (set.AZURE_DIRECT_LINE_DOMAIN !== undefined && set.AZURE_DIRECT_LINE_SECRET === undefined) {
    complain(
      'AZURE_DIRECT_LINE_DOMAIN',
      'is of no use without AZURE_DIRECT_LINE_SECRET; set both, or neither',
    )
  }

  if (id === undefined) {
    const isPublic = set.KLACHTWIJZER_PUBLIC_URL !== undefined
    if (set.HOST !== undefined && !isPublic && !isThisMachine(withoutBrackets(set.HOST))) {
      complain(
        'HOST',
        'is not this machine; without MicrosoftAppId or KLACHTWIJZER_PUBLIC_URL only 127.0.0.1, ::1 or localhost is allowed',
      )
    }
    const others: Name[] = [
      'MicrosoftAppType',
      'MicrosoftAppTenantId',
      'MicrosoftAppPassword',
      'MicrosoftAppCertificateFile',
    ]
    for (const name of others) {
      if (set[name] !== undefined) complain(name, 'is of no use without MicrosoftAppId; set both, or neither')
    }
    return
  }
  if ((type === 'SingleTenant' || type === 'UserAssignedMSI') && set.MicrosoftAppTenantId === undefined) {
    complain('MicrosoftAppTenantId', `is needed with MicrosoftAppType ${type}`)
  }
  if (type === 'UserAssignedMSI') {
    const message = 'does not go with MicrosoftAppType UserAssignedMSI, which needs none'
    if (password !== undefined) complain('MicrosoftAppPassword', message)
    if (certificate !== undefined) complain('MicrosoftAppCertificateFile', message)
  } else if (password === undefined && certificate === undefined) {
    complain('MicrosoftAppPassword', 'is needed with this MicrosoftAppId, or MicrosoftAppCertificateFile')
  } else if (password !== undefined && certificate !== undefined) {
    complain('MicrosoftAppCertificateFile', 'does not go with MicrosoftAppPassword; set one of the two')
  }
})

/** Reads the environment; an empty variable counts as not set. Gives every problem, one line each, without values. */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
  now = new Date(),
): { configuration: Configuration } | { problems: string[] } {
  const given = Object.fromEntries(
    Object.entries(environment)
      .map(([name, value = '']) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  )
  const parsed = variables.safeParse(given)
  const fit = together.safeParse(given)
  const file = given.MicrosoftAppCertificateFile
  const read = file === undefined ? undefined : readCertificate(file, now)

  const problems = [...(parsed.error?.issues ?? []), ...(fit.error?.issues ?? [])].map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )
  if (read && 'problem' in read) problems.push(`MicrosoftAppCertificateFile: ${read.problem}`)
  if (!parsed.success || problems.length > 0) return { problems: [...new Set(problems)] }

  const set = parsed.data
  return {
    configuration: {
      port: set.PORT,
      host: set.HOST,
      logLevel: set.KLACHTWIJZER_LOG,
      dataFolder: set.KLACHTWIJZER_DATA,
      key: set.KLACHTWIJZER_KEY,
      lifetime: set.KLACHTWIJZER_KEEP_HOURS * 60 * 60 * 1000,
      chatUrl: set.KLACHTWIJZER_CHAT_URL,
      metricsToken: set.KLACHTWIJZER_METRICS_TOKEN,
      turnsPerMinute: set.KLACHTWIJZER_TURNS_PER_MINUTE,
      publicUrl: set.KLACHTWIJZER_PUBLIC_URL,
      directLineSecret: set.DIRECT_LINE_SECRET,
      ...(set.AZURE_DIRECT_LINE_SECRET !== undefined && {
        azureDirectLine: { secret: set.AZURE_DIRECT_LINE_SECRET, domain: set.AZURE_DIRECT_LINE_DOMAIN },
      }),
      ...(set.MicrosoftAppId !== undefined && {
        identity: {
          appId: set.MicrosoftAppId,
          appType: set.MicrosoftAppType,
          tenantId: set.MicrosoftAppTenantId,
          appPassword: set.MicrosoftAppPassword,
          certificate: read && 'certificate' in read ? read.certificate : undefined,
        },
      }),
    },
  }
}

/** An IPv6 address as it stands in a URL, `[::1]`, is `::1` elsewhere. */
function withoutBrackets(host: string): string {
  const inner = /^\[(.*)\]$/.exec(host)?.[1]
  return inner !== undefined && isIPv6(inner) ? inner : host
}

/** Only names by which this machine is also called in requests: at another one the server would refuse everybody. */
function isThisMachine(host: string): boolean {
  return isLoopbackHeader(`${isIPv6(host) ? `[${host}]` : host}:0`)
}

function isChatUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackUrl(text))
}

function isPublicUrl(text: string): boolean {
  const url = URL.parse(text)
  return isChatUrl(text) && url?.href === `${url?.origin}/`
}
