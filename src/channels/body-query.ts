import type { MessagingExtensionResult } from 'botbuilder'
import { makeCard } from './cards/make-card.ts'
import { toAttachment } from './cards/render-cards.ts'
import type { SpokenBody } from './guide.ts'

/**
 * The answer to a search in the message extension of Teams: a list, and per body the card to insert. Its buttons only
 * lead out: a card that somebody inserted stands in a conversation of which the bot is no part.
 */
export function answerBodyQuery(found: readonly SpokenBody[]): MessagingExtensionResult {
  return {
    type: 'result',
    attachmentLayout: 'list',
    attachments: found.map(({ name, where, reply }) => ({
      ...toAttachment(makeCard([reply], { turn: 0, press: 'submit' })),
      preview: {
        contentType: 'application/vnd.microsoft.card.thumbnail',
        content: { title: name, text: where },
      },
    })),
  }
}
