import type { TFunction } from 'i18next'
import type { Organisation } from '../knowledge/knowledge.ts'
import type { Advice } from '../routing/advice.ts'

/** Sources, grouped per document: "Klachtenregeling (Artikel 4.2, Artikel 4.3)". */
export function showSources(
  t: TFunction,
  organisation: Organisation,
  { citations }: Pick<Advice, 'citations'>,
): string {
  const articles = new Map<string, string[]>()
  for (const { document, article } of citations) {
    articles.set(document, [...(articles.get(document) ?? []), article])
  }
  return [...articles]
    .map(([document, list]) => {
      const isSite = document.includes('.')
      const named = list.filter((article) => article !== '' && !isSite)
      const title = titleOf(t, organisation, document)
      return named.length === 0 ? title : t('advice.source', { document: title, articles: named.join(', ') })
    })
    .join('; ')
}

function titleOf(t: TFunction, organisation: Organisation, document: string): string {
  if (document === organisation.document?.id) {
    const { title } = organisation.document
    return title.toLowerCase().includes(organisation.name.toLowerCase())
      ? title
      : `${title}, ${organisation.name}`
  }
  return t(`document.${document as 'wmo'}`, { defaultValue: document })
}
