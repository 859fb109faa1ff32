import { type ComponentChild, h } from 'preact'
import { type Drawing, pathOf } from './pictograms.ts'

/** A drawing beside words that say the same; programs that read aloud skip it. */
export function pictogram(drawing: Drawing): ComponentChild {
  return h(
    'svg',
    { class: `pictogram p-${drawing}`, viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    h('path', { d: pathOf(drawing) }),
  )
}
