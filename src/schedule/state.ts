import { z } from 'zod'
import { environments } from '../model/index.ts'
import { breakageClasses, type BreakageClass, type Context } from './candidate.ts'
import type { Count } from './learner.ts'

/*
 * What has been learned, as a set of what has happened: each suggestion by a lasting id, with the marks that were seen on
 * it. Two states merge by joining the sets, so that writers who do not know of each other, and a harvest that is done
 * twice, end in the same state. Counts are made from it and never kept. No name, path or content of a repository is in
 * it: ids are hashes, and a context is a policy, a kind of Kubernetes and a few classes.
 */

/** What may be seen of a suggestion, each at most once. The place in the list is the bit in a file. */
export const marks = [
  /** It was put inline. */
  'shown',
  /** The finding is gone, by whatever edit. */
  'fixed',
  /** By ours. */
  'committed',
  /** The change was merged, or two weeks have gone by, with the finding as it was. */
  'untouched',
  /** Somebody says that it is wrong. */
  'dismissed',
  /** Somebody says that the risk is taken: that is no word on the policy. */
  'accepted',
  /** Our edit was taken back, or broke its workload. */
  'broke',
  /** The change went away unmerged: nobody knows. */
  'censored',
] as const
export type Mark = (typeof marks)[number]

export interface Suggestion {
  /** 11 characters: 64 bits of a hash of repository, change, fingerprint and patch. */
  id: string
  context: Context
  /** Weeks since 1970-01-05, a Monday, in which it was first seen. */
  week: number
  /** 0 to 100. */
  risk: number
  /** Chance of its place when it was decided, in hundredths. */
  propensity: number
  marks: ReadonlySet<Mark>
}

/** A finding that nobody wants to hear of again, by the id of its fingerprint. */
export interface Suppression {
  /** Seconds since 1970 at which it was said. */
  at: number
  /** The last week of it; absent for always. */
  until?: number | undefined
}

export interface State {
  suggestions: ReadonlyMap<string, Suggestion>
  suppressed: ReadonlyMap<string, Suppression>
  /** Seconds since 1970 up to which everything has been harvested. */
  harvested: number
}

export const emptyState: State = { suggestions: new Map(), suppressed: new Map(), harvested: 0 }

/** More suggestions than this are not kept: the newest stay. */
export const mostSuggestions = 10_000

/**
 * Everything that either state knows. Commutative, associative and idempotent. Harvested is what both have harvested:
 * what is read twice does no harm.
 */
export function mergeStates(a: State, b: State): State {
  const suggestions = new Map(a.suggestions)
  for (const [id, suggestion] of b.suggestions) {
    const known = suggestions.get(id)
    suggestions.set(id, known === undefined ? suggestion : joined(known, suggestion))
  }
  const suppressed = new Map(a.suppressed)
  for (const [id, suppression] of b.suppressed) {
    const known = suppressed.get(id)
    if (known === undefined || compareSuppressions(suppression, known) > 0) suppressed.set(id, suppression)
  }
  return { suggestions: newest(suggestions), suppressed, harvested: Math.min(a.harvested, b.harvested) }
}

/** Of what does not change, where two writers disagree all the same, the lesser in some order that is the same for all. */
function joined(a: Suggestion, b: Suggestion): Suggestion {
  const [first] = [a, b].toSorted((x, y) => x.week - y.week || compareTexts(factsOf(x), factsOf(y)))
  return { ...(first ?? a), marks: new Set([...a.marks, ...b.marks]) }
}

function factsOf({ context, risk, propensity }: Suggestion): string {
  return JSON.stringify([contextFields(context), risk, propensity])
}

/** The last word counts, and of two at once the longer. */
function compareSuppressions(a: Suppression, b: Suppression): number {
  return a.at - b.at || (a.until ?? Number.MAX_SAFE_INTEGER) - (b.until ?? Number.MAX_SAFE_INTEGER)
}

function newest(suggestions: Map<string, Suggestion>): ReadonlyMap<string, Suggestion> {
  if (suggestions.size <= mostSuggestions) return suggestions
  const kept = [...suggestions.values()]
    .sort((a, b) => b.week - a.week || compareTexts(a.id, b.id))
    .slice(0, mostSuggestions)
  return new Map(kept.map((suggestion) => [suggestion.id, suggestion]))
}

/** What counts after a week more: a change of taste in 100 changes is forgotten in as many weeks as those take. */
export const weeklyDiscount = 0.96

