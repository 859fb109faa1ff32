import { createInstance, type i18n, type TFunction } from 'i18next'

/** All words for people, in the shape of the Dutch file; each locale has the same keys. */
export type Texts = typeof import('../../locales/nl/texts.json', { with: { 'resolution-mode': 'import' }})

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Texts }
  }
}

/** The words of all locales, ready to be spoken. Dutch stands in for a key that a locale lacks. */
export type Speech = { readonly locales: readonly string[]; readonly of: (locale: string) => TFunction }

/** Makes the words speakable. @param texts per locale, the content of `locales/<locale>/texts.json` */
export function createSpeech(texts: Readonly<Record<string, Texts>>): Speech {
  const instance: i18n = createInstance()
  const locales = Object.keys(texts)
  instance.init({
    lng: 'nl',
    fallbackLng: 'nl',
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(
      Object.entries(texts).map(([locale, words]) => [locale, { translation: words }]),
    ),
  })
  const speakers = new Map(locales.map((locale) => [locale, remembering(instance.getFixedT(locale))]))
  const dutch = remembering(instance.getFixedT('nl'))
  return { locales, of: (locale) => speakers.get(locale) ?? dutch }
}

/** Sentences that are remembered per language; the same few hundred are said over and over. */
const mostRemembered = 2_000

/** Looks a sentence up once: i18next goes through fallbacks, plurals and nesting anew for every word it says. */
function remembering(translate: TFunction): TFunction {
  const known = new Map<string, string>()
  return new Proxy(translate, {
    apply(target, self, asked) {
      const name = asked.length === 1 ? String(asked[0]) : JSON.stringify(asked)
      const remembered = known.get(name)
      if (remembered !== undefined) return remembered
      const said: unknown = Reflect.apply(target, self, asked)
      if (typeof said === 'string') {
        if (known.size >= mostRemembered) known.clear()
        known.set(name, said)
      }
      return said
    },
  })
}
