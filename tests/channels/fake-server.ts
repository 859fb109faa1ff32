import { serve } from '../../src/channels/serve.ts'
import { fakeGuide } from './fake-guide.ts'

const lifetime = 24 * 3_600_000
const dataFolder = process.argv[2] ?? ''
const port = Number(process.argv[3] ?? 0)
console.log(await serve(fakeGuide, { port, host: '127.0.0.1', logLevel: 'info', dataFolder, lifetime }))
