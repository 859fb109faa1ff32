import { z } from 'zod'
import { Refused } from './errors.ts'

/** A bot in Azure that has the channel Direct Line. */
export type AzureDirectLine = {
  secret: string
  /** Such as `https://europe.directline.botframework.com`; without a path. */
  domain: string
  /** How long it may take to answer, in milliseconds. */
  patience?: number | undefined
}

/** What a page needs to connect with the client of Microsoft. */
export type AzureToken = {
  readonly conversationId: string
  readonly token: string
  readonly expires_in: number
  /** Where the client must connect: as the option `domain`. */
  readonly domain: string
}

const answer = z.object({ conversationId: z.string(), token: z.string(), expires_in: z.number() })

const usualPatience = 5_000

/**
 * A token of Azure Direct Line for one user, for pages of these origins alone. The secret stays here.
 *
 * @throws Refused when Azure refuses, or is silent
 */
export async function exchangeToken(
  azure: AzureDirectLine,
  user: string,
  trustedOrigins: readonly string[],
): Promise<AzureToken> {
  const domain = `${azure.domain}/v3/directline`
  const body = await ask(domain, azure, { user: { id: user }, trustedOrigins }).catch(() => {
    throw new Refused('azure-silent')
  })
  const { data } = answer.safeParse(body)
  if (data === undefined) throw new Refused('azure-refused')
  return { ...data, domain }
}

/** What Azure answers; undefined when it refuses, or answers something else. Rejects when it is silent. */
async function ask(domain: string, { secret, patience = usualPatience }: AzureDirectLine, about: object) {
  const response = await fetch(`${domain}/tokens/generate`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(about),
    signal: AbortSignal.timeout(patience),
  })
  const text = await response.text()
  return response.ok ? parseJson(text) : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
