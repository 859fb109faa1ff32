import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A program that was started and printed what was waited for. */
export type Started = { readonly found: string; readonly pid: number; stop(): Promise<void> }

/**
 * Starts Node with these arguments and waits for a line that fits; `found` is its first group. What the program writes
 * on standard error is thrown away, as cheaply as a log file.
 */
export async function startProgram(
  args: readonly string[],
  line: RegExp,
  environment: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, ...environment },
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const stop = async () => {
    process.off('exit', kill)
    if (child.exitCode !== null || child.signalCode !== null) return
    kill()
    await once(child, 'exit')
  }
  const lines = createInterface({ input: child.stdout })
  const found = await new Promise<string>((resolve, reject) => {
    lines.on('line', (printed) => {
      const match = line.exec(printed)
      if (match) resolve(match[1] ?? '')
    })
    lines.once('close', () => reject(new Error(`node ${args.join(' ')} ended before it said ${line}`)))
  })
  return { found, pid: child.pid ?? 0, stop }
}
