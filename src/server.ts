import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { readConfiguration } from './channels/configuration.ts'
import { serve } from './channels/serve.ts'
import { loadGuide } from './wiring/load-guide.ts'
import { loadWidget } from './wiring/load-widget.ts'
import { readEmbedding } from './wiring/read-embedding.ts'

const root = join(import.meta.dirname, '..')
const read = readConfiguration(process.env)
const problems = 'problems' in read ? read.problems : []
const guide = await attempt(() => loadGuide(root))
const embeddings = await attempt(() => readEmbedding(root))
const widget = await attempt(() => loadWidget(root))

if ('problems' in read || guide === undefined || embeddings === undefined || widget === undefined) {
  stop(problems)
} else {
  try {
    const address = await serve(guide, read.configuration, embeddings, widget)
    announce(address, read.configuration.identity !== undefined)
    flushCompileCache()
    await guide.prepare()
  } catch (error) {
    stop([messageOf(error)])
  }
}

async function attempt<T>(load: () => T): Promise<Awaited<T> | undefined> {
  try {
    return await load()
  } catch (error) {
    problems.push(messageOf(error))
    return undefined
  }
}

function stop(reasons: readonly string[]): void {
  console.error(`Klachtwijzer did not start.\n${reasons.join('\n')}`)
  process.exitCode = 1
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function announce(address: string, isKnownToAzure: boolean): void {
  const messages = `${address}/api/messages`
  console.log(
    `Klachtwijzer listens on ${messages}\n\n${isKnownToAzure ? nextInAzure() : nextHere(messages)}\n\nStop with Ctrl+C.`,
  )
}

function nextHere(messages: string): string {
  return `Open next, in a browser:
  The chat, on a made-up site   ${messages.replace('/api/messages', '/')}
  The chat on a whole page      ${messages.replace('/api/messages', '/chat')}
  A page without script         ${messages.replace('/api/messages', '/wijzer')}

Or, in another terminal:
  Agents Playground       npx -p @microsoft/m365agentsplayground agentsplayground -e ${messages} -c emulator --dt
  Bot Framework Emulator  open ${messages}, without an app id
  This terminal alone     npm run chat`
}

function nextInAzure(): string {
  return `With an app id only Azure Bot Service is let in. Give it this address as the messaging endpoint, over https.
To try flows in the Agents Playground or the Emulator, start another one without an app id.`
}
