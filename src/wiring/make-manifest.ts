import { bodyCommand, bodyParameter } from '../channels/body-command.ts'
import type { ManifestSettings } from './read-manifest-settings.ts'
import { defaultLocale, type ManifestWords, menuCommands } from './read-manifest-words.ts'

const schemaVersion = '1.30'
const schemas = `https://developer.microsoft.com/json-schemas/teams/v${schemaVersion}`

/** The colour behind the white icon; the colour of the field in `manifest/icons/color.svg`. */
export const accentColor = '#0b5563'

/**
 * The manifest of the Teams app. It asks for no permission: the bot only answers in its own chat, and needs no name.
 *
 * @param words the words in the default language
 * @param others the locales for which there is a localisation file, `<locale>.json`
 */
export function makeManifest(settings: ManifestSettings, words: ManifestWords, others: readonly string[]) {
  const { appId, botId, version, developer, chatDomain } = settings
  return {
    $schema: `${schemas}/MicrosoftTeams.schema.json`,
    manifestVersion: schemaVersion,
    version,
    id: appId,
    developer,
    name: words.name,
    description: words.description,
    localizationInfo: {
      defaultLanguageTag: defaultLocale,
      additionalLanguages: others.map((locale) => ({ languageTag: locale, file: `${locale}.json` })),
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor,
    bots: [
      {
        botId,
        scopes: ['personal'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [
          {
            scopes: ['personal'],
            commands: menuCommands.map((command) => words.commands[command]),
          },
        ],
      },
    ],
    composeExtensions: [
      {
        botId,
        commands: [
          {
            id: bodyCommand,
            type: 'query',
            context: ['compose', 'commandBox'],
            initialRun: true,
            title: words.findBody.title,
            description: words.findBody.description,
            parameters: [{ name: bodyParameter, inputType: 'text', ...words.findBody.query }],
          },
        ],
      },
    ],
    defaultInstallScope: 'personal',
    ...(chatDomain !== undefined && { validDomains: [chatDomain] }),
  }
}

/** The localisation file of another language: every text of the manifest, by its path in it. */
export function makeLocalisation({ name, description, commands, findBody }: ManifestWords) {
  return {
    $schema: `${schemas}/MicrosoftTeams.Localization.schema.json`,
    ...under('name', name),
    ...under('description', description),
    ...Object.assign(
      {},
      ...menuCommands.map((command, at) =>
        under(`bots[0].commandLists[0].commands[${at}]`, commands[command]),
      ),
    ),
    ...under('composeExtensions[0].commands[0]', {
      title: findBody.title,
      description: findBody.description,
    }),
    ...under('composeExtensions[0].commands[0].parameters[0]', findBody.query),
  } satisfies Record<string, string>
}

function under(path: string, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${path}.${key}`, text]))
}
