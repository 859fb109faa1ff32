import { describe, expect, test } from 'vitest'
import { guide } from '../real-world.ts'

const find = (query: string) => guide.findBodies(query, 'nl').map(({ name, where }) => `${name} / ${where}`)

describe('staff who look up a body', () => {
  test.each([
    ['by name', 'jeugdstem pluzorg', 'Jeugdstem / Stichting PluZorg'],
    ['by kind', 'klachtenfunctionaris wonenplus', 'Klachtenfunctionaris voor cliënten / Stichting WonenPlus'],
    [
      'with a typing error',
      'klachtenfuncionaris wonenplus',
      'Klachtenfunctionaris voor cliënten / Stichting WonenPlus',
    ],
    ['by a national name', 'veilig thuis', 'Veilig Thuis / Landelijk'],
  ])('find it %s', (_, query, first) => {
    expect(find(query)[0]).toBe(first)
  })

  test('find the bodies of an organisation, and of no other', () => {
    expect(find('inzet').length).toBeGreaterThan(2)
    expect(find('inzet').every((found) => found.endsWith('/ inZet'))).toBe(true)
  })

  test('see the first bodies before they type, and nothing for what nobody knows', () => {
    expect(find('')).toHaveLength(25)
    expect(find('xqzvw')).toEqual([])
  })

  test.each(['=jeugdstem', '!', "^'|$", 'x'.repeat(5_000), '(((', '\u0000'])(
    'may type signs: %s',
    (query) => {
      expect(() => find(query)).not.toThrow()
    },
  )

  test('read how to reach it now, and where that stands', () => {
    const found = guide.findBodies('quasir pluzorg', 'nl').find(({ where }) => where === 'Stichting PluZorg')
    expect(found?.reply.text).toContain('085 487 4012')
    expect(found?.reply.text).toContain('Dit staat in: ')
  })

  test('read it in their own language', () => {
    expect(guide.findBodies('jeugdstem pluzorg', 'en-GB')[0]?.reply.text).toContain(
      'Named in the regulation of',
    )
  })

  test('read the hours, and not what is open now: the card is read later', () => {
    const { text } = guide.findBodies('jeugdstem zorgkracht', 'nl')[0]?.reply ?? { text: '' }
    expect(text).toContain('van 16.00 tot 20.00 uur')
    expect(text).not.toMatch(/\bnu (open|dicht)\b/)
  })
})
