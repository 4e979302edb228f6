import type { Context } from '../model/index.ts'
import { dayLength } from './backlog.ts'
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
  /** See `suggestionId`. */
  id: string
  /** What was decided on together: see `changeId`. */
  change: string
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
  /** What stands on the default branch, by the id of its fingerprint: days since 1970 at which it was first seen. */
  backlog: ReadonlyMap<string, number>
  /** Seconds since 1970 up to which everything has been harvested. */
  harvested: number
}

export const emptyState: State = {
  suggestions: new Map(),
  suppressed: new Map(),
  backlog: new Map(),
  harvested: 0,
}

/** More suggestions than this are not kept: the newest stay. */
export const mostSuggestions = 10_000
/** Of a longer backlog, what has waited longest is kept. */
export const mostBacklog = 3000
/** Of more suppressions, those that were said last are kept. */
export const mostSuppressed = 5000

/**
 * Everything that either state knows. Commutative, associative and idempotent. A state holds all that happened up to
 * the time that it was harvested at; so the two together hold all up to the later one. Of the backlog, what has gone may
 * be back until it is listed again.
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
  const backlog = new Map(a.backlog)
  for (const [id, day] of b.backlog) backlog.set(id, Math.min(day, backlog.get(id) ?? day))
  return {
    suggestions: newest(suggestions),
    suppressed: lastSaid(suppressed),
    backlog: oldest(backlog),
    harvested: Math.max(a.harvested, b.harvested),
  }
}

/** Of what does not change, where two writers disagree all the same, the lesser in some order that is the same for all. */
function joined(a: Suggestion, b: Suggestion): Suggestion {
  const [first] = [a, b].toSorted((x, y) => x.week - y.week || compareTexts(factsOf(x), factsOf(y)))
  return { ...(first ?? a), marks: new Set([...a.marks, ...b.marks]) }
}

function factsOf({ change, context, risk, propensity }: Suggestion): string {
  return JSON.stringify([change, contextFields(context), risk, propensity])
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

function lastSaid(suppressed: ReadonlyMap<string, Suppression>): ReadonlyMap<string, Suppression> {
  if (suppressed.size <= mostSuppressed) return suppressed
  return new Map(
    [...suppressed]
      .sort(([a, one], [b, other]) => compareSuppressions(other, one) || compareTexts(a, b))
      .slice(0, mostSuppressed),
  )
}

function oldest(backlog: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  if (backlog.size <= mostBacklog) return backlog
  return new Map(
    [...backlog].sort(([a, day], [b, other]) => day - other || compareTexts(a, b)).slice(0, mostBacklog),
  )
}

/**
 * The backlog as it stands at a day: what is still there keeps the day at which it was first seen, what is new starts, and
 * what is gone is forgotten.
 */
export function withBacklog(state: State, ids: readonly string[], day: number): State {
  const backlog = new Map(ids.map((id) => [id, Math.min(day, state.backlog.get(id) ?? day)]))
  return { ...state, backlog: oldest(backlog) }
}

/** What was said of a finding (`findingId`), where it still holds. `time` is in milliseconds since 1970. */
export function suppressionOf(
  { suppressed }: Pick<State, 'suppressed'>,
  id: string,
  time: number,
): Suppression | undefined {
  const said = suppressed.get(id)
  return said === undefined || (said.until !== undefined && weekOf(time) > said.until) ? undefined : said
}

/** Whole days that a finding (`findingId`) stands on the default branch; 0 where nobody has seen it there. */
export function ageOf({ backlog }: Pick<State, 'backlog'>, id: string, time: number): number {
  const today = dayOf(time)
  return Math.max(0, today - (backlog.get(id) ?? today))
}

/** The day of a time in milliseconds since 1970, as a backlog counts them. */
export function dayOf(time: number): number {
  return Math.max(0, Math.floor(time / dayLength))
}

/** The week of a time in milliseconds since 1970, as suggestions count them; 1970-01-05 was the first Monday. */
export function weekOf(time: number): number {
  return Math.max(0, Math.floor((time / dayLength - 4) / 7))
}

/** What counts after a week more: a change of taste in 100 changes is forgotten in as many weeks as those take. */
export const weeklyDiscount = 0.96

/**
 * What became of all that was shown, by context and discounted by its age: what a model is fitted to. What was not shown,
 * what is not decided yet, and what nobody will know is left out; so is a risk that somebody takes, since the finding then
 * stays as it is whatever the policy is worth.
 */
export function countsOf({ suggestions }: Pick<State, 'suggestions'>, week: number): Count[] {
  const counts = new Map<string, Count>()
  for (const suggestion of inOrder(suggestions)) {
    const { context, marks } = suggestion
    if (!marks.has('shown') || !isDecided(suggestion)) continue
    const fixed = marks.has('fixed') || marks.has('committed')
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

/** Whether it is known what became of a suggestion, in a way that says something of it. */
export function isDecided({ marks }: Pick<Suggestion, 'marks'>): boolean {
  return (
    marks.has('fixed') ||
    marks.has('committed') ||
    marks.has('dismissed') ||
    (marks.has('untouched') && !marks.has('accepted'))
  )
}

/** A set has no order, and sums of fractions do: the same state gives the same counts to the last digit. */
export function inOrder(suggestions: ReadonlyMap<string, Suggestion>): Suggestion[] {
  return [...suggestions.values()].sort((a, b) => compareTexts(a.id, b.id))
}

function contextFields({ policy, kind, environment, introduced, size, breakage }: Context): unknown[] {
  return [policy, kind, environment, introduced, size, breakage]
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
