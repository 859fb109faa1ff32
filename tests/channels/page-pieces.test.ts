import { describe, expect, test } from 'vitest'
import type { Link } from '../../src/channels/guide.ts'
import { clientAddress } from '../../src/channels/page/client-address.ts'
import { html } from '../../src/channels/page/html.ts'
import { alarmLines, linkLines, linkText } from '../../src/channels/page/link-text.ts'

const call: Link = { kind: 'call', label: 'Bel 085 555 1000', url: 'tel:+31855551000' }
const mail: Link = { kind: 'mail', label: 'Stuur een mail', url: 'mailto:hulp@linde.example' }
const site: Link = { kind: 'web', label: 'Open de website', url: 'https://www.linde.example/klacht/' }

describe('markup', () => {
  test('escapes every value, in text and in attributes', () => {
    const evil = `<b title="x">'&`
    expect(`${html`<p class="${evil}">${evil}</p>`}`).toBe(
      '<p class="&lt;b title=&quot;x&quot;&gt;&#39;&amp;">&lt;b title=&quot;x&quot;&gt;&#39;&amp;</p>',
    )
  })

  test('keeps markup as it is, joins lists, and shows nothing of what is absent', () => {
    expect(`${html`<ul>${[html`<li>1</li>`, [2, undefined, false, '<']]}</ul>`}`).toBe(
      '<ul><li>1</li>2&lt;</ul>',
    )
  })
})

describe('a text with links', () => {
  test('has them where it names them, each once, at its last place', () => {
    const text =
      'Linde 085 555 1000: bel 085 555 1000, mail hulp@linde.example of kijk op www.linde.example/klacht.'
    const shown = `${linkText(text, [call, mail, site])}`
    expect(shown).toContain('bel <a class="call" href="tel:+31855551000" dir="ltr">085 555 1000</a>,')
    expect(shown).toContain(
      '<a class="mail" href="mailto:hulp@linde.example" dir="ltr">hulp@<wbr>linde.example</a>',
    )
    expect(shown).toContain(
      'href="https://www.linde.example/klacht/" dir="ltr">www.linde.example/<wbr>klacht</a>.',
    )
    expect(shown.match(/<a /g)).toHaveLength(3)
  })

  test('takes no piece of a longer word for the thing itself', () => {
    const shown = `${linkText('1120, www.112.nl, 0112 en 112-lijn', [])}`
    expect(shown).not.toContain('<a ')
    expect(`${linkText('Bel 112.', [])}`).toContain('href="tel:112"')
  })

  test('is followed by the links that it does not name', () => {
    const shown = `${linkLines(['Bel 085 555 1000.', 'Of mail.'], [call, mail])}`
    expect(shown.match(/tel:/g)).toHaveLength(1)
    expect(shown).toMatch(/<p class="link"><a class="out" href="mailto:[^>]+>Stuur een mail<\/a><\/p>\s*$/)
  })

  test('never leads to what is no number, address or page', () => {
    const script: Link = { kind: 'web', label: 'Open', url: 'javascript:alert(1)' }
    for (const shown of [linkLines(['javascript:alert(1)'], [script]), alarmLines(['x'], [script])]) {
      expect(`${shown}`).not.toContain('href')
    }
  })

  test('of an alarm has its numbers large below it, and 112 once', () => {
    const danger: Link = { kind: 'call', label: 'Bel 112', url: 'tel:112' }
    const shown = `${alarmLines(['Bel meteen 112.'], [danger])}`
    expect(shown).toContain('<p>Bel meteen 112.</p>')
    expect(shown).toContain('<a class="press" href="tel:112">Bel 112</a>')
  })
})

describe('the address by which a client is counted', () => {
  const of = (remoteAddress: string, forwarded?: string | string[]) =>
    clientAddress({ headers: { 'x-forwarded-for': forwarded as string }, socket: { remoteAddress } as never })

  test.each([
    ['203.0.113.9', undefined, '203.0.113.9'],
    ['203.0.113.9', '198.51.100.7', '203.0.113.9'],
    ['127.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['::ffff:127.0.0.1', 'verzonnen, 198.51.100.7', '198.51.100.7'],
    ['10.0.0.2', '1.1.1.1, 2001:db8::1', '2001:db8:0:0::/64'],
    ['10.0.0.2', '2001:0DB8:0:7:aaaa::9', '2001:db8:0:7::/64'],
    ['2001:db8:0:7::1', undefined, '2001:db8:0:7::/64'],
    ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
    ['10.0.0.2', '::ffff:198.51.100.7', '198.51.100.7'],
    ['::1', 'linde', '0:0:0:0::/64'],
    ['127.0.0.1', '', '127.0.0.1'],
  ])('of %s, forwarded %s, is %s', (remote, forwarded, address) => {
    expect(of(remote, forwarded)).toBe(address)
  })
})
