import Fuse from 'fuse.js'
import MiniSearch, { type SearchResult } from 'minisearch'
import type { Method } from './method.ts'

/** The slots of the nearest example by Fuse.js, where one is near enough. */
export const nearestByFuse: Method = {
  name: 'Fuse.js, nearest example',
  async learn(samples) {
    const fuse = new Fuse(samples, {
      keys: ['text'],
      includeScore: true,
      ignoreLocation: true,
      threshold: 0.6,
    })
    return (text) => {
      const [best] = fuse.search(text.slice(0, 200), { limit: 1 })
      return best === undefined || (best.score ?? 1) > 0.5 ? {} : best.item.expect
    }
  },
}

/** The slots of the nearest example by MiniSearch (BM25, prefixes, a slip of the keyboard). */
export const nearestByMiniSearch: Method = {
  name: 'MiniSearch, nearest example',
  async learn(samples) {
    const index = new MiniSearch({ fields: ['text'], storeFields: ['expect', 'locale'] })
    index.addAll([...samples])
    return (text, locale) => {
      const options = {
        fuzzy: 0.2,
        prefix: true,
        filter: (hit: SearchResult) => hit.locale === locale,
      }
      const [best] = index.search(text, options)
      return best === undefined || best.score < 12 ? {} : best.expect
    }
  },
}
