import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A file of the package that names its schema. */
export type Judged = { readonly $schema: string }

export type Schema = { readonly properties: object; readonly patternProperties?: object }

type Validate = { (file: unknown): boolean; errors?: readonly { instancePath: string; message?: string }[] }
type Validator = { compile(schema: Schema): Validate }

const main = createRequire(import.meta.url).resolve('@microsoft/app-manifest')
const folder = join(dirname(main), 'json-schemas/teams')

// The validator that the official package itself uses. Its own function does not read the localisation schema: a
// pattern in it is no regular expression in Unicode mode, which the language of these schemas does not ask for.
const official = createRequire(main)
const Ajv: new (options: object) => Validator = official('ajv-draft-04').default
const addFormats: (validator: Validator, formats: string[]) => void = official('ajv-formats').default

/** The version numbers of the schemas that are released, as `1.30`; the newest last. */
export function releasedVersions(): readonly string[] {
  const numbers = readdirSync(folder).flatMap((name) => /^v1\.(\d+)$/.exec(name)?.[1] ?? [])
  return numbers.sort((a, b) => Number(a) - Number(b)).map((number) => `1.${number}`)
}

/** The official schema that a file names, from the package that ships it: nothing is fetched. */
export function schemaOf({ $schema }: Judged): Schema {
  const [, version = '', name = ''] = /\/teams\/(v[\d.]+)\/(MicrosoftTeams[\w.]*)$/.exec($schema) ?? []
  return JSON.parse(readFileSync(join(folder, version, name), 'utf8'))
}

/** What is wrong with a file by the official schema that it names. */
export function violations(file: Judged): readonly string[] {
  const validator = new Ajv({ allErrors: true, strictTypes: false, unicodeRegExp: false })
  addFormats(validator, ['uri', 'email', 'regex'])
  const validate = validator.compile(schemaOf(file))
  validate(file)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
