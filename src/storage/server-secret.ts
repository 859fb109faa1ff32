import { join } from 'node:path'
import type { Random } from './cipher.ts'
import { loadSecretFile, parseSecret } from './secret.ts'

/**
 * The server's secret, once the conversation store has been opened: that of KLACHTWIJZER_KEY, or of the key file that
 * the store made.
 *
 * @throws StorageError when the key file is gone or cannot be read
 */
export function serverSecret(folder: string, key: string | undefined, random: Random): Buffer {
  if (key !== undefined) return parseSecret(key, 'KLACHTWIJZER_KEY')
  return loadSecretFile(join(folder, 'conversations.key'), false, random)
}
