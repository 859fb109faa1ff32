import { z } from 'zod'
import { isGuid } from '../channels/guid.ts'
import { describeDomainProblem, describeLinkProblem } from './check-link.ts'

/** What the manifest takes from the environment. */
export type ManifestSettings = {
  /** The id of the app in Teams: it stays the same from version to version, or Teams sees another app. */
  readonly appId: string
  /** The id of the Azure Bot registration. */
  readonly botId: string
  readonly version: string
  readonly developer: {
    readonly name: string
    readonly websiteUrl: string
    readonly privacyUrl: string
    readonly termsOfUseUrl: string
  }
  /** The domain of the chat outside Teams, with its port when it has one. */
  readonly chatDomain?: string
}

/** `developer.name` in the manifest schema. */
const longestName = 32

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const noId = '00000000-0000-0000-0000-000000000000'

const guid = (hint: string) =>
  checked(`is missing. ${hint}`, (id) => {
    if (!isGuid(id)) {
      return `is not a GUID, such as 1a2b3c4d-1a2b-1a2b-1a2b-1a2b3c4d5e6f. ${hint}`
    }
    return id === noId ? `is only zeros, the GUID of nothing. ${hint}` : undefined
  }).transform((id) => id.toLowerCase())

const link = (of: string) =>
  checked(`is missing. Put the https:// address of ${of} here.`, describeLinkProblem).transform(normaliseLink)

const variables = z.object({
  MicrosoftAppId: guid('Put the "Microsoft App ID" of the Azure Bot registration here.'),
  TEAMS_APP_ID: guid(
    'Put the id of the app in Teams here, or leave it out: the app then has the id of its bot.',
  ).optional(),
  TEAMS_APP_VERSION: checked('is missing.', describeVersionProblem),
  KLACHTWIJZER_DEVELOPER_NAME: checked(
    'is missing. Put the name here of the organisation that offers the app.',
    describeNameProblem,
  ),
  KLACHTWIJZER_WEBSITE_URL: link("the organisation's website"),
  KLACHTWIJZER_PRIVACY_URL: link('the privacy statement'),
  KLACHTWIJZER_TERMS_URL: link('the terms of use'),
  KLACHTWIJZER_CHAT_URL: checked('', (chat) => describeLinkProblem(chat) ?? describeDomainProblem(chat))
    .transform((chat) => new URL(chat).host)
    .optional(),
})

/**
 * Reads the settings of the manifest from the environment; an empty variable counts as not set. Refuses what Teams
 * refuses, or what would not work in it.
 *
 * @param projectVersion the version of the app where `TEAMS_APP_VERSION` gives none
 * @returns the settings, or every problem as one line that names the variable and the way out, without its value
 */
export function readManifestSettings(
  environment: Readonly<Record<string, string | undefined>>,
  projectVersion: string,
): { readonly settings: ManifestSettings } | { readonly problems: readonly string[] } {
  const set = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '')
  const parsed = variables.safeParse({ TEAMS_APP_VERSION: projectVersion, ...Object.fromEntries(set) })
  if (!parsed.success) {
    return { problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`) }
  }
  const given = parsed.data
  return {
    settings: {
      appId: given.TEAMS_APP_ID ?? given.MicrosoftAppId,
      botId: given.MicrosoftAppId,
      version: given.TEAMS_APP_VERSION,
      developer: {
        name: given.KLACHTWIJZER_DEVELOPER_NAME,
        websiteUrl: given.KLACHTWIJZER_WEBSITE_URL,
        privacyUrl: given.KLACHTWIJZER_PRIVACY_URL,
        termsOfUseUrl: given.KLACHTWIJZER_TERMS_URL,
      },
      ...(given.KLACHTWIJZER_CHAT_URL !== undefined && { chatDomain: given.KLACHTWIJZER_CHAT_URL }),
    },
  }
}

/** A text with at most one problem, the first: one line a variable. */
function checked(missing: string, describe: (value: string) => string | undefined) {
  return z.string(missing).superRefine((value, context) => {
    const message = describe(value)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })
}

/** Three numbers: the definition `semver` in the manifest schema, which knows no labels such as `-beta`. */
function describeVersionProblem(version: string): string | undefined {
  if (/^(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){2}$/.test(version)) return undefined
  return 'is not a version that Teams takes. Write three numbers such as 1.4.0, without "v" or "-beta".'
}

function describeNameProblem(name: string): string | undefined {
  if (invisible.test(name)) return 'holds a character that cannot be seen. Type the name anew, on one line.'
  if (name !== name.trim()) return 'begins or ends with a space. Take it away.'
  if (name.length <= longestName) return undefined
  return `has ${name.length} characters, and Teams takes at most ${longestName}. Write a shorter name.`
}

function normaliseLink(link: string): string {
  return new URL(link).href
}
