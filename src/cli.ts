import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { todayInTheNetherlands } from './wiring/today.ts'

const root = join(import.meta.dirname, '..')
const lines = {
  out(line: string): void {
    process.stdout.write(`${line}\n`)
  },
  problem(line: string): void {
    process.stderr.write(`${line}\n`)
  },
}

// Whoever reads may stop early, as `head` does: then there is nobody left to write for.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

/** The commands, each loaded only when it is asked for, so that all of them start fast. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  async route() {
    const { loadProject } = await import('./wiring/load-project.ts')
    const { routeCommand } = await import('./wiring/route-command.ts')
    return routeCommand(await loadProject(root), process.stdin, todayInTheNetherlands(), lines)
  },
  async chat(args) {
    const { chatCommand } = await import('./wiring/chat-command.ts')
    return chatCommand(args, root, lines)
  },
  async understand(args) {
    const { understandCommand } = await import('./wiring/understand-command.ts')
    return understandCommand(args, root, process.stdin, lines)
  },
  async knowledge(args) {
    const { knowledgeCommand } = await import('./wiring/knowledge-command.ts')
    return knowledgeCommand(args, root, lines.out)
  },
  async 'build:dialogs'(args) {
    const { buildDialogsCommand } = await import('./wiring/build-dialogs-command.ts')
    return buildDialogsCommand(args, root, lines.out)
  },
  async texts(args) {
    const { textsCommand } = await import('./wiring/texts-command.ts')
    return textsCommand(args, root, lines.out)
  },
  async transcript(args) {
    const { transcriptCommand } = await import('./wiring/transcript-command.ts')
    return transcriptCommand(args, root, lines)
  },
  async manifest(args) {
    const { manifestCommand } = await import('./wiring/manifest-command.ts')
    return manifestCommand(args, root, process.env, lines)
  },
}

const { positionals } = parseArgs({ args: process.argv.slice(2), strict: false, allowPositionals: true })
const [name = ''] = positionals
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (command) {
  try {
    process.exitCode = await command(process.argv.slice(process.argv.indexOf(name) + 1))
  } catch (error) {
    lines.problem(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
} else {
  lines.problem(`Unknown command "${name}". Commands: ${Object.keys(commands).join(', ')}.`)
  process.exitCode = 1
}
