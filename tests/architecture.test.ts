import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The rooms in the order in which data flows; a room imports only from itself and from rooms before it. */
const rooms = [
  'knowledge',
  'routing',
  'dialog',
  'understanding',
  'conversation',
  'language',
  'storage',
  'channels',
  'wiring',
]

/** One library, one room: the day a library ends, one room moves. `wiring` and zod at the doors may stand anywhere. */
const homes: Readonly<Record<string, readonly string[]>> = {
  'fuse.js': ['understanding'],
  i18next: ['language'],
  kysely: ['storage'],
  botbuilder: ['channels'],
  '@microsoft/teams-ai': ['channels'],
  express: ['channels'],
  pino: ['channels'],
  '@microsoft/teams.cards': ['channels'],
  'prom-client': ['channels'],
  'rate-limiter-flexible': ['channels'],
  ws: ['channels'],
  preact: ['widget'],
  'preact-render-to-string': ['widget'],
  esbuild: ['wiring'],
  'botframework-connector': ['channels'],
  fflate: ['wiring'],
  yaml: ['knowledge'],
  'temporal-polyfill': ['routing'],
  'date-easter': ['routing'],
}

/** Rooms that are pure: no disk, no network, no clock, no chance. */
const pure = ['knowledge', 'routing', 'dialog', 'understanding', 'conversation', 'language']

/** Clocks, chance, and the time zone of the machine. */
const impure =
  /\bDate\(\)|\bDate\.now\b|\bperformance\.|\bMath\.random\b|\bprocess\.|\brandomUUID\b|\bTemporal\.Now\b|\bDateTimeFormat\(\)/

const source = join(import.meta.dirname, '..', 'src')

type Import = { readonly file: string; readonly room: string; readonly target: string }

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.ts'),
)

const imports: readonly Import[] = files.flatMap((path) => {
  const file = join(source, path)
  const found = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)
  return [...found].map(([, target = '']) => ({
    file: path,
    room: roomOf(path),
    target: inside(file, target),
  }))
})

function roomOf(path: string): string {
  return path.includes(sep) ? (path.split(sep)[0] as string) : ''
}

/** A relative import as a path within `src`; a library by its name. */
function inside(file: string, target: string): string {
  return target.startsWith('.') ? relative(source, resolve(dirname(file), target)) : target
}

describe('a room imports only from rooms before it', () => {
  test.each(rooms)('%s', (room) => {
    const allowed = rooms.slice(0, rooms.indexOf(room) + 1)
    const wrong = imports.filter(
      (entry) =>
        entry.room === room &&
        rooms.includes(roomOf(entry.target)) &&
        !allowed.includes(roomOf(entry.target)),
    )
    expect(wrong, `Move what is shared to an earlier room, or pass it in as an argument (${room}).`).toEqual(
      [],
    )
  })
})

test('every folder in src is a room of this list, or the program of the browser', () => {
  const known = [...rooms, 'widget', '']
  expect([...new Set(files.map(roomOf))].filter((room) => !known.includes(room))).toEqual([])
})

describe('the program of the browser', () => {
  test('takes nothing but types from the server', () => {
    const taken = files
      .filter((path) => roomOf(path) === 'widget')
      .flatMap((path) => {
        const statements = readFileSync(join(source, path), 'utf8').matchAll(
          /^(?:import|export)\s(?!type\s)[^']*?from\s'(\.\.\/[^']+)'/gm,
        )
        return [...statements].map(([, target = '']) => `${path}: ${target}`)
      })
    expect(taken, 'Write `import type`, or pass the value in with the page.').toEqual([])
  })

  test('is built from its files by src/wiring, and imported by nobody', () => {
    const importers = imports.filter(
      ({ room, target }) => room !== 'widget' && target.startsWith(`widget${sep}`),
    )
    expect(importers).toEqual([])
  })
})

test('nothing imports an entry file', () => {
  const entries = imports.filter(({ target }) => !target.includes(sep) && /^(cli|server)\.ts$/.test(target))
  expect(entries).toEqual([])
})

describe('one library, one room', () => {
  test.each(Object.entries(homes))('%s', (library, home) => {
    const isIt = (target: string) => target === library || target.startsWith(`${library}/`)
    const astray = imports.filter(({ target, room }) => isIt(target) && !home.includes(room))
    expect(astray, `Only ${home.join(', ')} may import ${library}: call that room instead.`).toEqual([])
  })
})

describe('a pure room reads no disk, no network, no clock and no chance', () => {
  test.each(pure)('%s', (room) => {
    const outside = imports.filter((entry) => entry.room === room && entry.target.startsWith('node:'))
    expect(outside, 'Pass it in as an argument, from src/wiring or an entry file.').toEqual([])
    const texts = files
      .filter((path) => roomOf(path) === room)
      .map((path) => readFileSync(join(source, path), 'utf8'))
    const clocks = texts.filter((text) => impure.test(text))
    expect(clocks).toEqual([])
  })
})

/** The libraries of the channels that take long to load. */
const heavy =
  /^(botbuilder|botframework-|@microsoft\/teams-ai|express|pino|prom-client|rate-limiter-flexible)/

/** What the command line may use of the channels. */
const light = [
  'terminal',
  'transcript',
  'guide.ts',
  'body-command.ts',
  'guid.ts',
  join('direct-line', 'embedding.ts'),
  join('widget', 'asset.ts'),
  join('widget', 'chat-data.ts'),
  join('widget', 'widget-program.ts'),
]

test('the command line starts without the libraries of the channels', () => {
  const direct = imports.filter(
    ({ file, target }) => (file.startsWith('wiring') || file === 'cli.ts') && heavy.test(target),
  )
  const throughChannels = imports.filter(
    ({ file, target }) =>
      file.startsWith('wiring') &&
      target.startsWith('channels') &&
      !light.some((path) => target.startsWith(join('channels', path))),
  )
  expect([...direct, ...throughChannels]).toEqual([])
})

test('nor does it load them through what it imports', () => {
  const loads = (path: string): readonly string[] => {
    const statements = readFileSync(join(source, path), 'utf8').matchAll(
      /^(?:import|export)\s(?!type\s)[^']*?from\s'([^']+)'/gm,
    )
    return [...statements].map(([, target = '']) => inside(join(source, path), target))
  }
  const reached = new Set(files.filter((path) => path.startsWith(`wiring${sep}`)))
  for (const path of reached) {
    if (path.endsWith('.ts')) for (const target of loads(path)) reached.add(target)
  }
  expect(reached).toContain(join('channels', 'transcript', 'to-activities.ts'))
  expect([...reached].filter((target) => heavy.test(target))).toEqual([])
})

test('there are no Dutch sentences in the code', () => {
  const dutch =
    /\b(aan|als|bij|dat|dit|een|geen|hebt|het|hoe|ik|jij|jou|jouw|je|kies|klacht|klik|kunt|maar|mag|moet|naar|niet|nog|onze|ook|organisatie|uit|uw|vind|vindt|voor|waar|waarom|weet|wie|wij|wil|zijn|zoek|zorg)\b/i
  const withoutNames = (line: string) => line.replace(/\/\*\*?.*|^\s*\*.*|\/\/.*/g, '')
  const sentences = files.flatMap((path) =>
    readFileSync(join(source, path), 'utf8')
      .split('\n')
      .filter(
        (line) =>
          /(['"`])[^'"`]*\b\w+ \w+ \w+[^'"`]*\1/.test(withoutNames(line)) && dutch.test(withoutNames(line)),
      )
      .map((line) => `${path}: ${line.trim()}`),
  )
  expect(sentences, 'Words for people stand in locales/.').toEqual([])
})
