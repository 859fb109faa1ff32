import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { openStorage } from '../storage/open-storage.ts'
import { purposeSecret } from '../storage/purpose-secret.ts'
import { serverSecret } from '../storage/server-secret.ts'
import { createBotServer } from './bot-server.ts'
import type { Configuration } from './configuration.ts'
import { keepLibrariesQuiet } from './console-to-log.ts'
import { describeCallers } from './describe-callers.ts'
import { describeError } from './describe-error.ts'
import type { Embedding } from './direct-line/embedding.ts'
import type { Guide } from './guide.ts'
import { createLog } from './log.ts'
import { createSlotFiller } from './model/create-slot-filler.ts'
import type { WidgetProgram } from './widget/widget-program.ts'

const sweepEvery = 10 * 60 * 1000
const shutdownLimit = 20_000

/**
 * Opens the storage and serves the bot until the process is told to stop; then finishes the turns in flight. Gives the
 * address of the server. Throws when storage or port cannot be used, with a message for whoever started it.
 */
export async function serve(
  guide: Guide,
  configuration: Configuration,
  embeddings: Readonly<Record<string, Embedding>> = {},
  widget?: WidgetProgram,
): Promise<string> {
  const log = createLog(configuration.logLevel)
  const now = () => new Date()
  const { conversations: store, activities } = await openStorage({
    folder: resolve(configuration.dataFolder),
    key: configuration.key,
    lifetime: configuration.lifetime,
    now,
    random: randomBytes,
    log,
  })
  const { identity, publicUrl, chatUrl, metricsToken, turnsPerMinute } = configuration
  const { dataFolder, key, lifetime, directLineSecret: clientSecret, azureDirectLine: azure } = configuration
  const secret = serverSecret(resolve(dataFolder), key, randomBytes)
  const page = { secret: purposeSecret(secret, 'page'), lifetime, random: randomBytes }
  const directLine = {
    secret: purposeSecret(secret, 'direct-line'),
    random: randomBytes,
    activities,
    embeddings,
    clientSecret,
    azure,
  }
  const fillSlots = configuration.model && createSlotFiller(configuration.model, log)
  const server = createBotServer({
    fillSlots,
    guide,
    store,
    now,
    log,
    identity,
    publicUrl,
    chatUrl,
    metricsToken,
    turnsPerMinute,
    page,
    directLine,
    widget,
  })
  const address = await server.listen(configuration.port, configuration.host).catch(async (error) => {
    await store.close()
    throw explainListenError(error, configuration)
  })

  const notice = describeCallers(identity, publicUrl)
  log.info(notice)
  console.log(notice)
  keepLibrariesQuiet(log)

  const sweep = () =>
    Promise.all([store.sweep(), activities.sweep()]).catch((error) =>
      log.error(describeError(error), 'the sweep failed'),
    )
  await sweep()
  const timer = setInterval(sweep, sweepEvery)

  let isStopping = false
  async function stop(signal: string): Promise<void> {
    if (isStopping) process.exit(1)
    isStopping = true
    log.info({ signal }, 'stopping')
    clearInterval(timer)
    setTimeout(() => process.exit(1), shutdownLimit).unref()
    await server.close()
    await store.close()
    process.exit(0)
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  process.on('uncaughtException', (error) => {
    log.error(describeError(error), 'a fault that nobody caught; stopping')
    process.exit(1)
  })
  return address
}

function explainListenError(error: unknown, { port, host }: Configuration): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return new Error(`Port ${port} is taken. Stop the other program, or set PORT.`)
  if (code === 'EACCES')
    return new Error(`Port ${port} is not allowed for this user. Set PORT to 1024 or more.`)
  if (code === 'EADDRNOTAVAIL') return new Error(`${host} is not an address of this machine. Set HOST.`)
  return error
}
