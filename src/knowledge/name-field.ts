/** A field as an author finds it: `bodies.klachten.contacts.0`, with the id of an entry instead of its index. */
export function nameField(data: unknown, field: readonly PropertyKey[]): string {
  let value = data
  const names = field.map((key) => {
    const inList = Array.isArray(value)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
    return (inList ? idOf(value) : undefined) ?? String(key)
  })
  return names.join('.')
}

function idOf(value: unknown): string | undefined {
  const named = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof named === 'string' && named !== '' ? named : undefined
}
