import type { Readable } from 'node:stream'
import { readJsonLines } from '../channels/terminal/json-lines.ts'
import { openQuestions } from '../dialog/walk-tree.ts'
import { organisationOf } from '../knowledge/knowledge.ts'
import type { Case } from '../knowledge/vocabulary.ts'
import { decide } from '../routing/decide.ts'
import { derive } from '../routing/derive.ts'
import { type CaseProblem, parseCase } from '../routing/parse-case.ts'
import type { Lines } from './lines.ts'
import type { Project } from './load-project.ts'

/**
 * The `route` contract (design, "Command line"): cases as JSON lines in, one advice a line out. A line that cannot be
 * answered gives one clear line on stderr; the others are still answered.
 *
 * @returns the exit status: 1 when a line could not be answered
 */
export async function routeCommand(
  project: Project,
  input: Readable,
  today: string,
  lines: Lines,
): Promise<number> {
  let failed = false
  for await (const line of readJsonLines(input)) {
    const answer = 'problem' in line ? line : answerLine(project, line.text, today)
    if ('problem' in answer) {
      failed = true
      lines.problem(`line ${line.number}: ${answer.problem}`)
    } else lines.out(JSON.stringify(answer.advice))
  }
  return failed ? 1 : 0
}

function answerLine(
  project: Project,
  line: string,
  today: string,
): { problem: string } | { advice: unknown } {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return {
      problem: 'is not JSON. Write one case a line, such as {"organisation":"pluzorg","wish":"talk"}.',
    }
  }
  try {
    return answerCase(project, value, today)
  } catch {
    return {
      problem: 'could not be answered: there is a fault in the machine. The other lines are answered.',
    }
  }
}

function answerCase(
  project: Project,
  value: unknown,
  today: string,
): { problem: string } | { advice: unknown } {
  const slotOf = (question: string) => project.questions.find(({ id }) => id === question)?.slot ?? question
  const parsed = parseCase(value, project.knowledge, (organisation) => organisation.questions.map(slotOf))
  if ('problems' in parsed) return { problem: parsed.problems.map(describe).join(' ') }
  return { advice: adviceOf(project, parsed.case, today) }
}

/** The advice as the contract prints it, with the slots that the dialog would still ask. */
function adviceOf(project: Project, given: Case, today: string): unknown {
  const { organisation: _organisation, rule: _rule, ...advice } = decide(project.knowledge, given, today)
  const organisation = organisationOf(project.knowledge, given.slots.organisation)
  const slots = derive(given, organisation, { date: today, holidays: project.knowledge.holidays })
  const tree = project.trees[organisation.id]
  const open = tree ? openQuestions(tree, project.questions, organisation, slots) : []
  const asks = given.slots.organisation === undefined ? ['organisation'] : []
  return { ...advice, asks: [...new Set([...asks, ...open.map(({ slot }) => slot)])] }
}

function describe({ code, field, allowed }: CaseProblem): string {
  const list = [...new Set(allowed)].join(', ')
  switch (code) {
    case 'not-an-object':
      return 'is no case: write an object of slots.'
    case 'slot-unknown':
      return `${nameOf(field)} is not known${list ? `; allowed: ${list}` : ''}.`
    case 'value-unknown':
      return `slot "${field}" has a value that is not known; allowed: ${list}.`
    case 'date-invalid':
      return field === 'dates'
        ? `"dates" holds ISO dates by moment: ${list}.`
        : `"${field}" is no ISO date such as ${list}.`
  }
}

const longestName = 30

/** A slot as the line names it. What is too long for a name may be something that somebody typed: it is not repeated. */
function nameOf(slot: string): string {
  return slot.length > longestName ? 'a slot' : `slot "${slot}"`
}
