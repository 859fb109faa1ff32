import type { Guide } from '../src/channels/guide.ts'
import type { World } from '../src/conversation/world.ts'
import { createSpeech } from '../src/language/texts.ts'
import { type LoadedTexts, loadTexts } from '../src/wiring/load-texts.ts'
import { makeGuide, makeWorld } from '../src/wiring/make-guide.ts'
import { project, root } from './real-project.ts'

export const texts: LoadedTexts = loadTexts(root)

/** The world of the real organisations. */
export const world: World = makeWorld(project, texts, createSpeech(texts.texts))

/** The spoken conversation of the real organisations. */
export const guide: Guide = makeGuide(project, texts)
