import { hoursPattern } from './parse-hours.ts'

/** A way of writing that the files must follow, with a value that does. */
type Format = { readonly pattern: RegExp; readonly example: string }

/** The ways in which values are written in the files of the knowledge. */
export const formats = {
  /** Small letters, digits and hyphens; not `constructor`, which every object of the language has. */
  id: { pattern: /^(?!constructor$)[a-z0-9]+(-[a-z0-9]+)*$/, example: 'mijn-organisatie' },
  date: { pattern: /^\d{4}-\d{2}-\d{2}$/, example: '2026-11-22' },
  /** ISO 8601 period in one unit, as the document prints it: `P6W`, `P12M`, `P3D`. */
  period: { pattern: /^P\d+[DWMY]$/, example: 'P6W' },
  dayOfYear: { pattern: /^\d{2}-\d{2}$/, example: '04-27' },
  /** The part of OpenStreetMap `opening_hours` that can be said in words. */
  hours: {
    pattern: hoursPattern,
    example: 'Mo 09:00-12:00; We-Fr 09:00-17:00',
  },
  url: { pattern: /^https?:\/\//, example: 'https://www.mijn-organisatie.nl/klacht' },
  secureUrl: { pattern: /^https:\/\//, example: 'https://www.mijn-organisatie.nl/logo.svg' },
  /** Of a page, as a browser says it: small letters, no path, and no port when it is the usual one. */
  origin: {
    pattern: /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(?!:443$)(:\d+)?$/,
    example: 'https://www.mijn-organisatie.nl',
  },
  colour: { pattern: /^#[0-9a-fA-F]{6}$/, example: '#005a9c' },
} as const satisfies Readonly<Record<string, Format>>

/** An example of the format with that pattern, as zod reports it; for a format without one that of an address. */
export function exampleOf(pattern: string | undefined): string {
  const found = Object.values(formats).find((format) => String(format.pattern) === pattern)
  return (found ?? formats.url).example
}

/** A telephone number as it is kept: with the number of the country, or a short one. */
export function isPhone(value: string): boolean {
  return /^(\+\d{9,15}|\d{3,6})$/.test(value)
}
