import { describe, expect, it } from 'vitest'
import words from '../../locales/nl/findings.json' with { type: 'json' }
import { describeFinding } from '../../src/wiring/describe-finding.ts'
import { codesInSource } from './finding-codes.ts'

const sentences = Object.keys(words.finding)
const codes = [...new Set(codesInSource().map(({ code }) => code))]

describe('the sentences of the findings', () => {
  it.each(codes)('has one for %s', (code) => {
    expect(sentences.some((key) => key === code || key.startsWith(`${code}_`))).toBe(true)
  })

  it('has none that no finding uses', () => {
    expect(sentences.filter((key) => !codes.includes(key.split('_')[0] ?? ''))).toEqual([])
  })

  it.each(Object.entries(words.finding))('says in %s what is wrong and what to do', (_, sentence) => {
    expect(sentence.replace(/\{\{\w+\}\}/g, '').match(/[.:](?= |$)/g)?.length).toBeGreaterThan(1)
  })

  it('names the file, the line and the field', () => {
    const finding = {
      severity: 'error',
      code: 'field-missing',
      file: 'knowledge/organisations/zorggroep-de-linde.yaml',
      line: 14,
      field: 'bodies.2.source',
      params: { expected: 'object' },
    } as const
    expect(describeFinding(finding)).toMatch(
      /^`knowledge\/organisations\/zorggroep-de-linde\.yaml`, regel 14: "bodies\.2\.source" ontbreekt\./,
    )
  })

  it('refuses a code without a sentence', () => {
    const finding = {
      severity: 'gap',
      code: 'never-heard-of',
      file: 'x',
      line: 1,
      field: '',
      params: {},
    } as const
    expect(() => describeFinding(finding)).toThrow('never-heard-of')
  })
})
