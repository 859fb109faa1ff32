import { describe, expect, test } from 'vitest'
import { compileTree } from '../../src/dialog/compile-tree.ts'
import { optionsOf } from '../../src/dialog/options-of.ts'
import { rest, type Tree } from '../../src/dialog/tree.ts'
import { nextQuestion } from '../../src/dialog/walk-tree.ts'
import { whyAsked } from '../../src/dialog/why-asked.ts'
import { generalHelp, type Organisation } from '../../src/knowledge/knowledge.ts'
import { type Case, unknown } from '../../src/knowledge/vocabulary.ts'
import { findRule, routingSlots } from '../../src/routing/decide.ts'
import { derive } from '../../src/routing/derive.ts'
import { project } from '../real-project.ts'
import { deLinde, questions as plainQuestions, plainRules, rule } from './fictional.ts'

const day = { date: '2026-11-22', holidays: [] }

type Standing = { readonly given: Case; readonly asked: readonly string[] }
type Told = Readonly<Record<string, string>>
type Place = {
  readonly tree: Tree
  readonly questions: typeof plainQuestions
  readonly organisation: Organisation
}

function placeOf(organisation: Organisation): Place {
  return { tree: compileTree(organisation, plainQuestions), questions: plainQuestions, organisation }
}

function openAt({ tree, questions, organisation }: Place, { given, asked }: Standing) {
  return nextQuestion(tree, questions, organisation, derive(given, organisation, day), asked)
}

function why(place: Place, standing: Standing) {
  const open = openAt(place, standing)
  if (!open) throw new Error('nothing is asked')
  const { tree, questions, organisation } = place
  const found = whyAsked(tree, questions, organisation, standing, open, day)
  return { question: open.question.id, ...Object.fromEntries(found.map((one) => [one.option, one.bodies])) }
}

function told(slots: Told, asked: readonly string[] = Object.keys(slots)): Standing {
  return { given: { slots, dates: {} }, asked }
}

function answered(place: Place, { given, asked }: Standing, option: string): Standing {
  const open = openAt(place, { given, asked })
  if (!open) throw new Error('nothing is asked')
  const chosen = optionsOf(open.question, place.organisation).find(({ id }) => id === option)
  const sets = chosen?.sets ?? { [open.question.slot]: unknown }
  return {
    given: { ...given, slots: { ...given.slots, ...sets } },
    asked: [...asked, open.question.id],
  }
}

/** Every body in which the dialog itself can still end, whatever is answered, typed options included. */
function endsBelow(place: Place, standing: Standing, ends: Set<string>): Set<string> {
  const open = openAt(place, standing)
  if (!open) {
    const { organisation } = place
    const end = findRule(organisation, routingSlots(standing.given, organisation, day))
    return ends.add(end?.advise.primary ?? '')
  }
  for (const option of Object.keys(open.node.next)) endsBelow(place, answered(place, standing, option), ends)
  return ends
}

/** Compares what is said of each option with where the dialog really ends after it. */
function compare(place: Place, standing: Standing): void {
  const said = why(place, standing)
  for (const option of openAt(place, standing)?.node.shown ?? []) {
    const after = answered(place, standing, option === rest ? unknown : option)
    const found = said[option as 'question'] as unknown as readonly string[]
    expect([...found].sort(), option).toEqual([...endsBelow(place, after, new Set())].sort())
  }
}

describe('at De Linde', () => {
  const linde = placeOf(deLinde(plainRules))

  test('tells for each answer the bodies that can still come, in the order of the rules', () => {
    expect(why(linde, told({}))).toEqual({
      question: 'wish',
      talk: ['functionaris', 'commissie'],
      complaint: ['functionaris', 'commissie', 'gesprek'],
      information: ['functionaris', 'commissie', 'gesprek'],
      unknown: ['functionaris', 'commissie', 'gesprek'],
    })
  })

  test('leaves out what answers given ahead made impossible', () => {
    expect(why(linde, told({ domain: 'wmo', direct: 'true', stage: 'new' }, []))).toEqual({
      question: 'wish',
      talk: ['functionaris'],
      complaint: ['gesprek'],
      information: ['gesprek'],
      unknown: ['gesprek'],
    })
  })

  test('counts a body for who does not know once, though several questions lead to it', () => {
    const said = why(linde, told({ wish: 'complaint' }))
    expect(said).toMatchObject({ question: 'domain', jeugdwet: ['commissie'], workplace: ['functionaris'] })
  })

  test('heeds a rule about which nothing is asked, once it holds', () => {
    const quiet = placeOf(
      deLinde([
        rule('damages', { topic: 'damages', wish: 'complaint' }, 'gesprek', { asked: false }),
        rule('talk', { wish: 'talk' }, 'functionaris'),
        rule('other', undefined, 'commissie'),
      ]),
    )
    expect(why(quiet, told({ topic: 'damages' }))).toMatchObject({
      question: 'wish',
      talk: ['functionaris'],
      complaint: ['gesprek'],
    })
  })

  test('counts where somebody ends who does not know further on', () => {
    const unsure = placeOf(
      deLinde([
        rule('unsure', { wish: 'talk', topic: unknown }, 'gesprek'),
        rule('privacy', { wish: 'talk', topic: 'privacy' }, 'commissie'),
        rule('other', undefined, 'functionaris'),
      ]),
    )
    expect(why(unsure, told({}))).toMatchObject({ talk: ['gesprek', 'commissie', 'functionaris'] })
  })

  test('says of every option where the dialog really ends, at every point on the way', () => {
    let points = 0
    const visit = (standing: Standing): void => {
      const open = openAt(linde, standing)
      if (!open) return
      points += 1
      compare(linde, standing)
      for (const option of open.node.shown) visit(answered(linde, standing, option))
    }
    visit(told({}))
    visit(told({ topic: 'aggression' }, []))
    visit(told({ role: 'employee' }, []))
    expect(points).toBeGreaterThan(20)
  })
})

describe.each(Object.values(project.knowledge.organisations).map((one) => [one.id, one] as const))(
  'at %s',
  (id, organisation) => {
    const place = { tree: project.trees[id] as Tree, questions: project.questions, organisation }
    const start: Told = id === generalHelp ? { organisation: unknown } : { organisation: id }

    test('says of every option where the dialog really ends', () => {
      compare(place, told({ ...start, wish: 'complaint' }, ['wish']))
      compare(place, told({ ...start, domain: 'wmo' }, []))
    }, 60_000)

    test('every question leads somewhere, whatever is answered', () => {
      const said = why(place, told(start, []))
      for (const bodies of Object.values(said)) expect(bodies.length).toBeGreaterThan(0)
    })
  },
)
