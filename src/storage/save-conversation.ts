import type { Kysely } from 'kysely'
import type { Cipher } from './cipher.ts'
import type { Schema } from './schema.ts'

/** Replaces what is kept of a conversation, sealed for its row and its lifetime. @param expires milliseconds since 1970 */
export async function saveConversation(
  on: Pick<Kysely<Schema>, 'insertInto'>,
  cipher: Cipher,
  { id, value, expires }: { readonly id: string; readonly value: unknown; readonly expires: number },
): Promise<void> {
  const name = cipher.nameRow(id)
  const sealed = { value: cipher.seal(sealOf(name, expires), value), expires }
  await on
    .insertInto('conversation')
    .values({ name, ...sealed })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(sealed))
    .execute()
}

/** What a value is sealed to: nobody can move it to another row, or let it live longer. */
export function sealOf(name: string, expires: number): string {
  return `${name} ${expires}`
}
