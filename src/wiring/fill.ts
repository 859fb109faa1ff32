/** Puts params in the place of `{{name}}`; one that is missing leaves nothing. */
export function fill(sentence: string, params: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{\{(\w+)\}\}/g, (_, name: string) => params[name] ?? '').trim()
}