/**
 * What became of all that was shown, by context and discounted by its age: what a model is fitted to. What was not shown,
 * what is not decided yet, and what nobody will know is left out; so is a risk that somebody takes, since the finding then
 * stays as it is whatever the policy is worth.
 */
export function countsOf({ suggestions }: State, week: number): Count[] {
  const counts = new Map<string, Count>()
  for (const suggestion of inOrder(suggestions)) {
    const { context, marks } = suggestion
    const fixed = marks.has('fixed') || marks.has('committed')
    const isUnwanted = marks.has('dismissed') || (marks.has('untouched') && !marks.has('accepted'))
    if (!marks.has('shown') || !(fixed || isUnwanted)) continue
    const key = JSON.stringify(contextFields(context))
    const count = counts.get(key) ?? { context, shown: 0, fixed: 0, committed: 0, broke: 0 }
    counts.set(key, count)
    const weight = weeklyDiscount ** Math.max(0, week - suggestion.week)
    count.shown += weight
    if (fixed) count.fixed += weight
    if (marks.has('committed')) count.committed += weight
    if (marks.has('committed') && marks.has('broke')) count.broke += weight
  }
  return [...counts.values()]
}

/** A set has no order, and sums of fractions do: the same state gives the same counts to the last digit. */
function inOrder(suggestions: ReadonlyMap<string, Suggestion>): Suggestion[] {
  return [...suggestions.values()].sort((a, b) => compareTexts(a.id, b.id))
}

type ContextFields = [string, string, string, number, string, string]

function contextFields({ policy, kind, environment, introduced, size, breakage }: Context): ContextFields {
  return [policy, kind, environment, introduced ? 1 : 0, size, breakage]
}

const breakageNames = Object.keys(breakageClasses).filter(
  (name): name is BreakageClass => name in breakageClasses,
)

const idPattern = /^[\w-]{11}$/
/** Kyverno takes any words for the name of a rule, and Kubernetes up to 253 characters for that of a policy or a group. */
const namePattern = /^[^\p{Cc}]{1,400}$/u
const rowPattern =
  /^(?<id>[\w-]{11}) (?<context>\d{1,5}) (?<week>\d{1,5}) (?<marks>\d{1,3}) (?<risk>\d{1,3}) (?<propensity>\d{1,3})$/

const fileSchema = z.strictObject({
  schema: z.literal('k8s-autofix/state/v1'),
  contexts: z
    .array(
      z
        .tuple([
          z.string().regex(namePattern),
          z.string().regex(namePattern),
          z.enum(environments),
          z.literal([0, 1]),
          z.enum(['one', 'few', 'many']),
          z.enum(breakageNames),
        ])
        .transform(([policy, kind, environment, introduced, size, breakage]): Context => ({
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
  harvested: z.int().min(0),
})

/** A file is not read above this many characters. */
const largestFile = 5 * 1024 * 1024

/** The text of a state: the same state gives the same text. */
export function stateText({ suggestions, suppressed, harvested }: State): string {
  const places = new Map<string, number>()
  const contexts: ContextFields[] = []
  const rows = inOrder(suggestions).map(({ id, context, week, marks: seen, risk, propensity }) => {
    const fields = contextFields(context)
    const key = JSON.stringify(fields)
    let place = places.get(key)
    if (place === undefined) places.set(key, (place = contexts.push(fields) - 1))
    const bits = marks.reduce((sum, mark, bit) => sum + (seen.has(mark) ? 2 ** bit : 0), 0)
    return `${id} ${place} ${week} ${bits} ${risk} ${propensity}`
  })
  const sorted = [...suppressed].sort(([a], [b]) => compareTexts(a, b))
  return JSON.stringify({
    schema: 'k8s-autofix/state/v1',
    contexts,
    suggestions: rows,
    suppressed: Object.fromEntries(sorted),
    harvested,
  })
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
    const { id = '', ...fields } = rowPattern.exec(row)?.groups ?? {}
    const number = (name: string): number => Number(fields[name])
    const context = contexts[number('context')]
    const [risk, propensity, bits] = [number('risk'), number('propensity'), number('marks')]
    if (context === undefined || suggestions.has(id) || risk > 100 || propensity > 100) return undefined
    if (bits >= 2 ** marks.length) return undefined
    const seen = new Set(marks.filter((_, bit) => (bits & (2 ** bit)) !== 0))
    suggestions.set(id, { id, context, week: number('week'), risk, propensity, marks: seen })
  }
  return { suggestions, suppressed: new Map(Object.entries(suppressed)), harvested }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
