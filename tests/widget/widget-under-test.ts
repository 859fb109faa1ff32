import { randomBytes } from 'node:crypto'
import type { BotServerParts } from '../../src/channels/bot-server.ts'
import type { Embedding } from '../../src/channels/direct-line/embedding.ts'
import { loadWidget } from '../../src/wiring/load-widget.ts'
import { makeGuide } from '../../src/wiring/make-guide.ts'
import { type DirectLineUnderTest, startDirectLine } from '../channels/direct-line/direct-line-under-test.ts'
import { project, root } from '../real-project.ts'
import { texts } from '../real-world.ts'

export type WidgetSetup = {
  /** The words from right to left, for languages that are not there yet. */
  isMirrored?: boolean
  embeddings?: Readonly<Record<string, Embedding>>
  server?: Partial<BotServerParts>
}

/** Three organisations on sites of their own. */
export const embeddings: Readonly<Record<string, Embedding>> = {
  pluzorg: { origins: ['https://www.pluzorg.example'] },
  zorgkracht12: { origins: [], name: 'Zorgkracht', colour: '#5b2a86', position: 'left' },
  pluspunt: { origins: [] },
}

/** A real server with the chat for browsers, the real conversation, and a clock that stands still until it is moved. */
export async function startWidget(setup: WidgetSetup = {}): Promise<DirectLineUnderTest> {
  const mirrored = () =>
    JSON.parse(JSON.stringify(texts.texts), (key, value) => (key === 'direction' ? 'rtl' : value))
  return startDirectLine({
    guide: makeGuide(project, setup.isMirrored ? { ...texts, texts: mirrored() } : texts),
    moment: new Date('2026-11-22T10:00:00Z'),
    settings: { embeddings: setup.embeddings ?? embeddings },
    server: {
      widget: await loadWidget(root),
      page: { secret: randomBytes(32), lifetime: 24 * 3_600_000, random: randomBytes },
      ...setup.server,
    },
  })
}
