import { StorageError } from '../storage/storage-error.ts'

/**
 * An error as it may be logged: its class, its code and where it happened. A message can quote what a client typed,
 * so it is left out, except that of a `StorageError`, which is written for staff.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error }
  return {
    error: error.constructor.name,
    ...(error instanceof StorageError && { advice: error.message }),
    ...('code' in error &&
      typeof error.code === 'string' &&
      /^[A-Z0-9_]+$/.test(error.code) && { code: error.code }),
    stack: frames(error),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}

function frames({ stack = '', message }: Error): string[] {
  return stack
    .replace(message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
}
