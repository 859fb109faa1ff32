import { describe, expect, it } from 'vitest'
import type { SpokenReply } from '../../src/channels/guide.ts'
import { renderReplies } from '../../src/channels/render-replies.ts'

function reply(text: string, ...labels: string[]): SpokenReply {
  return {
    kind: 'text',
    key: 'linde',
    text,
    options: labels.map((label) => ({ id: label.toLowerCase(), label })),
  }
}

const textOf = (text: string) => renderReplies([reply(text)])[0]?.text

describe('a reply as a message', () => {
  it.each([
    [
      'keeps its lines',
      'Bel Quasir.\nElke werkdag.\n\nDaarna schrijven.',
      'Bel Quasir.  \nElke werkdag.\n\nDaarna schrijven.',
    ],
    ['means no markup', '*nee* [a](b) <b> # 1', '\\*nee\\* \\[a\\](b) \\<b\\> # 1'],
    ['is no heading', '# kop', '\\# kop'],
    [
      'leaves addresses as they are',
      'mail a_b@linde.example of https://linde.example/a_b_c',
      'mail a_b@linde.example of https://linde.example/a_b_c',
    ],
  ])('%s', (_, text, shown) => {
    expect(textOf(text)).toBe(shown)
  })

  it('has the buttons of the whole turn under its last paragraph, each once', () => {
    const messages = renderReplies([
      reply('Pas op.', 'Stop'),
      reply('Ga naar Quasir.\nBel.\n\nWilt u meer weten?', 'Ja', 'Stop'),
    ])
    expect(messages.map(({ text }) => text)).toEqual([
      'Pas op.',
      'Ga naar Quasir.  \nBel.',
      'Wilt u meer weten?',
    ])
    expect(
      messages.map(({ suggestedActions }) => suggestedActions?.actions.map(({ title }) => title)),
    ).toEqual([undefined, undefined, ['Stop', 'Ja']])
  })

  it('is nothing when there is nothing to say', () => {
    expect(renderReplies([])).toEqual([])
  })
})
