import { isIPv6 } from 'node:net'
import { z } from 'zod'
import type { BotIdentity } from './bot-adapter.ts'

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
}

const keepHours = 'is a number of hours from 1 to 168'
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

const variables = z
  .object({
    PORT: z.coerce.number('is a number from 0 to 65535').int().min(0).max(65_535).default(3978),
    HOST: z.string().transform(withoutBrackets).default('127.0.0.1'),
    MicrosoftAppId: z.string().optional(),
    MicrosoftAppPassword: z.string().optional(),
    MicrosoftAppType: z.enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI']).optional(),
    MicrosoftAppTenantId: z.string().optional(),
    KLACHTWIJZER_DATA: z.string().default('.data'),
    KLACHTWIJZER_KEY: z.string().optional(),
    KLACHTWIJZER_KEEP_HOURS: z.coerce.number(keepHours).min(1, keepHours).max(168, keepHours).default(24),
    KLACHTWIJZER_LOG: z.enum(levels).default('info'),
  })
  .superRefine((set, context) => {
    const require = (name: keyof typeof set, message: string) => {
      if (set[name] === undefined) context.addIssue({ code: 'custom', path: [name], message })
    }
    if (set.MicrosoftAppId === undefined) {
      if (/^(127\.0\.0\.1|::1|localhost)$/i.test(set.HOST)) return
      const message =
        'is not this machine; without MicrosoftAppId only 127.0.0.1, ::1 or localhost is allowed'
      context.addIssue({ code: 'custom', path: ['HOST'], message })
      return
    }
    if (set.MicrosoftAppType !== 'UserAssignedMSI') {
      require('MicrosoftAppPassword', 'is needed with this MicrosoftAppId')
    }
    if (set.MicrosoftAppType !== undefined && set.MicrosoftAppType !== 'MultiTenant') {
      require('MicrosoftAppTenantId', `is needed with MicrosoftAppType ${set.MicrosoftAppType}`)
    }
  })

/** An IPv6 address as it stands in a URL, `[::1]`, is `::1` elsewhere. */
function withoutBrackets(host: string): string {
  const inner = /^\[(.*)\]$/.exec(host.trim())?.[1]
  return inner !== undefined && isIPv6(inner) ? inner : host.trim()
}

/** Reads the environment; an empty variable counts as not set. Gives every problem, one line each, without values. */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): { configuration: Configuration } | { problems: string[] } {
  const filled = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '')
  const parsed = variables.safeParse(Object.fromEntries(filled))
  if (!parsed.success) {
    return { problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) }
  }
  const set = parsed.data
  return {
    configuration: {
      port: set.PORT,
      host: set.HOST,
      logLevel: set.KLACHTWIJZER_LOG,
      dataFolder: set.KLACHTWIJZER_DATA,
      key: set.KLACHTWIJZER_KEY,
      lifetime: set.KLACHTWIJZER_KEEP_HOURS * 60 * 60 * 1000,
      ...(set.MicrosoftAppId !== undefined && {
        identity: {
          appId: set.MicrosoftAppId,
          appPassword: set.MicrosoftAppPassword,
          appType: set.MicrosoftAppType,
          tenantId: set.MicrosoftAppTenantId,
        },
      }),
    },
  }
}
