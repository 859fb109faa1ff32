import { describe, expect, test } from 'vitest'
import { compileTree } from '../../src/dialog/compile-tree.ts'
import { countQuestions, measureTree } from '../../src/dialog/measure.ts'
import { nextQuestion, openQuestions } from '../../src/dialog/walk-tree.ts'
import { unknown } from '../../src/knowledge/vocabulary.ts'
import { derive } from '../../src/routing/derive.ts'
import { deLinde, plainRules, questions, rule, supplement } from './fictional.ts'

const linde = deLinde(plainRules, [supplement('danger', { safety: 'danger' })])
const tree = compileTree(linde, questions)
const day = { date: '2026-11-22', holidays: [] }

type Told = Readonly<Record<string, string>>

function next(slots: Told, asked: readonly string[] = []): string | undefined {
  return nextQuestion(tree, questions, linde, derive({ slots, dates: {} }, linde, day), asked)?.question.id
}

function open(slots: Told, asked: readonly string[] = []): readonly string[] {
  const known = derive({ slots, dates: {} }, linde, day)
  return openQuestions(tree, questions, linde, known, asked).map(({ id }) => id)
}

describe('the next question', () => {
  test.each<[string, Told, readonly string[], string | undefined]>([
    ['starts with what the client wants', {}, [], 'wish'],
    ['then asks what it is about', { wish: 'complaint' }, ['wish'], 'domain'],
    ['does not ask again what was told ahead', { wish: 'complaint', domain: 'wmo' }, [], 'direct'],
    [
      'asks about daily life after "I do not know"',
      { wish: 'complaint', domain: unknown },
      ['wish', 'domain'],
      'situation',
    ],
    [
      'asks that only once',
      { wish: 'complaint', domain: unknown },
      ['wish', 'domain', 'situation'],
      'direct',
    ],
    [
      'asks nothing of somebody who works there',
      { wish: 'complaint', domain: 'workplace' },
      ['wish', 'domain'],
      undefined,
    ],
    [
      'takes who works there by the role, whatever law is named',
      { role: 'employee', domain: 'wmo' },
      [],
      undefined,
    ],
    [
      'does not ask whether you can talk to those who threaten you',
      { wish: 'complaint', domain: 'wmo', topic: 'aggression' },
      [],
      'stage',
    ],
    [
      'asks after danger only somebody who is afraid',
      { wish: 'complaint', domain: 'wmo', direct: 'false', fear: 'true' },
      ['wish', 'domain', 'direct'],
      'safety',
    ],
    [
      'passes over a question that another answer made needless',
      { stage: 'decided', domain: 'jeugdwet' },
      [],
      undefined,
    ],
  ])('%s', (_, slots, asked, expected) => {
    expect(next(slots, asked)).toBe(expected)
  })

  test('shows the options that matter at that place', () => {
    const found = nextQuestion(tree, questions, linde, { wish: 'complaint' })
    expect(found?.question.id).toBe('domain')
    expect(found?.node.shown).toEqual(['jeugdwet', 'wmo', 'wlz', 'workplace', 'other'])
  })

  test('asks who works there what matters for work, also when a law of care was named', () => {
    const staffed = deLinde([
      rule('secrets', { staff: true, topic: 'privacy' }, 'commissie'),
      rule('employee', { staff: true }, 'functionaris'),
      rule('youth', { domain: 'jeugdwet' }, 'commissie'),
      rule('other', undefined, 'gesprek'),
    ])
    const known = derive({ slots: { role: 'employee', domain: 'wmo' }, dates: {} }, staffed, day)
    expect(nextQuestion(compileTree(staffed, questions), questions, staffed, known)?.question.id).toBe(
      'topic',
    )
  })

  test('changes nothing that it was given', () => {
    const slots = Object.freeze({ wish: 'complaint' })
    const asked = Object.freeze(['wish'])
    expect(nextQuestion(tree, questions, linde, slots, asked)).toEqual(
      nextQuestion(tree, questions, linde, slots, asked),
    )
  })
})

test('the open questions are those of somebody who does not know anything more', () => {
  expect(open({})).toEqual(['wish', 'domain', 'situation', 'direct', 'stage'])
  expect(open({ wish: 'talk' })).toEqual(['domain', 'situation'])
  expect(open({ wish: 'complaint', domain: 'wmo', direct: 'true', stage: 'new' })).toEqual([])
})

describe('the measure of a tree', () => {
  const small = deLinde([
    rule('talk', { wish: 'talk', stage: 'decided' }, 'commissie'),
    rule('other', undefined, 'functionaris'),
  ])
  const smallTree = compileTree(small, questions)

  test('takes the options that are shown, "I do not know" among them, as equally likely', () => {
    expect(measureTree(smallTree, questions)).toEqual({ mean: 1.25, worstUnsure: 1, longest: 2 })
  })

  test('does not count the questions that do not count, except in the longest path', () => {
    const kind = deLinde([
      rule('closed', { inside: 'closed' }, 'functionaris'),
      rule('open', undefined, 'gesprek'),
    ])
    const { mean, worstUnsure, longest } = measureTree(compileTree(kind, questions), questions)
    expect({ mean, worstUnsure, longest }).toEqual({ mean: 0, worstUnsure: 0, longest: 1 })
  })

  test('counts the questions of one case', () => {
    expect(countQuestions(smallTree, questions, { wish: 'talk', stage: 'new' })).toBe(2)
    expect(countQuestions(smallTree, questions, { wish: 'complaint', stage: 'new' })).toBe(1)
  })
})
