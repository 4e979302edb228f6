import { z } from 'zod'
import { contextSchema } from '../model/index.ts'
import {
  compareTexts,
  contextFields,
  inOrder,
  marks,
  mostBacklog,
  mostSuggestions,
  type ContextFields,
  type State,
  type Suggestion,
} from './state.ts'

/*
 * A state as text: JSON, whose long lists are lines of columns of fixed width, numbers in base 36.
 */

const idPattern = /^[\w-]{11}$/
const rowPattern =
  /^(?<id>[\w-]{11})(?<change>[\w-]{6})(?<week>[0-9a-z]{3})(?<marks>[0-9a-z]{2})(?<risk>[0-9a-z]{2})(?<propensity>[0-9a-z]{2})(?<context>[0-9a-z]{1,3})$/
const backlogPattern = /^(?<id>[\w-]{11})(?<day>[0-9a-z]{3})$/

const { shape } = contextSchema
const fileSchema = z.strictObject({
  schema: z.literal('k8s-autofix/state/v1'),
  contexts: z
    .array(
      z
        .tuple([shape.policy, shape.kind, shape.environment, z.literal([0, 1]), shape.size, shape.breakage])
        .transform(([policy, kind, environment, introduced, size, breakage]) => ({
          policy,
          kind,
          environment,
          introduced: introduced === 1,
          size,
          breakage,
        })),
    )
    .max(mostSuggestions),
  suggestions: z.array(z.string().regex(rowPattern)).max(mostSuggestions),
  suppressed: z.record(
    z.string().regex(idPattern),
    z.strictObject({ at: z.int().min(0), until: z.int().min(0).optional() }),
  ),
  backlog: z.array(z.string().regex(backlogPattern)).max(mostBacklog),
  harvested: z.int().min(0),
})

/** A file is not read above this many characters. */
const largestFile = 5 * 1024 * 1024

/** The text of a state: the same state gives the same text. */
export function stateText({ suggestions, suppressed, backlog, harvested }: State): string {
  const places = new Map<string, number>()
  const contexts: ContextFields[] = []
  const rows = inOrder(suggestions).map(({ id, change, context, week, marks: seen, risk, propensity }) => {
    const fields = contextFields(context)
    const key = JSON.stringify(fields)
    let place = places.get(key)
    if (place === undefined) places.set(key, (place = contexts.push(fields) - 1))
    const bits = marks.reduce((sum, mark, bit) => sum + (seen.has(mark) ? 2 ** bit : 0), 0)
    const numbers = column(week, 3) + column(bits, 2) + column(risk, 2) + column(propensity, 2)
    return `${id}${change}${numbers}${place.toString(36)}`
  })
  const sorted = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
    [...map].sort(([a], [b]) => compareTexts(a, b))
  return JSON.stringify({
    schema: 'k8s-autofix/state/v1',
    contexts,
    suggestions: rows,
    suppressed: Object.fromEntries(sorted(suppressed)),
    backlog: sorted(backlog).map(([id, day]) => `${id}${column(day, 3)}`),
    harvested,
  })
}

function column(number: number, width: number): string {
  return number.toString(36).padStart(width, '0')
}

/** Undefined where a text is no state of this version: what is doubtful is made anew, and never the end of a run. */
export function parseState(text: string): State | undefined {
  if (text.length > largestFile) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const file = fileSchema.safeParse(value)
  if (!file.success) return undefined
  const { contexts, suppressed, harvested } = file.data
  const suggestions = new Map<string, Suggestion>()
  for (const row of file.data.suggestions) {
    const { id = '', change = '', ...fields } = rowPattern.exec(row)?.groups ?? {}
    const number = (name: string): number => Number.parseInt(fields[name] ?? '', 36)
    const context = contexts[number('context')]
    const [risk, propensity, bits] = [number('risk'), number('propensity'), number('marks')]
    if (context === undefined || suggestions.has(id) || risk > 100 || propensity > 100) return undefined
    if (bits >= 2 ** marks.length) return undefined
    const seen = new Set(marks.filter((_, bit) => (bits & (2 ** bit)) !== 0))
    suggestions.set(id, { id, change, context, week: number('week'), risk, propensity, marks: seen })
  }
  const backlog = new Map(
    file.data.backlog.map((row) => {
      const { id = '', day = '' } = backlogPattern.exec(row)?.groups ?? {}
      return [id, Number.parseInt(day, 36)]
    }),
  )
  return { suggestions, suppressed: new Map(Object.entries(suppressed)), backlog, harvested }
}
