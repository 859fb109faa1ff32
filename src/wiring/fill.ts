/**
 * Puts params in the place of `{{name}}`; one that is missing leaves nothing. Params may be what a file says: characters
 * that steer a screen, or cannot be seen, become U+FFFD.
 */
export function fill(sentence: string, params: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => show(params[name] ?? '')).trim()
}

function show(value: string): string {
  return value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD')
}
