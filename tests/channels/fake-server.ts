import type { Configuration } from '../../src/channels/configuration.ts'
import { serve } from '../../src/channels/serve.ts'
import { fakeGuide } from './fake-guide.ts'

/** Arguments: the data folder, the port, and more of the configuration as JSON. */
const [dataFolder = '', port = '0', more = '{}'] = process.argv.slice(2)
const configuration: Configuration = {
  port: Number(port),
  host: '127.0.0.1',
  logLevel: 'info',
  dataFolder,
  lifetime: 24 * 3_600_000,
  ...JSON.parse(more),
}
console.log(await serve(fakeGuide, configuration))
