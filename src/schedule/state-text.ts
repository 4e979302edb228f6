import { z } from 'zod'
import { contextSchema, environments, type BreakageClass, type Context } from '../model/index.ts'
import {
  compareTexts,
  inOrder,
  marks,
  mostBacklog,
  mostSuggestions,
  type State,
  type Suggestion,
} from './state.ts'

/*
 * A state as text: JSON, in which long lists are texts of rows. A row has columns of fixed width; numbers are in base 36,
 * and names are places in lists.
 */

const idPattern = /^[\w-]{11}$/
const rowPattern =
  /^(?<id>[\w-]{11})(?<change>[\w-]{6})(?<week>[0-9a-z]{3})(?<marks>[0-9a-z]{2})(?<risk>[0-9a-z]{2})(?<propensity>[0-9a-z]{2})(?<policy>[0-9a-z]{3})(?<kind>[0-9a-z]{2})(?<rest>[0-9a-z]{2})$/
const backlogPattern = /^(?<id>[\w-]{11})(?<day>[0-9a-z]{3})$/

/** Seconds since 1970, as far as dates go. */
const moment = z.int().min(0).max(8_640_000_000_000)

const { policy: policySchema, kind: kindSchema } = contextSchema.shape
const fileSchema = z.strictObject({
  schema: z.literal('k8s-autofix/state/v1'),
  policies: z.array(policySchema).max(mostSuggestions),
  kinds: z.array(kindSchema).max(36 ** 2),
  suggestions: z.string(),
  suppressed: z.record(
    z.string().regex(idPattern),
    z.strictObject({ at: moment, until: z.int().min(0).optional() }),
  ),
  backlog: z.string(),
  harvested: moment,
})

/** A file is not read above this many characters. */
const largestFile = 5 * 1024 * 1024

/** All that a context says beside policy and kind; the place in the list is the number in a file. */
const rests: readonly Omit<Context, 'policy' | 'kind'>[] = environments.flatMap((environment) =>
  [false, true].flatMap((introduced) =>
    (['one', 'few', 'many'] as const).flatMap((size) =>
      (['low', 'some', 'high', 'refused'] as const satisfies readonly BreakageClass[]).map((breakage) => ({
        environment,
        introduced,
        size,
        breakage,
      })),
    ),
  ),
)

/** The text of a state: the same state gives the same text. */
export function stateText({ suggestions, suppressed, backlog, harvested }: State): string {
  const policies = new Names()
  const kinds = new Names()
  const rows = inOrder(suggestions).map(({ id, change, context, week, marks: seen, risk, propensity }) => {
    const rest = rests.findIndex(
      ({ environment, introduced, size, breakage }) =>
        environment === context.environment &&
        introduced === context.introduced &&
        size === context.size &&
        breakage === context.breakage,
    )
    const bits = marks.reduce((sum, mark, bit) => sum + (seen.has(mark) ? 2 ** bit : 0), 0)
    const facts = column(week, 3) + column(bits, 2) + column(risk, 2) + column(propensity, 2)
    const where = column(policies.place(context.policy), 3) + column(kinds.place(context.kind), 2)
    return `${id}${change}${facts}${where}${column(rest, 2)}`
  })
  const sorted = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
    [...map].sort(([a], [b]) => compareTexts(a, b))
  return JSON.stringify({
    schema: 'k8s-autofix/state/v1',
    policies: policies.list,
    kinds: kinds.list,
    suggestions: rows.join(' '),
    suppressed: Object.fromEntries(sorted(suppressed)),
    backlog: sorted(backlog)
      .map(([id, day]) => `${id}${column(day, 3)}`)
      .join(' '),
    harvested,
  })
}

/** Names in the order in which they were first met. */
class Names {
  readonly list: string[] = []
  private readonly places = new Map<string, number>()

  place(name: string): number {
    const known = this.places.get(name)
    if (known !== undefined) return known
    const place = this.list.push(name) - 1
    this.places.set(name, place)
    return place
  }
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
  const { policies, kinds, suppressed, harvested } = file.data
  const rows = rowsOf(file.data.suggestions, rowPattern, mostSuggestions)
  const waiting = rowsOf(file.data.backlog, backlogPattern, mostBacklog)
  if (rows === undefined || waiting === undefined) return undefined
  const suggestions = new Map<string, Suggestion>()
  for (const { id = '', change = '', ...fields } of rows) {
    const number = (name: string): number => Number.parseInt(fields[name] ?? '', 36)
    const [policy, kind, rest] = [policies[number('policy')], kinds[number('kind')], rests[number('rest')]]
    const [risk, propensity, bits] = [number('risk'), number('propensity'), number('marks')]
    if (policy === undefined || kind === undefined || rest === undefined) return undefined
    if (suggestions.has(id) || risk > 100 || propensity > 100 || bits >= 2 ** marks.length) return undefined
    const seen = new Set(marks.filter((_, bit) => (bits & (2 ** bit)) !== 0))
    const context = { policy, kind, ...rest }
    suggestions.set(id, { id, change, context, week: number('week'), risk, propensity, marks: seen })
  }
  const backlog = new Map(waiting.map(({ id = '', day = '' }) => [id, Number.parseInt(day, 36)]))
  return { suggestions, suppressed: new Map(Object.entries(suppressed)), backlog, harvested }
}

/** The columns of each row; undefined where one is none, or where there are too many. */
function rowsOf(
  text: string,
  pattern: RegExp,
  most: number,
): Readonly<Record<string, string | undefined>>[] | undefined {
  const rows = text === '' ? [] : text.split(' ')
  if (rows.length > most) return undefined
  const columns: Record<string, string>[] = []
  for (const row of rows) {
    const groups = pattern.exec(row)?.groups
    if (groups === undefined) return undefined
    columns.push(groups)
  }
  return columns
}
